import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertAfter, lineEnding } from "../../../findings/edits.ts";
import type { Finding, Fix } from "../../../findings/finding.ts";
import { SEVERITY } from "../../../hardening/findings.ts";
import type { Sure } from "../../../hardening/missingSettings.ts";
import type { Unwanted } from "../../../hardening/ownHardening.ts";
import type { HardenedEdit, HardenedLine } from "../../../hardening/profileLayout.ts";
import type { Profile } from "../../../hardening/profiles.ts";
import { CONTAINER } from "../../../service/containers/podmanOptions.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import { parse } from "../../../syntax/parse.ts";
import type { LogicalLine, Section } from "../../../syntax/tree.ts";
import { applyEdits, type TextEdit } from "../../../text/span.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import type { ContainerGap } from "./containerGap.ts";
import { containerCode, containerGaps, containerSection } from "./containerPlan.ts";

const HEADING = "Confinement of the container";

/** The gaps that a profile closes by itself, with what is only likely where that is asked for. */
export function gapsToClose(
  unit: Unit,
  profile: Profile,
  sure: Sure,
  unwanted: Unwanted | undefined,
): readonly ContainerGap[] {
  return containerGaps(unit, profile).filter(
    ({ grade, silenced, row }) =>
      !silenced && grade !== "open" && (sure === "likely" || grade !== "likely") && !unwanted?.(containerCode(row.id)),
  );
}

const linesOf = (gaps: readonly ContainerGap[]): readonly HardenedLine[] =>
  gaps.flatMap(({ lines, row, grade, reason }) =>
    lines.map((line) => ({ line, breaks: row.breaks, reason, ...(grade === "open" ? {} : { grade }) })),
  );

/** What a profile adds to the [Container] of a quadlet, at its end and below a heading. */
export function hardenContainer(
  unit: Unit,
  profile: Profile,
  unwanted: Unwanted | undefined,
  sure: Sure,
): { readonly edits: readonly HardenedEdit[]; readonly settings: readonly HardenedLine[] } {
  const section = containerSection(unit);
  const settings = linesOf(gapsToClose(unit, profile, sure, unwanted));
  if (!section || settings.length === 0) return { edits: [], settings: [] };
  const edit = addedTo(
    unit,
    section,
    settings.map((it) => it.line),
  );
  return { edits: [{ ...edit, heading: HEADING, settings }], settings };
}

/** The same as the text of a drop-in, which podman 5.0 and later reads. */
export function containerDropIn(
  unit: Unit,
  profile: Profile,
  existing: string | undefined,
  unwanted: Unwanted | undefined,
  sure: Sure,
): { readonly text: string; readonly edits: readonly TextEdit[]; readonly settings: readonly HardenedLine[] } {
  const settings = linesOf(gapsToClose(unit, profile, sure, unwanted));
  const old = existing ?? "";
  if (settings.length === 0) return { text: old, edits: [], settings };
  const lines = settings.map((it) => it.line);
  const file = parse(old);
  const section = file.sections.findLast((it) => it.name === CONTAINER && it.header.closed);
  const eol = lineEnding(old);
  const open = old !== "" && !/[\r\n]$/.test(old) ? eol : "";
  const edit = section
    ? insertAfter(file, lastLine(section), lines)
    : { start: old.length, end: old.length, newText: `${open}${[`[${CONTAINER}]`, ...lines].join(eol)}${eol}` };
  return { text: applyEdits(old, [edit]), edits: [edit], settings };
}

const addedTo = (unit: Unit, section: Section, lines: readonly string[]): TextEdit =>
  insertAfter(ownFile(unit), lastLine(section), lines);

/** The last line of a section that is no comment: its header where it has no keys. */
const lastLine = ({ header, nodes }: Section): LogicalLine =>
  nodes.findLast((it): it is Exclude<typeof it, { kind: "comment" }> => it.kind !== "comment") ?? header;

/** The fix that adds all lines of one certainty; undefined where there are none. */
export function containerFix(unit: Unit, profile: Profile, sure: Sure, unwanted?: Unwanted): Fix | undefined {
  const section = containerSection(unit);
  const gaps = gapsToClose(unit, profile, sure, unwanted).filter(
    (it) => (sure === "likely") === (it.grade === "likely"),
  );
  const lines = gaps.flatMap((it) => it.lines);
  if (!section || lines.length === 0) return undefined;
  const count = lines.length;
  const title =
    sure === "likely"
      ? `Add ${count} more ${count === 1 ? "that is" : "that are"} likely to be safe`
      : `Add all ${count} safe settings`;
  return { title, safe: sure !== "likely", many: true, sets: lines, edits: () => [addedTo(unit, section, lines)] };
}

/** One finding for each respect in which a profile asks for more than a container has. */
export function containerFindings(unit: Unit, profile: Profile, unwanted?: Unwanted): Finding[] {
  const section = containerSection(unit);
  if (!section) return [];
  const safe = containerFix(unit, profile, "safe", unwanted);
  const likely = containerFix(unit, profile, "likely", unwanted);
  const { content } = section.header;
  const span = sourceSpan(content, 0, content.text.length);
  return containerGaps(unit, profile).map((gap): Finding => {
    const { row, grade, reason, lines } = gap;
    const together = [grade === "likely" ? likely : grade === "open" ? undefined : safe].flatMap((it) =>
      it && (it.sets?.length ?? 0) > lines.length ? [it] : [],
    );
    const isSure = grade !== "likely" && grade !== "open";
    const own = fixOf(unit, section, gap);
    return {
      ...span,
      code: containerCode(row.id),
      severity: isSure ? SEVERITY[row.tier] : LOWER[SEVERITY[row.tier]],
      message: `${row.lacks ?? `${row.key}= is not set`}: ${row.absent}${isSure ? "" : `; ${grade === "likely" ? "likely safe here, " : ""}${reason}`}`,
      caution: `May break: ${row.breaks} How it shows: ${row.shows}`,
      directive: row.key as DirectiveName,
      fixes: [...(own ? [own] : []), ...together],
      advice: "missing",
      ...(grade === "open" ? { beyond: true, withheld: reason } : { confidence: { grade, reason } }),
    };
  });
}

const LOWER = { error: "error", warning: "info", info: "hint", hint: "hint" } as const;

/** The words of a line that only the reader can fill in. */
const PLACEHOLDER = /\b(?:NUMBER|NAME|DIGEST)\b/;

function fixOf(unit: Unit, section: Section, { lines, changes, grade, reason }: ContainerGap): Fix | undefined {
  if (lines.some((it) => PLACEHOLDER.test(it))) return undefined;
  const note = grade === "open" ? `; ${reason}` : "";
  const safe = grade !== "open" && grade !== "likely";
  const own = new Set(ownFile(unit).nodes);
  if (changes.length > 0)
    return changes.every((it) => own.has(it.node))
      ? {
          title: `Change to ${lines.join(" and ")}${note}`,
          safe,
          sets: lines,
          edits: () => changes.map(({ node, value }) => ({ ...node.valueSpan, newText: value })),
        }
      : undefined;
  return {
    title: `Add ${lines.join(" and ")}${note}`,
    safe,
    sets: lines,
    edits: () => [addedTo(unit, section, lines)],
  };
}

/** What a profile leaves to the reader. */
export const containerLeftOut = (
  unit: Unit,
  profile: Profile,
): { readonly line: string; readonly reason: string; readonly kind: "likely" | "open" }[] =>
  containerGaps(unit, profile)
    .filter((it) => !it.silenced && (it.grade === "open" || it.grade === "likely"))
    .flatMap(({ lines, grade, reason }) =>
      lines.map((line) => ({ line, reason, kind: grade === "likely" ? ("likely" as const) : ("open" as const) })),
    );
