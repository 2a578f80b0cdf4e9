import { type DirectiveName, directive, grammarIn } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { holdsIn } from "../../facts/version.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { memberOf } from "../../values/enumeration.ts";
import { ENUMERATIONS } from "../../values/enumerations.ts";
import { parseUnsigned, UINT_MAX } from "../../values/number.ts";
import { absolutePath } from "../../values/path.ts";
import { issuesOf } from "../../values/read.ts";
import { isTestInstance, parseUnitName } from "../../values/unitName.ts";
import { NO_LISTENING } from "../settings.ts";
import {
  type Assign,
  type Assignments,
  changeMember,
  type ReadingContext,
  splitValue,
  withSpecifiers,
} from "./assign.ts";
import { refusedOnce } from "./assignOlder.ts";

/** Whether systemd ignores a value, as the grammar of its directive says. */
function drops(section: SectionName, name: DirectiveName, value: string, context: ReadingContext): boolean {
  const row = directive(section, name);
  if (!row) return false;
  const { version, scope, name: unit } = context;
  const where = { version, scope, kind: unit.kind, unit, certain: !isTestInstance(unit) };
  const problems = issuesOf(grammarIn(row, version), value, where);
  return problems.some(({ effect }) => effect === "assignment");
}

/** The sockets on which connections come in. */
const ACCEPTING: readonly string[] = ["ListenStream", "ListenSequentialPacket"];
/** Those that are nodes in the file system where the address is a path. */
const ADDRESSES: readonly string[] = [...ACCEPTING, "ListenDatagram"];

/** Follows config_parse_socket_listen(), systemd 257 to 262: an empty value of any of the directives resets all. */
function listen(name: DirectiveName): Assign {
  return (settings, value, context) => {
    if (value === "") settings.listening = NO_LISTENING;
    if (value === "" || drops("Socket", name, value, context)) return undefined;
    const { accepting, other, nodes } = settings.listening;
    const one = ACCEPTING.includes(name) ? { accepting: accepting + 1, other } : { accepting, other: other + 1 };
    const isPath = ADDRESSES.includes(name) && withSpecifiers(value, context)?.startsWith("/") === true;
    settings.listening = { ...one, nodes: nodes + (isPath || name === "ListenFIFO" ? 1 : 0) };
    return undefined;
  };
}

/** What a socket listens on. */
export const LISTEN: Assignments = {
  ListenStream: listen("ListenStream"),
  ListenDatagram: listen("ListenDatagram"),
  ListenSequentialPacket: listen("ListenSequentialPacket"),
  ListenFIFO: listen("ListenFIFO"),
  ListenNetlink: listen("ListenNetlink"),
  ListenSpecial: listen("ListenSpecial"),
  ListenMessageQueue: listen("ListenMessageQueue"),
  ListenUSBFunction: listen("ListenUSBFunction"),
};

const accept: Assign = (settings, value) => {
  settings.accept = parseBoolean(value) ?? settings.accept;
  return undefined;
};

const maxConnections: Assign = (settings, value) => {
  const number = parseUnsigned(value);
  if (number !== undefined && number <= Number(UINT_MAX)) settings.maxConnections = number;
  return undefined;
};

/** Follows config_parse_unit_path_strv_printf(), systemd 257 to 262, as far as it is asked whether there are any. */
const symlinks: Assign = (settings, value, context) => {
  if (value === "") settings.present.delete("Symlinks");
  const paths = splitValue(value, "quotes").words.map((word) => absolutePath(withSpecifiers(word, context) ?? ""));
  if (paths.some((path) => path !== undefined)) settings.present.add("Symlinks");
  return undefined;
};

const refusedService = refusedOnce("Socket", "Service");

const service: Assign = (settings, value, context) => {
  if (parseUnitName(withSpecifiers(value, context) ?? "")?.kind === "service") settings.present.add("Service");
  return refusedService(settings, value, context);
};

const deferTrigger: Assign = (settings, value, { version }) => {
  settings.deferTrigger = memberOf(ENUMERATIONS.socketDeferTrigger, value, version)?.value ?? settings.deferTrigger;
  return undefined;
};

/** How a socket hands over what comes in. */
export const SOCKET_SCALARS: Assignments = {
  Accept: accept,
  MaxConnections: maxConnections,
  Symlinks: symlinks,
  Service: service,
  DeferTrigger: deferTrigger,
};

/** Lists of several directives that an empty value of any of them resets; only whether there is something counts. */
function shared(list: "Timer" | "Path", section: SectionName, name: DirectiveName): Assign {
  return (settings, value, context) => {
    if (value === "") settings.present.delete(list);
    else if (!drops(section, name, value, context)) settings.present.add(list);
    return undefined;
  };
}

/** When a timer elapses. */
export const ELAPSE: Assignments = {
  OnActiveSec: shared("Timer", "Timer", "OnActiveSec"),
  OnBootSec: shared("Timer", "Timer", "OnBootSec"),
  OnStartupSec: shared("Timer", "Timer", "OnStartupSec"),
  OnUnitActiveSec: shared("Timer", "Timer", "OnUnitActiveSec"),
  OnUnitInactiveSec: shared("Timer", "Timer", "OnUnitInactiveSec"),
  OnCalendar: shared("Timer", "Timer", "OnCalendar"),
};

function turnedOn(name: "OnClockChange" | "OnTimezoneChange"): Assign {
  return (settings, value) => {
    const truth = parseBoolean(value);
    if (truth !== undefined) changeMember(settings.present, name, truth ? "add" : "remove");
    return undefined;
  };
}

/** What triggers a timer besides the times; no list of times resets it. */
export const CHANGES: Assignments = {
  OnClockChange: turnedOn("OnClockChange"),
  OnTimezoneChange: turnedOn("OnTimezoneChange"),
};

/** What a path unit watches. */
export const WATCH: Assignments = {
  PathExists: shared("Path", "Path", "PathExists"),
  PathExistsGlob: shared("Path", "Path", "PathExistsGlob"),
  PathChanged: shared("Path", "Path", "PathChanged"),
  PathModified: shared("Path", "Path", "PathModified"),
  DirectoryNotEmpty: shared("Path", "Path", "DirectoryNotEmpty"),
};

/** A value with its specifiers replaced, but left as it is where only the machine knows what one stands for. */
function certain(value: string, context: ReadingContext): string | undefined {
  const text = withSpecifiers(value, context);
  return text !== undefined && /%[^%nNpPiIjJf]/.test(value.replaceAll("%%", "")) ? value : text;
}

/** Follows config_parse_unit_path_printf(), systemd 257 to 262. */
const where: Assign = (settings, value, context) => {
  const path = value === "" ? "" : absolutePath(certain(value, context) ?? "");
  if (path !== undefined) settings.where = path;
  return undefined;
};

/** Since when a swap may name what it is on in any way, as a mount may. */
const ANY_NODE = { since: 256 };

/** Follows config_parse_mount_node(), systemd 256 to 262, and the routines for paths and texts before. */
const what: Assign = (settings, value, context) => {
  const text = certain(value, context);
  const path = settings.kind === "swap" && !holdsIn(ANY_NODE, context.version);
  settings.what = (path && text ? absolutePath(text, context.version) : text) ?? settings.what;
  return undefined;
};

/** What is mounted where; a `%` is left in them where only the machine knows the whole text. */
export const NODES: Assignments = { Where: where, What: what };
