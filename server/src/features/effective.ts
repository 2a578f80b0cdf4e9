import { assess } from "../security/exposure.ts";
import { type ImpliedSetting, impliedSettings } from "../security/implied.ts";
import { writtenText } from "../syntax/tree.ts";
import { type LineIndex, lineIndex } from "../text/lineIndex.ts";
import { type MergedLine, type StrayLine, settingLines, strayLines } from "../units/effective/settingLines.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";

/** A place in one of the files of a unit, counted as LSP counts. */
export interface SourceLine {
  /** 0 for the unit file, from 1 on the drop-ins in their order. */
  readonly file: number;
  readonly line: number;
}

/** One line of an effective unit. */
export interface EffectiveLine {
  readonly section: string;
  readonly directive: string;
  readonly value: string;
  readonly state: "in-force" | "resets" | "overridden" | "reset" | "dropped" | "implied";
  /** Where it is written; missing for what is implied. */
  readonly origin?: SourceLine;
  /** The line that takes its place or takes it back. */
  readonly by?: SourceLine;
  /** Why it is as it is, in a few words; missing for what is in force. */
  readonly reason?: string;
  /** Whether it stands in a section of which systemd reads nothing. */
  readonly stray?: true;
  /** The parts of a long value that come from several places; each is shown in a row of its own. */
  readonly rows?: readonly EffectiveRow[];
}

/** A part of a value. */
export interface EffectiveRow {
  readonly text: string;
  readonly origin?: SourceLine;
  readonly reason?: string;
}

/** A unit with all its lines and what became of them, by section and directive in the order in which they first come. */
export interface EffectiveUnit {
  readonly name: string;
  /** Who makes it of its files, where that is not systemd itself. */
  readonly by?: string;
  /** How its files are called, the unit file first; lines name them by number. */
  readonly files: readonly string[];
  /** Why systemd does not load the unit; empty where it does. */
  readonly messages: readonly string[];
  readonly lines: readonly EffectiveLine[];
}

const DROPPED = {
  unknown: "unknown directive in this section",
  ignored: "systemd ignores this setting",
  value: "systemd ignores this value",
  refused: "systemd stops reading this file",
  second: "only the first one counts",
  empty: "an empty line has no effect here",
} as const;

/** Merges the files of a unit; `files` are their names or paths, for the reader. */
export function effectiveUnit(unit: Unit, files: readonly string[]): EffectiveUnit {
  const lines = groupedLines(unit).map((it) => ("node" in it ? writtenLine(unit, files, it) : impliedLine(it)));
  const strays = strayLines(unit).map((it) => strayLine(unit, it));
  return { name: unit.path.name ?? "", files, messages: assess(unit).messages, lines: [...lines, ...strays] };
}

type Grouped = MergedLine | ImpliedSetting;

/** Lines of the same setting stand together, what is implied after them. */
function groupedLines(unit: Unit): readonly Grouped[] {
  const sections = new Map<string, Map<string, Grouped[]>>();
  const add = (section: string, name: string, line: Grouped): void => {
    const groups = sections.get(section) ?? new Map<string, Grouped[]>();
    sections.set(section, groups);
    const group = groups.get(name);
    if (group) group.push(line);
    else groups.set(name, [line]);
  };
  for (const it of settingLines(unit)) add(it.section, it.node.key, it);
  for (const it of impliedSettings(unit)) add(it.section, it.directive, it);
  return [...sections.values()].flatMap((groups) => [...groups.values()].flat());
}

function impliedLine({ section, directive, value, by }: ImpliedSetting): EffectiveLine {
  return { section, directive, value, state: "implied", reason: `implied by ${by}=` };
}

function writtenLine(unit: Unit, files: readonly string[], line: MergedLine): EffectiveLine {
  const { section, node, fate } = line;
  const { key: directive } = node;
  const [value, origin, state] = [writtenText(node.line), originOf(unit, line), fate.kind];
  switch (fate.kind) {
    case "in-force":
      return { section, directive, value, state, origin };
    case "resets":
      return { section, directive, value, state, origin, reason: EMPTIED[directive] ?? "resets earlier values" };
    case "dropped":
      return { section, directive, value, state, origin, reason: DROPPED[fate.why] };
    case "overridden":
    case "reset": {
      const by = originOf(unit, fate.by);
      const verb = fate.kind === "reset" ? "reset by" : "overridden by";
      return { section, directive, value, state, origin, by, reason: `${verb} ${shortOrigin(files, by)}` };
    }
  }
}

function strayLine(unit: Unit, line: StrayLine): EffectiveLine {
  const { section, node } = line;
  const reason = section.startsWith("X-") ? "reserved for other programs" : "section not valid in this unit type";
  return {
    section,
    directive: node.key,
    value: writtenText(node.line),
    state: "dropped",
    origin: originOf(unit, line),
    reason,
    stray: true,
  };
}

/**
 * Settings whose empty value is one of its own: config_parse_capability_set() takes it as no capability, not as the default,
 * and config_parse_delegate() as a unit that delegates no controller.
 */
const EMPTIED: Readonly<Record<string, string>> = {
  CapabilityBoundingSet: "empties the set",
  Delegate: "delegates without controllers",
};

const linesOf: (file: Unit["file"]) => LineIndex = memo((file: Unit["file"]) => lineIndex(file.text));

function originOf(unit: Unit, { node, source }: Pick<MergedLine, "node" | "source">): SourceLine {
  const file = source === 0 ? unit.file : unit.dropIns[source - 1];
  return { file: source, line: file ? linesOf(file).positionAt(node.start).line : 0 };
}

/** A place as `10-limits.conf:3`, with the line counted from 1. */
export function shortOrigin(files: readonly string[], { file, line }: SourceLine): string {
  return `${(files[file] ?? "").split("/").at(-1)}:${line + 1}`;
}
