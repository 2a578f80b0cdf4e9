import type { DirectiveName } from "../../catalog/catalog.ts";
import { headingOf } from "../../service/settingGroups.ts";
import { assigned } from "../../service/settings.ts";
import { DATA_DIRECTORY_SETTINGS, systemFolder } from "../../units/directories.ts";
import type { Unit } from "../../units/unit.ts";
import { directiveOf, valueOfLine } from "./lines.ts";
import type { TrialSetting } from "./trial.ts";
import { notTried } from "./untried.ts";
import { weakerThan } from "./weaker.ts";

/** A line that is not tried, and why. */
export interface Untried {
  readonly line: string;
  /** The end of a sentence. */
  readonly reason: string;
}

/** What is to be tried of some lines of [Service]. */
export interface ForTrial {
  /** Those that open something first, then by what they are about. */
  readonly settings: readonly TrialSetting[];
  readonly untried: readonly Untried[];
}

/**
 * Makes settings of lines that a unit is to get: those of one directive stand together, with what they need to work. A directory of the service, which
 * systemd would give to its user for good, is only made writable.
 */
export function settingsForTrial(unit: Unit, lines: readonly string[]): ForTrial {
  const rooted = lines.some((it) => ROOTS.has(directiveOf(it)));
  const untried: Untried[] = [];
  const taken: string[] = [];
  for (const line of lines) {
    const own = rooted && /^RuntimeDirectory=confinement\//.test(line);
    const reason = own ? undefined : notTried(directiveOf(line));
    if (reason === undefined) {
      taken.push(line);
      continue;
    }
    untried.push({ line, reason });
    const opened = openedInstead(line, rooted);
    if (opened !== undefined) taken.push(opened);
  }
  const groups = new Map<string, string[]>();
  for (const line of new Set(taken)) {
    const owner = ownerOf(directiveOf(line), taken, rooted);
    groups.set(owner, [...(groups.get(owner) ?? []), line]);
  }
  const settings = [...groups].map(([name, own]): TrialSetting => {
    const isOpening = OPENINGS.has(name);
    const ordered = own.toSorted((a, b) => Number(directiveOf(b) === name) - Number(directiveOf(a) === name));
    const group = isOpening ? "What is opened" : headingOf(name).heading;
    return {
      name,
      group,
      lines: ordered,
      weaker: weakerThan(name, ordered, ownOf(unit, name)),
      ...(LISTS.has(name) && { list: name }),
    };
  });
  const rank = ({ name }: TrialSetting): number =>
    OPENINGS.has(name) ? -1 : name === ROOT ? 1000 : headingOf(name).rank;
  return { settings: settings.toSorted((a, b) => rank(a) - rank(b)), untried };
}

/** Allow lists in which each word costs. */
const LISTS: ReadonlySet<string> = new Set(["CapabilityBoundingSet", "SystemCallFilter", "RestrictAddressFamilies"]);

/** What the unit itself says of a directive. */
function ownOf(unit: Unit, name: string): string | undefined {
  return assigned(unit, name as DirectiveName).findLast((it) => it.text !== "")?.text;
}

/** A directory of the service as a path that it may write. */
function openedInstead(line: string, rooted: boolean): string | undefined {
  const setting = DATA_DIRECTORY_SETTINGS.find((it) => it === directiveOf(line));
  if (setting === undefined) return undefined;
  const names = valueOfLine(line)
    .split(/\s+/)
    .filter((it) => it !== "" && !/["'\\]/.test(it));
  if (names.length === 0) return undefined;
  const paths = names.map((it) => `-${systemFolder(setting)}/${it.replace(/:.*$/s, "")}`).join(" ");
  return `${rooted ? "BindPaths" : "ReadWritePaths"}=${paths}`;
}

const ROOT = "RootDirectory";
/** Give the service another root, for which what is bound is made. */
const ROOTS: ReadonlySet<string> = new Set(["RootDirectory", "RootImage", "TemporaryFileSystem"]);
const IN_ROOT: ReadonlySet<string> = new Set([
  ...ROOTS,
  "BindPaths",
  "BindReadOnlyPaths",
  "MountAPIVFS",
  "RuntimeDirectory",
  "InaccessiblePaths",
]);

/** Settings that loosen others: without them those would break. */
const LOOSENS: Readonly<Record<string, readonly string[]>> = {
  ReadWritePaths: ["ProtectSystem", "ProtectHome", "ReadOnlyPaths"],
  BindPaths: ["ProtectHome", "ProtectSystem"],
  BindReadOnlyPaths: ["ProtectHome", "InaccessiblePaths"],
  ExecPaths: ["NoExecPaths"],
  SystemCallErrorNumber: ["SystemCallFilter"],
  DeviceAllow: ["PrivateDevices", "DevicePolicy", "ProtectClock"],
  IPAddressAllow: ["IPAddressDeny"],
  SocketBindAllow: ["SocketBindDeny"],
  AmbientCapabilities: ["CapabilityBoundingSet"],
};

/** Those that stand alone; they come first, so that what needs them is never tried without. */
const OPENINGS: ReadonlySet<string> = new Set(Object.keys(LOOSENS));

/** The directive with which a line stands and falls. */
function ownerOf(name: string, lines: readonly string[], rooted: boolean): string {
  if (rooted && IN_ROOT.has(name)) return ROOT;
  const owners = (LOOSENS[name] ?? []).filter((owner) => lines.some((it) => directiveOf(it) === owner));
  // What several need may go with none of them.
  return owners.length === 1 ? (owners[0] ?? name) : name;
}
