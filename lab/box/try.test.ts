import assert from "node:assert/strict";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";

/** A server that does what the path asks for, and answers 500 where it cannot. */
const SERVER = `
import http.server, mmap, os, socket, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            if self.path == '/write': open('/srv/data/log', 'a').write('x')
            if self.path == '/netlink': socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
            if self.path == '/home': open('/home/x/conf').read()
        except OSError as error:
            print(error, flush=True)
            return self.send_error(500)
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words): pass
server = http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler)
if '--drop' in sys.argv:
    os.setgid(1)
    os.setuid(1)
server.serve_forever()
`;

import { skip } from "../../test/kit/skip.ts";

const ask = (port: number, ...paths: readonly string[]): string =>
  paths.map((it) => `curl -sf http://127.0.0.1:${port}/${it}`).join(" && ");

/** What is tried on a service, and what is left of it: lines that hold, and lines that do not. */
interface Case {
  readonly what: string;
  readonly service: readonly string[];
  readonly tried: readonly string[];
  readonly exercise?: string;
  readonly holds: readonly string[];
}

const CASES: readonly Case[] = [
  {
    what: "a server that writes into a directory of its own",
    service: ["ExecStart=/usr/bin/python3 /srv/server.py 8101"],
    tried: ["PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=yes"],
    exercise: ask(8101, "write"),
    holds: ["ProtectSystem=strict", "ReadWritePaths=/srv/data", "ProtectHome=yes", "PrivateTmp=yes"],
  },
  {
    what: "a server that asks the kernel for its interfaces",
    service: ["ExecStart=/usr/bin/python3 /srv/server.py 8102"],
    tried: ["LockPersonality=yes", "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "RestrictRealtime=yes"],
    exercise: ask(8102, "netlink"),
    holds: [
      "LockPersonality=yes",
      "RestrictRealtime=yes",
      "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    ],
  },
  {
    what: "a compiler at run time",
    service: [`ExecStart=/usr/bin/node -e "require('http').createServer((q, s) => s.end()).listen(8103)"`],
    tried: ["ProtectClock=yes", "MemoryDenyWriteExecute=yes", "LockPersonality=yes", "ProtectHostname=yes"],
    exercise: ask(8103, ""),
    holds: ["ProtectHostname=yes", "ProtectClock=yes", "LockPersonality=yes"],
  },
  {
    what: "a server with a low port that gives up its rights",
    service: ["ExecStart=/usr/bin/python3 /srv/server.py 84 --drop"],
    tried: ["CapabilityBoundingSet=", "ProtectClock=yes"],
    exercise: ask(84, ""),
    holds: ["ProtectClock=yes", "CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETGID CAP_SETUID"],
  },
  {
    what: "a task that fails where two settings meet, which is finished and not active",
    service: [
      "Type=oneshot",
      "ExecStart=/bin/sh -c 'test -e /home/x/conf || ! grep -q ^NoNewPrivs:.1 /proc/self/status'",
    ],
    tried: ["ProtectHome=yes", "NoNewPrivileges=yes", "PrivateTmp=yes"],
    holds: ["ProtectHome=yes", "PrivateTmp=yes"],
  },
  {
    what: "a service that would be started too often",
    service: ["ExecStart=/bin/sh -c 'test -e /home/x/conf && exec sleep 999'", "StartLimitBurst=2"],
    tried: ["ProtectHome=yes", "PrivateTmp=yes"],
    holds: ["ProtectHome=read-only", "PrivateTmp=yes"],
  },
];

/** The command line as the sources have it. */
const PROGRAM = "/usr/lib/unit-warden-test/cli.js";

describe(`unit-warden try in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(180_000);
  let box: Box | undefined;

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test");
    box.put(PROGRAM, program);
    box.run("mkdir", "-p", "/srv/data", "/home/x");
    box.put("/home/x/conf", "A=1\n");
    box.put("/srv/server.py", SERVER);
  });

  after(() => box?.stop());

  const command = (...argv: readonly string[]): readonly string[] => ["node", PROGRAM, "try", "--yes", ...argv];

  const prepare = (box: Box, name: string, { service, tried }: Pick<Case, "service" | "tried">): void => {
    const limit = service.filter((it) => it.startsWith("StartLimit"));
    const own = service.filter((it) => !it.startsWith("StartLimit"));
    box.put(`/etc/systemd/system/${name}`, `[Unit]\n${limit.join("\n")}\n[Service]\n${own.join("\n")}\n`);
    box.put(`/srv/${name}.conf`, `[Service]\n${tried.join("\n")}\n`);
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "start", name);
  };

  for (const [i, given] of CASES.entries()) {
    const { what, exercise, holds } = given;
    it(`finds what holds for ${what}`, function () {
      if (!box) return skip(this, "nothing can be started in a box");
      const name = `tried${i}.service`;
      prepare(box, name, given);
      const before = box.run("systemctl", "is-active", name).output;
      const asked = exercise === undefined ? [] : ["--exercise", exercise];
      const { output, errors } = box.run(...command(name, "--drop-in", `/srv/${name}.conf`, ...asked));
      const settings = output.split("\n").filter((line) => /^\w+=/.test(line));
      assert.deepEqual(settings.toSorted(), holds.toSorted(), output + errors);
      assert.equal(box.run("systemctl", "is-active", name).output, before);
      assert.equal(box.run("systemctl", "show", "--value", "--property=DropInPaths", name).output.trim(), "");
    });
  }

  it("puts the service back after it was killed", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const name = "killed.service";
    prepare(box, name, { service: ["ExecStart=/bin/sleep 999"], tried: ["PrivateTmp=yes"] });
    const script = `
      "$@" & pid=$!
      until systemctl show --property=PrivateTmp ${name} | grep -q yes; do sleep 0.1; done
      kill -KILL $(pgrep -f '${PROGRAM} try --yes ${name}' | tail -n 1) $pid
      until [ ! -e /run/unit-warden/${name}.put-back ]; do sleep 0.1; done`;
    box.run("sh", "-c", script, "sh", ...command(name, "--drop-in", `/srv/${name}.conf`));
    const shown = box.run("systemctl", "show", "--property=ActiveState,PrivateTmp,DropInPaths", name).output;
    assert.deepEqual(shown.trim().split("\n").toSorted(), ["ActiveState=active", "DropInPaths=", "PrivateTmp=no"]);
  });

  it("keeps what works, for every later start", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const name = "kept.service";
    prepare(box, name, { service: ["ExecStart=/bin/sleep 999"], tried: ["ProtectHome=yes", "PrivateTmp=yes"] });
    const { status, output, errors } = box.run(...command(name, "--write", "--drop-in", `/srv/${name}.conf`));
    assert.equal(status, 0, output + errors);
    box.run("systemctl", "restart", name);
    const shown = box.run(
      "systemctl",
      "show",
      "--property=ActiveState,ProtectHome,PrivateTmp,DropInPaths",
      name,
    ).output;
    assert.deepEqual(shown.trim().split("\n").toSorted(), [
      "ActiveState=active",
      `DropInPaths=/etc/systemd/system/${name}.d/50-unit-warden.conf`,
      "PrivateTmp=yes",
      "ProtectHome=yes",
    ]);
  });
});
