import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

/** What `harden` says that a service is, as far as some setting is not safe for that. */
function judged(unit: string, lines: readonly string[]): readonly string[] {
  const path = `/etc/systemd/system/${unit}`;
  const text = `[Service]\nUser=acme\n${lines.join("\n")}\n`;
  const { stdout } = runOver(memoryHost({ [path]: text }), "harden", "--profile", "strict", path);
  return [...new Set([...stdout.matchAll(/not safe for ([^:\n]+)/g)].map((it) => it[1] ?? ""))].sort();
}

/** What is wanted of a service with one command, and of another that is nearly the same. */
type Pair = readonly [
  what: string,
  ...services: readonly (readonly [unit: string, lines: string | readonly string[], ...nouns: readonly string[]])[],
];

const TUNNEL = "a tunnel program";

const PAIRS: readonly Pair[] = [
  [
    "a unit's name says nothing about a program that has a name of its own",
    ["edge.service", "/opt/acme/gateway"],
    ["x.service", "/usr/sbin/edge -c x", TUNNEL],
    ["openvpn.service", "/opt/acme/gateway"],
    ["openvpn.service", "/opt/acme/start.sh", TUNNEL],
    ["openvpn.service", "/usr/bin/python3 /opt/acme/start.py", TUNNEL],
    ["openvpn.service", ["ExecStart=/opt/acme/gateway", "ExecStartPre=/bin/sh -c 'echo x'"]],
  ],
  [
    "the beginning of a name alone says nothing",
    ["x.service", "/opt/acme/candidate-api"],
    ["x.service", "/usr/bin/candump can0", "a link-layer network program"],
    ["x.service", "/usr/bin/canonicalize"],
    ["x.service", "/opt/acme/plexus"],
    ["x.service", "/opt/acme/mirror"],
    ["x.service", "/usr/bin/virtuoso-t"],
  ],
  [
    "mdadm is no mail program",
    ["x.service", "/usr/sbin/mdadm --monitor --scan", "a storage program"],
    ["x.service", "/usr/bin/maildrop", "a mail or news system"],
  ],
  [
    "what stops a service is not the service",
    ["x.service", ["ExecStart=/opt/tomcat/bin/run", "ExecStop=/opt/tomcat/bin/shutdown.sh"]],
    ["x.service", ["ExecStart=/opt/tomcat/bin/run", "ExecStopPost=/usr/share/tomcat/poweroff.sh"]],
    ["x.service", ["ExecStart=/opt/tomcat/bin/shutdown.sh"]],
    ["x.service", "/usr/sbin/shutdown -h now", "a power manager"],
    ["x.service", ["ExecStart=/opt/acme/run", "ExecStopPost=/usr/sbin/iptables -F"], "a firewall program"],
  ],
  [
    "a server of games or voices is no program for other systems",
    ["x.service", "/opt/ts/ts3server"],
    ["x.service", "/usr/bin/wine /opt/x.exe", "a program for other systems"],
    ["x.service", "/opt/valheim/valheim_server"],
  ],
  [
    "an ordinary word counts only where it is the distribution's",
    ["x.service", "/opt/gps/tracker"],
    ["x.service", "/usr/bin/tracker", "a file index"],
    ["x.service", "/usr/libexec/tracker-miner-fs-3", "a file index"],
    ["x.service", "/opt/gps/tracker-api"],
    ["tracker.service", "/usr/bin/python3 /opt/gps/tracker.py"],
    ["x.service", "/usr/bin/python3 -m tracker"],
    ["x.service", "/opt/acme/motion"],
    ["x.service", "/opt/acme/motion -c /usr/share/motion"],
    ["x.service", "/usr/bin/motion -n", "a hardware program", "a program for users' files"],
  ],
  [
    "ip(8) that is only asked changes no network",
    ["x.service", "/bin/sh -c 'exec /usr/sbin/x -g `ip -4 route show to exact 0/0`'"],
    ["x.service", "/usr/sbin/ip addr list"],
    ["x.service", "/usr/sbin/ip link set eth0 up", "a network manager"],
    ["x.service", "/bin/sh -c 'ip route show; ip link set x up'", "a network manager"],
  ],
];

describe("what the names of programs show", () => {
  for (const [what, ...services] of PAIRS) {
    it(what, () => {
      for (const [unit, lines, ...nouns] of services) {
        const commands = typeof lines === "string" ? [`ExecStart=${lines}`] : lines;
        assert.deepEqual(judged(unit, commands), nouns, `${unit}: ${commands.join(" ")}`);
      }
    });
  }

  it("a program of the distribution that talks to nobody is offline, another of its name is not", () => {
    const offline = (program: string): boolean => {
      const path = "/etc/systemd/system/x.service";
      const host = memoryHost({ [path]: `[Service]\nExecStart=${program}\n` });
      return runOver(host, "harden", "--profile", "isolated", path).stdout.includes("\n+IPAddressDeny=any\n");
    };
    assert.deepEqual(["/usr/bin/sleep 9", "/opt/acme/sleep 9"].map(offline), [true, false]);
  });
});
