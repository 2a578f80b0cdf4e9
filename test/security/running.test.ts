import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "mocha";
import { CHECKS } from "../../server/src/security/checks.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION } from "../kit/systemd.ts";
import { unit } from "./kit.ts";

const VERSION = 257;
/** Boots the machine's systemd in private namespaces; not part of the repository. */
const BOX = resolve(import.meta.dirname, "../../../shared/systemd-box/box.sh");

const SLEEP = "ExecStart=/bin/sleep infinity";

/** Services by name: the lines of [Service] with `|` between them. All but those with an ExecStart= of their own sleep. */
const SERVICES: Readonly<Record<string, string>> = {
  plain: "",
  "mounts-yes": "PrivateMounts=yes",
  "mounts-no": "PrivateMounts=no",
  "mounts-unset": "PrivateMounts=yes|PrivateMounts=|UMask=0077",
  devices: "PrivateDevices=yes",
  tmp: "PrivateTmp=yes",
  "tmp-disconnected": "PrivateTmp=disconnected|PrivateMounts=no",
  "control-groups": "ProtectControlGroups=yes",
  "control-groups-private": "ProtectControlGroups=private|UMask=0007",
  tunables: "ProtectKernelTunables=yes",
  modules: "ProtectKernelModules=yes",
  "home-read-only": "ProtectHome=read-only",
  "home-tmpfs": "ProtectHome=tmpfs|PrivateMounts=no",
  "system-full": "ProtectSystem=full",
  "system-strict": "ProtectSystem=strict|ReadWritePaths=/var/tmp|UMask=027",
  image: "RootImage=/no/such.img",
  directory: "RootDirectory=/|MountAPIVFS=yes|BindReadOnlyPaths=/usr",
  // These need a mount namespace as well, but systemd-analyze does not know that.
  "other-mounts": "ReadOnlyPaths=/usr|TemporaryFileSystem=/mnt|ProtectProc=invisible|ProcSubset=pid|PrivateIPC=yes",
  kernel: "ProtectKernelLogs=yes|ProtectClock=yes|ProtectHostname=yes|PrivateNetwork=yes|PrivateUsers=identity",
  dynamic: "DynamicUser=yes|SupplementaryGroups=adm|StateDirectory=dynamic",
  user: "User=nobody|RemoveIPC=yes|KeyringMode=shared|CapabilityBoundingSet=|Delegate=yes|RestrictRealtime=yes",
  capabilities:
    "User=daemon|AmbientCapabilities=CAP_NET_BIND_SERVICE|CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_KILL|CapabilityBoundingSet=~CAP_KILL|RestrictAddressFamilies=AF_INET AF_UNIX",
  "no-capabilities": "CapabilityBoundingSet=~CAP_SYS_ADMIN CAP_NET_ADMIN CAP_SETUID|RestrictAddressFamilies=~AF_PACKET",
  "calls-allowed":
    "SystemCallFilter=@system-service|SystemCallFilter=~@resources @privileged|SystemCallFilter=mount:EPERM|SystemCallArchitectures=native",
  "calls-denied": "SystemCallFilter=~@mount @clock:EACCES reboot:ENOSYS @module:kill|SystemCallErrorNumber=EPERM",
  loopback: "IPAddressDeny=any|IPAddressAllow=127.0.0.0/8 ::1/128|RestrictNamespaces=~user net",
  "loopback-host": "IPAddressDeny=any|IPAddressAllow=127.0.0.1|RestrictNamespaces=pid ipc",
  "device-list": "DeviceAllow=/dev/null rw|DeviceAllow=char-pts r|DevicePolicy=closed|NoNewPrivileges=yes",
  "as-root":
    "CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID CAP_SETUID CAP_SETPCAP CAP_NET_BIND_SERVICE CAP_SYS_CHROOT CAP_SYS_RESOURCE CAP_AUDIT_WRITE|SystemCallFilter=@system-service chroot|SystemCallFilter=~@resources|SystemCallErrorNumber=EPERM|ProtectSystem=strict|ReadWritePaths=-/var -/run|UMask=0027",
  "never-root":
    "User=daemon|CapabilityBoundingSet=|SystemCallFilter=@system-service chroot|SystemCallFilter=~@privileged @resources|SystemCallErrorNumber=EPERM|PrivateUsers=yes|ProcSubset=pid|RemoveIPC=yes",
  clock:
    "CapabilityBoundingSet=CAP_CHOWN CAP_SYS_TIME CAP_SYS_NICE CAP_IPC_LOCK|SystemCallFilter=@system-service chroot @clock|DevicePolicy=closed|DeviceAllow=char-rtc rw|DeviceAllow=char-pps rw|DeviceAllow=char-ptp rw",
  once: "Type=oneshot|ExecStart=/bin/true|RemainAfterExit=yes|PrivateTmp=yes|IPAddressDeny=any|IPAddressAllow=localhost",
  "instance@nobody":
    "User=%i|RestrictNamespaces=yes|LockPersonality=yes|MemoryDenyWriteExecute=yes|RestrictSUIDSGID=yes",
};

/** Without default dependencies some checks do not apply. */
const EARLY = new Set(["mounts-no"]);

/** Loaded, but not running: its image does not exist. */
const FAILED = new Set(["image.service"]);

/** What is compared of a service: its state, the exposure, such as "9.6", and the badness of each check, null where it does not apply. */
interface Numbers {
  readonly state: string;
  readonly exposure: string;
  readonly badness: Readonly<Record<string, number | null>>;
}

/** Why the comparison cannot be made here; undefined where it can. */
function missing(): string | undefined {
  if (process.getuid?.() !== 0) return "booting systemd takes root";
  if (!existsSync(BOX)) return `there is no ${BOX}`;
  if (MACHINE_VERSION !== VERSION) return `systemd is ${MACHINE_VERSION ?? "absent"}, not ${VERSION}`;
  const tried = spawnSync("sh", ["-c", "unshare --mount --pid --fork --uts --ipc --net --cgroup true"]);
  return tried.status === 0 ? undefined : "unshare makes no namespaces here";
}

function textOf(name: string, lines: string): string {
  const section = EARLY.has(name) ? "[Unit]\nDefaultDependencies=no\n" : "";
  const start = lines.includes("ExecStart=") ? "" : `${SLEEP}\n`;
  return `${section}[Service]\n${start}${lines.replaceAll("|", "\n")}\n`;
}

/** Writes the services, starts them, and asks for their states and numbers: the state, the exposure and the checks, a line each. */
function script(texts: ReadonlyMap<string, string>): string {
  const names = [...texts.keys()].map((it) => `'${it}'`).join(" ");
  const files = [...texts].map(
    ([name, text]) => `cat > '/etc/systemd/system/${name.replace(/@.*\./, "@.")}' <<'END'\n${text}END\n`,
  );
  return `${files.join("")}
systemctl daemon-reload
systemctl start ${names} 2>/dev/null
for name in ${names}; do
  systemctl show -P ActiveState "$name"
  systemd-analyze security --no-pager "$name" | sed -n 's/.*exposure level for .*: \\([0-9.]*\\) .*/\\1/p'
  SYSTEMD_ANALYZE_DEBUG=1 systemd-analyze security --no-pager --json=short "$name" 2>/dev/null
done
`;
}

interface Row {
  readonly set: boolean | null;
  readonly json_field: string;
  readonly badness: number;
}

/** What systemd says of its running services, in the order of the texts. */
function ask(texts: ReadonlyMap<string, string>): Numbers[] {
  const parent = mkdtempSync(join(tmpdir(), "unit-warden-box-"));
  const folder = join(parent, "box");
  try {
    execFileSync(BOX, ["start", folder], { stdio: "pipe" });
    const options = { input: script(texts), encoding: "utf8", maxBuffer: 2 ** 26 } as const;
    const lines = execFileSync(BOX, ["run", folder, "sh", "-s"], options).trimEnd().split("\n");
    assert.equal(lines.length, 3 * texts.size, lines.join("\n").slice(0, 1000));
    return Array.from(texts, (_, i) => {
      const rows = JSON.parse(lines[3 * i + 2] ?? "") as Row[];
      const badness = rows.map((row) => [row.json_field, row.set === null ? null : row.badness] as const);
      return { state: lines[3 * i] ?? "", exposure: lines[3 * i + 1] ?? "", badness: Object.fromEntries(badness) };
    });
  } finally {
    if (existsSync(join(folder, "cgroup"))) execFileSync(BOX, ["stop", folder], { stdio: "pipe" });
    rmSync(parent, { recursive: true, force: true });
  }
}

function ours(name: string, text: string): Numbers {
  const { exposure, checks, messages } = assess(unit(text, { path: name, version: VERSION }), { running: true });
  assert.ok(exposure !== undefined, `${name}: ${messages.join()}`);
  const badness = checks.map((check) => [check.id, check.badness ?? null] as const);
  const state = FAILED.has(name) ? "failed" : "active";
  return { state, exposure: formatExposure(exposure), badness: Object.fromEntries(badness) };
}

describe("security: running services", () => {
  it(`have the numbers of systemd-analyze security NAME, for ${Object.keys(SERVICES).length} units`, function () {
    const reason = missing();
    if (reason) {
      skip(this, reason);
    }
    const texts = new Map(Object.entries(SERVICES).map(([it, lines]) => [`${it}.service`, textOf(it, lines)]));
    const answers = ask(texts);
    const differences = [...texts].flatMap(([name, text], i) => {
      const theirs = answers[i];
      assert.ok(theirs);
      const { state, exposure, badness } = ours(name, text);
      assert.equal(Object.keys(theirs.badness).length, CHECKS.length, name);
      const values = [
        ["state", state, theirs.state],
        ["exposure", exposure, theirs.exposure],
        ...CHECKS.map(({ id }) => [id, badness[id], theirs.badness[id]]),
      ];
      return values
        .filter(([, our, their]) => our !== their)
        .map(([what, our, their]) => `${name} ${what}: ${our}, by systemd ${their}`);
    });
    assert.deepEqual(differences, []);
  });
});
