import assert from "node:assert/strict";
import { openLayer } from "../../lab/proving-ground/layer.ts";
import { type Box, startBox } from "./box.ts";

/** What a container was seen to be and to do after one start of its service. */
export interface Seen {
  /** Whether the service is active. */
  readonly active: boolean;
  /** What its page says to the machine, through its published port where it has one. */
  readonly page: string;
  /** What it says inside of the container. */
  readonly pageInside: string;
  /** Lines of /proc/PID/status of its first process, such as `CapEff`. */
  readonly status: Readonly<Record<string, string>>;
  /** The host's number of its user 0, and how many users it has. */
  readonly users: string;
  /** The name spaces that it shares with the host, such as `net`. */
  readonly shared: readonly string[];
  /** Whether its root file system is mounted to be written. */
  readonly writable: boolean;
}

/** A machine with podman, on which quadlets can be started. */
export interface PodmanBox {
  readonly box: Box;
  /** Writes a quadlet and has the generator read all; says what the generator said. */
  readonly put: (name: string, text: string) => string;
  /** Starts or restarts its service and looks at the container. */
  readonly see: (verb: "start" | "restart", name: string) => Seen;
  /** What the journal and systemd say of its service. */
  readonly told: (name: string) => string;
  /** Stops it, and takes away the quadlet and all that podman left behind. */
  readonly clear: (name: string) => void;
  readonly stop: () => Promise<void>;
}

const PACKAGES = ["podman", "crun", "netavark", "nftables", "busybox-static", "uidmap", "iproute2"] as const;
const QUADLETS = "/etc/containers/systemd";

/** The port of the program in the container, and the one that a quadlet may publish it at. */
export const PORTS = { inside: 8080, published: 18080 } as const;

/** What the containers are made of: one static program that answers with a page. */
const IMAGE = `
set -e
mkdir -p ${QUADLETS}
printf '[containers]\\npids_limit=0\\ndefault_sysctls=[]\\n[network]\\nfirewall_driver="nftables"\\n' > /etc/containers/containers.conf
printf '[storage]\\ndriver="vfs"\\ngraphroot="/var/lib/containers/storage"\\nrunroot="/run/containers/storage"\\n' > /etc/containers/storage.conf
printf 'root:100000:65536\\napp:165536:65536\\ncontainers:300000:600000\\n' | tee /etc/subuid > /etc/subgid
systemctl mask systemd-sysctl systemd-networkd
# The box has it read-only, and netavark writes the settings of the interfaces that it makes. Nothing else may.
umount -l /proc/sys
systemctl start sysinit.target basic.target
made=$(mktemp -d)
chmod 755 $made
mkdir -p $made/bin $made/www $made/tmp $made/etc
cp /usr/bin/busybox $made/bin/busybox
for name in sh httpd wget touch true sleep; do ln -s busybox $made/bin/$name; done
echo hello > $made/www/index.html
printf 'root:x:0:0::/:/bin/sh\\napp:x:1000:1000::/:/bin/sh\\n' > $made/etc/passwd
tar -C $made -cf - . | podman import - localhost/busybox:latest
podman tag localhost/busybox:latest localhost/other:latest
`;

const LOOK = `
verb=$1 unit=$2 container=$3
timeout 20 systemctl $verb $unit >/dev/null 2>&1
echo "active=$(systemctl is-active $unit)"
# Its program may listen later than systemd calls it active.
for _ in 1 2 3 4; do
  page=$(timeout 3 busybox wget -q -O - http://127.0.0.1:$4/index.html 2>/dev/null)
  [ $? = 1 ] || break
  sleep 0.5
done
echo "page=$page"
pid=$(podman inspect -f '{{.State.Pid}}' $container 2>/dev/null)
[ "\${pid:-0}" = 0 ] && exit 0
sed -nE 's/^(NoNewPrivs|CapBnd|CapEff|Seccomp_filters|Uid):\\s*/status.\\1=/p' /proc/$pid/status | tr '\\t' ' '
echo "users=$(sed -n '1s/^ *0 *//p' /proc/$pid/uid_map | tr -s ' ')"
for it in net pid ipc uts user mnt cgroup; do
  [ "$(readlink /proc/$pid/ns/$it)" = "$(readlink /proc/1/ns/$it)" ] && echo "shared=$it"
done
echo "inside=$(timeout 8 podman exec $container /bin/wget -q -O - http://127.0.0.1:${PORTS.inside}/index.html 2>/dev/null)"
awk '$2 == "/" { print "writable=" ($4 ~ /^rw/ ? "yes" : "no") }' /proc/$pid/mounts
`;

const TOLD = `journalctl --sync; journalctl -b --no-pager -o cat -u $1; systemctl show $1 -p Result -p ExecMainCode -p ExecMainStatus`;

/** What a test leaves behind that the next one would meet: a trap is that podman does not take its rules back. */
const CLEAR = `
timeout 25 systemctl stop $1 >/dev/null 2>&1
podman rm -fa -t 0 >/dev/null 2>&1
nft flush ruleset
for it in $(ls /run/netns 2>/dev/null); do umount -l /run/netns/$it; rm -f /run/netns/$it; done
ip link del podman0 2>/dev/null
rm -f /run/containers/networks/ipam.db
systemctl reset-failed
journalctl --sync
journalctl --rotate --vacuum-size=1 >/dev/null 2>&1
`;

/** Boots one; throws with the reason where podman cannot be installed or does not run. Who starts it stops it. */
export async function startPodman(): Promise<PodmanBox> {
  const { root, close } = await openLayer({ packages: [...PACKAGES] });
  const box = startBox(root);
  const script = (text: string, ...words: readonly string[]) => box.run("sh", "-c", text, "sh", ...words);
  const stop = async (): Promise<void> => {
    box.stop();
    await close();
  };
  const made = script(IMAGE);
  if (made.status !== 0) {
    await stop();
    throw new Error(`podman does not run here: ${made.errors.trim().slice(-300)}`);
  }
  const unitOf = (name: string): string => name.replace(/\.container$/, ".service");
  return {
    box,
    put(name, text) {
      box.put(`${QUADLETS}/${name}`, text);
      box.run("systemctl", "daemon-reload");
      const { output } = script(`/usr/lib/systemd/system-generators/podman-system-generator -dryrun 2>&1 >/dev/null`);
      return output.replace(/^.*Loading source unit file.*\n/gm, "").trim();
    },
    see: (verb, name) => seenIn(script(LOOK, verb, unitOf(name), containerOf(name), `${PORTS.published}`).output),
    told: (name) => script(TOLD, unitOf(name)).output,
    clear(name) {
      script(CLEAR, unitOf(name));
      box.run("rm", "-rf", `${QUADLETS}/${name}`);
    },
    stop,
  };
}

const containerOf = (name: string): string => `systemd-${name.replace(/\.container$/, "")}`;

function seenIn(output: string): Seen {
  const lines = output.split("\n").flatMap((it) => {
    const at = it.indexOf("=");
    return at < 0 ? [] : [[it.slice(0, at), it.slice(at + 1)] as const];
  });
  const textOf = (name: string): string => lines.find(([key]) => key === name)?.[1] ?? "";
  assert.notEqual(textOf("active"), "", output);
  return {
    active: textOf("active") === "active",
    page: textOf("page"),
    pageInside: textOf("inside"),
    status: Object.fromEntries(
      lines.flatMap(([key, value]) => (key.startsWith("status.") ? [[key.slice(7), value]] : [])),
    ),
    users: textOf("users"),
    shared: lines.flatMap(([key, value]) => (key === "shared" ? [value] : [])),
    writable: textOf("writable") === "yes",
  };
}
