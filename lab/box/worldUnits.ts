import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A service of a test: its settings without its command. */
export interface WorldUnit {
  readonly name: string;
  readonly settings: readonly string[];
}

/** Twelve services of ours, each with another way to make a world. */
export const OUR_UNITS: readonly WorldUnit[] = [
  [
    "strict",
    "ProtectSystem=strict",
    "ProtectHome=tmpfs",
    "PrivateTmp=yes",
    "StateDirectory=own own/deep",
    "LogsDirectory=own",
  ],
  [
    "full",
    "ProtectSystem=full",
    "ProtectHome=read-only",
    "ReadWritePaths=/etc/deep /usr/local/deep",
    "InaccessiblePaths=/srv/data",
  ],
  [
    "dynamic",
    "DynamicUser=yes",
    "StateDirectory=made:alias",
    "CacheDirectory=made",
    "RuntimeDirectory=made",
    "LoadCredential=key:/etc/hostname",
  ],
  [
    "devices",
    "PrivateDevices=yes",
    "ProtectKernelTunables=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectControlGroups=yes",
  ],
  [
    "strictest",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=disconnected",
    "ProtectControlGroups=strict",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "PrivateNetwork=yes",
    "PrivateIPC=yes",
    "ProtectHostname=yes",
  ],
  [
    "binds",
    "BindPaths=/srv/data:/opt/app /srv/deep:/var/run/bound",
    "BindReadOnlyPaths=/opt/deep:/srv/new/place -/nowhere:/srv/nothing",
    "TemporaryFileSystem=/srv:ro /var/lib/deep",
    "BindPaths=/opt/app:/var/lib/deep/in/it",
  ],
  [
    "empty",
    "TemporaryFileSystem=/:ro",
    "BindReadOnlyPaths=/usr /lib /lib64 /bin /etc",
    "MountAPIVFS=yes",
    "BindPaths=/srv/data",
  ],
  [
    "rooted",
    "RootDirectory=/srv/root",
    "BindReadOnlyPaths=/usr /lib /lib64 /bin /etc/deep",
    "MountAPIVFS=yes",
    "ReadOnlyPaths=+/data",
    "InaccessiblePaths=/srv/root/secret /home",
  ],
  ["noexec", "NoExecPaths=/", "ExecPaths=/usr", "ReadWritePaths=/opt", "StateDirectory=own", "ProtectHome=read-only"],
  ["noexec-strict", "ProtectSystem=strict", "NoExecPaths=/", "ExecPaths=/usr /opt/app", "ReadWritePaths=/srv"],
  [
    "nested",
    "ReadOnlyPaths=/srv /var",
    "ReadWritePaths=/srv/data /var/lib",
    "ReadOnlyPaths=/var/lib/deep",
    "InaccessiblePaths=/srv/data/deep",
    "ReadWritePaths=/srv/data/deep/er",
    "TemporaryFileSystem=/home:mode=0700,noexec",
  ],
  [
    "lost",
    "ProtectSystem=strict",
    "ReadWritePaths=/",
    "TemporaryFileSystem=/var/log:ro /opt",
    "ReadOnlyPaths=/opt -/no/where",
    "ReadOnlyDirectories=/run",
    "PrivateTmp=yes",
    "PrivateUsers=yes",
  ],
].map(([name = "", ...settings]) => ({ name, settings }));

const NAMES =
  /^(?:RootDirectory|MountAPIVFS|BindLogSockets|Protect(?:System|Home|KernelTunables|KernelModules|KernelLogs|ControlGroups|Proc|Hostname)|ProcSubset|Private(?:Tmp|Devices|Network|IPC|Users|PIDs|Mounts)|(?:ReadWrite|ReadOnly|Inaccessible)(?:Paths|Directories)|(?:No)?ExecPaths|TemporaryFileSystem|Bind(?:ReadOnly)?Paths|(?:State|Cache|Logs|Runtime|Configuration)Directory|DynamicUser|SetCredential|CapabilityBoundingSet|RestrictAddressFamilies|NoNewPrivileges|DevicePolicy|DeviceAllow)=/;

const CORPUS = "../shared/corpus/units";

/** The services of the corpus with the most different sandbox settings, as far as these decide about files and the like. */
export function corpusUnits(count: number): readonly WorldUnit[] {
  if (!existsSync(CORPUS)) return [];
  const known = new Set<string>();
  return readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".service"))
    .sort()
    .map((path) => ({ path, settings: settingsIn(readFileSync(join(CORPUS, path), "utf8")) }))
    .filter(({ settings }) => {
      const text = [...settings].sort().join("\n");
      if (settings.length === 0 || known.has(text)) return false;
      known.add(text);
      return true;
    })
    .sort((a, b) => b.settings.length - a.settings.length)
    .slice(0, count)
    .map(({ path, settings }, i) => ({
      name: `c${i}-${path.replace(/^.*\/|\.service$/g, "").replace("@", "")}`,
      settings,
    }));
}

function settingsIn(text: string): string[] {
  const lines = text.replaceAll(/\\\n/g, " ").split("\n");
  const at = lines.indexOf("[Service]");
  const end = lines.findIndex((it, i) => i > at && it.startsWith("["));
  return at < 0
    ? []
    : lines
        .slice(at, end < 0 ? undefined : end)
        .filter((it) => NAMES.test(it))
        .map((it) => it.replaceAll("%f", "/srv/data").replaceAll("%i", "one"));
}
