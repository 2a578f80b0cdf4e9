import { type MergedLine, settingLines } from "../../server/src/units/effective/settingLines.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { resolveSpecifiers } from "../../server/src/values/resolve.ts";

/** What `systemctl show` says of a property. */
interface Property {
  readonly name: string;
  /** What our lines in force make of it, the way systemctl shows it; undefined where they do not say. */
  readonly from: (inForce: (...names: readonly string[]) => readonly string[], unit: Unit) => string | undefined;
}

const last = (values: readonly string[]): string | undefined => (values.at(-1) === "" ? undefined : values.at(-1));
const words = (values: readonly string[]): string => values.filter((it) => it !== "").join(" ");
const lines = (values: readonly (string | undefined)[]): string => values.filter(Boolean).join("\n");
/** systemd keeps some lists the other way round. */
const sorted = (values: readonly (string | undefined)[]): string => values.filter(Boolean).sort().join("\n");
const plain =
  (name: string, key = name, fallback?: string): Property["from"] =>
  (inForce) =>
    last(inForce(key)) ?? fallback;
const seconds =
  (...keys: readonly string[]): Property["from"] =>
  (inForce) => {
    const value = last(inForce(...keys));
    return value === undefined ? undefined : `${value}s`;
  };
const commands =
  (key: string): Property["from"] =>
  (inForce) =>
    lines(inForce(key));

/** Properties whose value can be told from the lines alone, by the kind of the unit. */
export const PROPERTIES: Readonly<Record<string, readonly Property[]>> = {
  all: [
    { name: "Description", from: (inForce, unit) => last(inForce("Description")) ?? whereOf(unit).unit.full },
    { name: "Documentation", from: (inForce) => words(inForce("Documentation")) },
    { name: "StopWhenUnneeded", from: plain("StopWhenUnneeded", "StopWhenUnneeded", "no") },
  ],
  service: [
    { name: "ExecStart", from: commands("ExecStart") },
    { name: "ExecStartPre", from: commands("ExecStartPre") },
    { name: "User", from: plain("User", "User", "") },
    { name: "Nice", from: plain("Nice", "Nice", "0") },
    { name: "ReadWritePaths", from: (inForce) => words(inForce("ReadWritePaths")) },
    { name: "SyslogIdentifier", from: plain("SyslogIdentifier", "SyslogIdentifier", "") },
    { name: "LimitNOFILE", from: plain("LimitNOFILE") },
    { name: "TimeoutStopUSec", from: seconds("TimeoutStopSec", "TimeoutSec") },
    { name: "TimeoutStartUSec", from: seconds("TimeoutStartSec", "TimeoutSec") },
    { name: "ProtectSystem", from: plain("ProtectSystem", "ProtectSystem", "no") },
    { name: "Restart", from: plain("Restart", "Restart", "no") },
    { name: "KillMode", from: plain("KillMode", "KillMode", "control-group") },
    { name: "BindPaths", from: (inForce) => words(inForce("BindPaths").map((it) => it && `${it}:${it}:rbind`)) },
    {
      name: "BindReadOnlyPaths",
      from: (inForce) => words(inForce("BindReadOnlyPaths").map((it) => it && `${it}:${it}:rbind`)),
    },
    { name: "Environment", from: (inForce) => environment(inForce("Environment")) },
  ],
  timer: [
    { name: "TimersCalendar", from: (inForce) => sorted(inForce("OnCalendar").map((it) => it && CALENDARS[it])) },
    { name: "AccuracyUSec", from: seconds("AccuracySec") },
    { name: "Persistent", from: plain("Persistent", "Persistent", "no") },
    { name: "Unit", from: plain("Unit") },
    { name: "TimersMonotonic", from: (inForce) => String(inForce("OnActiveSec", "OnBootSec").filter(Boolean).length) },
  ],
  path: [
    {
      name: "Paths",
      from: (inForce) =>
        sorted(
          ["PathExists", "PathChanged", "DirectoryNotEmpty"].flatMap((key) =>
            inForce(key).map((it) => it && `${it} (${key})`),
          ),
        ),
    },
    { name: "Unit", from: plain("Unit") },
    { name: "MakeDirectory", from: plain("MakeDirectory", "MakeDirectory", "no") },
    { name: "DirectoryMode", from: plain("DirectoryMode", "DirectoryMode", "0755") },
  ],
  socket: [
    {
      name: "Listen",
      from: (inForce) =>
        sorted([
          ...inForce("ListenStream").map((it) => it && `${it} (Stream)`),
          ...inForce("ListenDatagram").map((it) => it && `${it} (Datagram)`),
        ]),
    },
    { name: "SocketUser", from: plain("SocketUser", "SocketUser", "") },
    { name: "Backlog", from: plain("Backlog") },
    { name: "FileDescriptorName", from: (inForce, unit) => last(inForce("FileDescriptorName")) ?? unit.path.name },
  ],
  target: [],
};

const CALENDARS: Readonly<Record<string, string>> = { daily: "*-*-* 00:00:00", weekly: "Mon *-*-* 00:00:00" };

function environment(values: readonly string[]): string {
  const byName = new Map<string, string>();
  for (const it of values) if (it !== "") byName.set(it.slice(0, it.indexOf("=")), it);
  return [...byName.values()].join(" ");
}

/** What `systemctl show` would say of these properties; those that our lines do not tell are missing. */
export function shownValues(unit: Unit): ReadonlyMap<string, string> {
  const counted = (line: MergedLine): boolean => line.fate.kind === "in-force" || line.fate.kind === "resets";
  const inForce = (...names: readonly string[]): readonly string[] =>
    settingLines(unit)
      .filter((it) => names.includes(it.node.key) && counted(it))
      .map((it) => resolveSpecifiers(it.node.text, whereOf(unit).unit, "system") ?? it.node.text);
  const shown = new Map<string, string>();
  for (const { name, from } of [...(PROPERTIES.all ?? []), ...(PROPERTIES[unit.path.kind] ?? [])]) {
    const value = from(inForce, unit);
    if (value !== undefined) shown.set(name, value);
  }
  return shown;
}

/** What systemctl says, without what only a running system knows and in a form that the lines can be compared with. */
export function shorn(name: string, values: readonly string[]): string {
  if (name.startsWith("Exec")) return values.map((it) => /argv\[\]=(.*?) ; ignore/.exec(it)?.[1] ?? it).join("\n");
  if (name === "TimersCalendar") return sorted(values.map((it) => /OnCalendar=(.*?) ;/.exec(it)?.[1] ?? it));
  if (name === "TimersMonotonic") return String(values.filter((it) => it !== "").length);
  return name === "Paths" || name === "Listen" ? sorted(values) : unquoted(values.join("\n"));
}

/** A list of words as systemctl prints it, without the quotes that it puts around some. */
export function unquoted(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, "$1"));
}
