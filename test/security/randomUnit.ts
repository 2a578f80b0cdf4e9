import { ADDRESS_FAMILIES } from "../../server/src/facts/addressFamilies.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import type { Random } from "../kit/random.ts";

/** A unit with its drop-ins: texts by path. */
export interface RandomUnit {
  readonly name: string;
  readonly scope: "system" | "user";
  readonly files: Readonly<Record<string, string>>;
}

type Value = (random: Random) => string;

const oneOf =
  (...values: readonly string[]): Value =>
  (random) =>
    random.pick(values);

const BOOLEAN = oneOf("yes", "no", "1", "0", "on", "False", "t", "", "maybe", "yes no");

/** Some words of a set with an odd one among them now and then, a `~` before them, in some letter case. */
function words(set: readonly string[], odd: readonly string[], most = 5): Value {
  return (random) => {
    if (random.chance(0.12)) return random.pick(["", "~", "\\", '"x y', "none", "yes", "no", "~bogus"]);
    const list = Array.from({ length: 1 + random.below(most) }, () =>
      random.chance(0.08) ? random.pick(odd) : random.pick(set),
    );
    const text = list.join(random.pick([" ", " ", "  ", "\t"]));
    return (random.chance(0.35) ? "~" : "") + (random.chance(0.05) ? text.toLowerCase() : text);
  };
}

const { groups, names } = systemCalls(257);
const GROUP_NAMES = [...groups.keys()];
const CALL_NAMES = [...names];
const COMMON_GROUPS =
  "@system-service @privileged @resources @clock @mount @swap @reboot @module @raw-io @debug @obsolete @cpu-emulation @known @default";
const FILTER_WORDS = [...COMMON_GROUPS.split(" "), ...COMMON_GROUPS.split(" "), ...GROUP_NAMES, ...CALL_NAMES];

const WORDS = {
  SystemCallFilter: words(FILTER_WORDS, [
    "@nosuch",
    "read:EPERM",
    "@clock:5",
    "write:kill",
    "bogus",
    "read:",
    ":1",
    "@swap:EFOO",
    "5",
  ]),
  CapabilityBoundingSet: words(CAPABILITIES, [
    "CAP_FOO",
    "21",
    "0x15",
    "99",
    "all",
    "CAP_KILL,CAP_CHOWN",
    '"CAP_LEASE"',
  ]),
  AmbientCapabilities: words(CAPABILITIES, ["CAP_FOO", "12", "-1"], 2),
  RestrictAddressFamilies: words(
    [...ADDRESS_FAMILIES.keys(), "AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"],
    ["AF_FOO", "INET", "none", "\\"],
  ),
  RestrictNamespaces: words(["cgroup", "ipc", "net", "mnt", "pid", "user", "uts", "time"], ["bogus", "NET"]),
  SystemCallArchitectures: words(["native", "native", "x86", "x86-64", "x32", "arm64"], ["bogus", "sparc64"], 2),
};

const NETWORKS = oneOf(
  "any", "localhost", "link-local", "multicast", "ANY", "0.0.0.0/0", "::/0", "0.0.0.0/0 ::/0", "127.0.0.1", "::1",
  "127.0.0.1/8 ::1/128", "127.1.2.3/31", "10.0.0.0/8 localhost", "::ffff:127.0.0.1", "fe80::1%lo", "1.2.3", "1.2.3.4/33",
  "01.2.3.4", "::1/64", "1::2::3", "2001:db8::/32", "::1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "", "\\", "bogus any",
  "127.0.0.1/010", "128.0.0.0/1 0.0.0.0/1", "127.0.0.0/4", "::/+0", "::/-1",
); // biome-ignore format: a list of samples

const PATHS = oneOf(
  "/",
  "/srv",
  "//",
  "/srv/../x",
  "/srv/.",
  "x",
  "",
  "%t/x",
  "/%n",
  "%Q",
  "/srv/",
  "~",
  "-/srv",
  "/a b",
  "/.",
);

const SETTINGS: Readonly<Record<string, Value>> = {
  ...WORDS,
  ...Object.fromEntries(
    "LockPersonality MemoryDenyWriteExecute NoNewPrivileges PrivateDevices PrivateMounts PrivateNetwork PrivateIPC ProtectClock ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables RemoveIPC RestrictRealtime RestrictSUIDSGID RemainAfterExit MountAPIVFS BindLogSockets"
      .split(" ")
      .map((name) => [name, BOOLEAN]),
  ),
  DynamicUser: oneOf("yes", "no", "yes", "true", "off", "1"),
  User: oneOf("foo", "root", "0", "nobody", "", "%i", "%p", "1000", "65535", "a b", "foo.bar", "ROOT", "00", "-1", "_x"),
  Group: oneOf("foo", "root", "", "12", "%p"),
  SupplementaryGroups: oneOf("foo", "", "a b", "0 1", '"x"', "%p", "a,b", "-x", "1x"),
  PrivateTmp: oneOf("yes", "no", "disconnected", "connected", "", "bogus"),
  PrivateUsers: oneOf("yes", "no", "self", "identity", "full", "managed", "", "bogus"),
  PrivatePIDs: oneOf("yes", "no", "", "bogus"),
  // `private` counts as `no` on a machine without control group namespaces, such as a container.
  ProtectControlGroups: oneOf("yes", "no", "strict", "", "bogus"),
  ProtectHome: oneOf("yes", "no", "read-only", "tmpfs", "", "Tmpfs"),
  ProtectSystem: oneOf("yes", "no", "full", "strict", "", "Full"),
  ProtectProc: oneOf("default", "noaccess", "invisible", "ptraceable", "", "yes"),
  ProcSubset: oneOf("all", "pid", "", "PID"),
  KeyringMode: oneOf("private", "shared", "inherit", "", "yes"),
  NotifyAccess: oneOf("none", "main", "exec", "all", "", "yes"),
  UMask: oneOf("0077", "022", "0", "0027", "07777", "17777", "-1", "", "0o77", "0007", "0004", "0002", "8"),
  Delegate: oneOf("yes", "no", "cpu", "bogus", "cpu memory", "", '"cpu', "1"),
  DevicePolicy: oneOf("auto", "closed", "strict", "", "bogus"),
  DeviceAllow: oneOf("", "/dev/null", "/dev/null rw", "char-rtc r", "block-loop", "/dev/", "/dev/../x", "null", '"/dev/fuse" rw', "/dev/x rwx", "/dev/%p", "/dev/x r w", "/dev", "\\", "/run/systemd/inaccessible/chr m", "/dev/a/", '"/dev/x', "%Q"),
  IPAddressAllow: NETWORKS,
  IPAddressDeny: NETWORKS,
  IPIngressFilterPath: PATHS,
  IPEgressFilterPath: PATHS,
  RootDirectory: oneOf("/srv", "/", "//", "", "%t/x", "/.", "/srv/a b", "/srv/"),
  RootImage: oneOf("/srv/x.raw", "/", "", "/x.raw"),
  MountImages: oneOf("/x.raw:/y", "", "x:/y", "/x", "-/a:/b:ro /c:/d", "/a\\:b:/c"),
  LoadCredentialEncrypted: oneOf("a:/b", "", "a", "a:b", "x/y:/z", "a:/b/../c", "%n:/x", ":x"),
  SetCredentialEncrypted: oneOf("a: aaaa", "", "a", "a:b", "b:AAAA", "x/y:AAAA"),
  SetCredential: oneOf("a:b", "b:c", ""),
  LoadCredential: oneOf("a:/b", "b"),
  ImportCredential: oneOf("a", "a.*", "a/b", "", "*", "a*b", "a:b"),
  PAMName: oneOf("login", "", "x"),
  KillMode: oneOf("control-group", "mixed", "process", "none", "", "bogus"),
  WorkingDirectory: oneOf("/srv", "~", "-x", "-~", "", "/proc/x", "/sys", "/dev/shm", "-/x/..", "%h"),
  ReadOnlyPaths: oneOf("/", "/srv", ""),
  TemporaryFileSystem: oneOf("/srv", ""),
  MountFlags: oneOf("slave", "shared", "private", ""),
  LogNamespace: oneOf("x", ""),
  StateDirectory: oneOf("x", ""),
  NetworkNamespacePath: PATHS,
  Type: oneOf("simple", "exec", "notify", "oneshot", "forking", "dbus", "idle", "notify-reload", "", "bogus"),
  Restart: oneOf("no", "on-failure", "always", "on-success", "", "bogus"),
  ExitType: oneOf("main", "cgroup", ""),
  BusName: oneOf("a.b", "a", "org.%p.x", ":a", "a.1", "a..b", "", ":1.2", "a-b.c"),
  ExecStop: oneOf("/bin/true", "", "-bin/x", "/bin/a ; /bin/b"),
  ExecStartPre: oneOf("/bin/true", "-/bin/%Q", "-bin/x", "true x", "+/bin/x", '-/bin/a "b', "/bin/a \\; b", ""),
  PIDFile: oneOf("/run/x.pid", "x.pid", "", "%t/x", "%Q"),
  "X-Noise": oneOf("1"),
  Bogus: oneOf("yes"),
}; // biome-ignore format: a table of samples

/** Settings that make systemd refuse the unit at once, and are therefore rare. */
const FATAL: Value = oneOf(
  "User=a:b", "DynamicUser=maybe", "RootDirectory=x", "RootImage=-/x", "WorkingDirectory=x", "ExecStartPre=bin/x", "User=%Q",
  "PIDFile=/proc/x", "PIDFile=/run/../x", "RootImagePolicy=bogus", "MountImagePolicy=root=verity+signed", "SELinuxContext=%Q",
  "ExtensionImagePolicy=root=verity:usr=", "SELinuxContext=-%Q", "RootVerity=/x", "RootVerity=x", "SupplementaryGroups=a -1",
  "[Service", "[Ser\\vice]", "Group=/x", 'ExecStart=/bin/a "b', 'ExecStart="/bin/a', "ExecStart=", "ExecStart=/bin/b",
  "ExecStart=/bin/b ; /bin/c", "ExecStart=@/bin/true", "ExecStart=@/bin/true x", "ExecStart=!!/bin/true", "ExecStart=/bin/",
  "ExecStart=;", "RootImagePolicy==", "AppArmorProfile=x", "Slice=%Q", "ExecStart=|/bin/true", "ExecStart=-|/bin/true",
); // biome-ignore format: a list of samples

const NAMES = [
  "u.service",
  "root.service",
  "a-b-c.service",
  "t@.service",
  "t@x.service",
  "nobody@.service",
  "x.y.service",
];

/** Makes a unit that strains the rules of accumulation. */
export function randomUnit(random: Random): RandomUnit {
  const name = random.pick(NAMES);
  const scope = random.chance(0.2) ? "user" : "system";
  const lines = ["[Service]", "ExecStart=/bin/true"];
  if (random.chance(0.1))
    lines.unshift(
      "[Unit]",
      `DefaultDependencies=${BOOLEAN(random)}`,
      random.pick(["SuccessAction=exit", "OnFailure=a.service b.service", "OnFailureJobMode=isolate"]),
    );
  lines.push(...assignments(random, 1 + random.below(random.chance(0.3) ? 45 : 12)));
  const files: Record<string, string> = { [name]: text(lines) };
  if (random.chance(0.25)) {
    const folders = [`${name}.d`, "service.d", ...(name.startsWith("a-") ? ["a-.service.d"] : [])];
    for (let i = 1 + random.below(2); i > 0; i--) {
      const file = `${random.pick(folders)}/${random.pick(["10", "20", "a"])}.conf`;
      files[file] = text(["[Service]", ...assignments(random, 1 + random.below(6))]);
    }
  }
  return { name, scope, files };
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function assignments(random: Random, count: number): string[] {
  const keys = Object.keys(SETTINGS);
  const favourites = Array.from({ length: 3 }, () => random.pick(keys));
  return Array.from({ length: count }, () => {
    if (random.chance(0.004)) return FATAL(random);
    const key = random.chance(0.3) ? random.pick(favourites) : random.pick(keys);
    return `${key}=${SETTINGS[key]?.(random) ?? ""}`;
  });
}
