import type { UnitKind } from "../../facts/unitKinds.ts";
import { KIND_FACTS } from "../../families/unitFiles/kinds.ts";
import { append } from "../../text/append.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { parseUnitName } from "../../values/unitName.ts";
import type { KeptDirective, Mention } from "./contents.ts";
import type { FilePlace } from "./filePlace.ts";
import type { UnitFiles } from "./load.ts";
import { unitMeantBy } from "./target.ts";
import type { IndexedFile } from "./unitIndex.ts";

/** What puts one unit after another: a line of a file, or what systemd adds by itself. */
export type Reason = "After" | "Before" | "default" | "trigger";

/** A unit that another one starts before or after. */
export interface Neighbour {
  readonly name: string;
  readonly reason: Reason;
}

/** The order in which a unit asks to be started, and what it starts with itself. */
export interface Order {
  readonly after: readonly Neighbour[];
  readonly before: readonly Neighbour[];
  /** What its start job brings with it. */
  readonly pulls: readonly string[];
  /** Who would bring it along once it is enabled. */
  readonly installs: readonly string[];
  readonly defaults: boolean;
}

const PULLS: readonly string[] = ["Requires", "Requisite", "Wants", "BindsTo"];
const INSTALLS: readonly string[] = ["WantedBy", "RequiredBy"];

/**
 * Reads the order of a unit out of its files, fragment first. Follows the …_add_default_dependencies() of each kind,
 * systemd 257 to 262; what only matters at shutdown is left out.
 */
export function orderOf(unit: UnitFiles, files: readonly IndexedFile[], scope: FilePlace["scope"]): Order {
  const after: Neighbour[] = [];
  const before: Neighbour[] = [];
  const pulls: string[] = [];
  const installs: string[] = [];
  for (const { mentions } of files) {
    for (const mention of mentions) {
      const name = certainTarget(mention, unit.id);
      if (name === undefined || name === unit.id) continue;
      const { section, directive } = mention;
      if (section === "Unit" && directive === "After") after.push({ name, reason: "After" });
      else if (section === "Unit" && directive === "Before") before.push({ name, reason: "Before" });
      else if (section === "Unit" && PULLS.includes(directive)) pulls.push(name);
      else if (section === "Install" && INSTALLS.includes(directive)) installs.push(name);
      else if (section === "Service" && directive === "Sockets") {
        after.push({ name, reason: "trigger" });
        pulls.push(name);
      }
    }
  }
  for (const { place } of unit.dependencies) {
    if (place.role.kind === "dependency" && place.role.relation !== "Upholds") pulls.push(place.role.name);
  }
  const triggered = triggeredBy(unit.id, files);
  if (triggered !== undefined) before.push({ name: triggered, reason: "trigger" });
  const kind = parseUnitName(unit.id)?.kind;
  const defaults = parseBoolean(settingOf(files, "DefaultDependencies") ?? "") !== false;
  if (!kind || !defaults) return { after, before, pulls, installs, defaults };
  const implied = impliedBy(kind, scope, files);
  for (const name of implied.after) after.push({ name, reason: "default" });
  for (const name of implied.before) before.push({ name, reason: "default" });
  append(pulls, implied.pulls);
  return { after, before, pulls, installs, defaults };
}

/** The unit that a word means; an open instance counts only where it is the unit's own. */
function certainTarget({ written }: Mention, of: string): string | undefined {
  if (!written.includes("@") && !written.includes("%")) return written;
  const name = unitMeantBy(written, of);
  if (name === undefined || !written.includes("%") || !name.includes("@.")) return name;
  return /@%i\.[a-z]+$/.test(written) ? name : undefined;
}

/**
 * What a timer, path or socket starts, by its files. Follows timer_add_trigger_dependencies() and similar routines, systemd 257 to
 * 262; undefined for other kinds and for sockets that start an instance for each connection.
 */
export function triggeredBy(
  id: string,
  files: readonly Pick<IndexedFile, "mentions" | "settings">[],
): string | undefined {
  const name = parseUnitName(id);
  const key = name && KIND_FACTS[name.kind].starts;
  if (!key) return undefined;
  const { kind, stem } = name;
  if (kind === "socket" && parseBoolean(settingOf(files, "Accept") ?? "") === true) return undefined;
  const named = files.flatMap(({ mentions }) => mentions.filter((it) => it.directive === key && it.section !== "Unit"));
  const chosen = kind === "socket" ? named.at(-1) : named[0];
  return chosen ? unitMeantBy(chosen.written, id) : `${stem}.service`;
}

/** The last value of a setting in the files of a unit. */
export function settingOf(files: readonly Pick<IndexedFile, "settings">[], name: KeptDirective): string | undefined {
  let last: string | undefined;
  for (const { settings } of files) last = settings[name] ?? last;
  return last;
}

interface Implied {
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly pulls: readonly string[];
}

const NONE: readonly string[] = [];

function impliedBy(kind: UnitKind, scope: FilePlace["scope"], files: readonly IndexedFile[]): Implied {
  const early = scope === "system" ? ["sysinit.target"] : NONE;
  switch (kind) {
    case "service":
      return scope === "system"
        ? { after: ["sysinit.target", "basic.target"], before: NONE, pulls: early }
        : { after: ["basic.target"], before: NONE, pulls: ["basic.target"] };
    case "socket":
      return { after: early, before: ["sockets.target"], pulls: early };
    case "timer":
      return { after: early, before: ["timers.target"], pulls: early };
    case "path":
      return { after: early, before: ["paths.target"], pulls: early };
    case "automount":
      return { after: ["local-fs-pre.target"], before: ["local-fs.target"], pulls: NONE };
    case "swap":
      return { after: NONE, before: ["swap.target"], pulls: NONE };
    case "mount":
      return isOfDevice(files) ? { after: ["local-fs-pre.target"], before: ["local-fs.target"], pulls: NONE } : NOTHING;
    default:
      return NOTHING;
  }
}

const NOTHING: Implied = { after: NONE, before: NONE, pulls: NONE };

/** Whether a mount is surely of a local device; others may come from the network. */
function isOfDevice(files: readonly IndexedFile[]): boolean {
  const local = /^(?:\/dev\/|(?:UUID|LABEL|PARTUUID|PARTLABEL)=)/.test(settingOf(files, "What") ?? "");
  return local && /^(?:ext[234]|xfs|btrfs|vfat|f2fs)$/.test(settingOf(files, "Type") ?? "");
}
