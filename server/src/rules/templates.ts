import type { Finding, Fix } from "../findings/finding.ts";
import type { Template } from "../syntax/template/template.ts";
import { touchedPlaceholder } from "../syntax/template/touched.ts";
import type { Node, UnitFile } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import { memo } from "../units/memo.ts";
import { isLongTemplate, variantsOf } from "../units/template/variants.ts";
import { ownFile, type Unit } from "../units/unit.ts";

/** Codes about a line alone: they hold wherever the line counts. */
const OF_LINE = /^(?:value|directive|syntax|section)\//;

/**
 * What holds of a template whatever is filled in: what is found in each unit that may come of it, and of what is wrong with a
 * line alone what is found wherever that line counts. Nothing is said of a placeholder and of what it stands in.
 */
export function certainFindings(
  unit: Unit,
  check: (variant: Unit, isCertain: (found: Finding) => boolean) => readonly Finding[],
): Finding[] {
  const { template } = ownFile(unit);
  const isCertain = (it: Finding): boolean => touchedPlaceholder(template, it) === undefined;
  const isShort = !isLongTemplate(unit);
  const isKept = (it: Finding): boolean =>
    isCertain(it) && it.code !== "style/unused-suppression" && (isShort || OF_LINE.test(it.code));
  const looks = variantsOf(unit).map((variant) => {
    const found = check(variant, isCertain).filter(isKept);
    return { file: ownFile(variant), found: new Map(found.map((it) => [keyOf(it), it])) };
  });
  const all = new Map(looks.toReversed().flatMap(({ found }) => [...found]));
  const holds = ([key, { code, start, message, advice }]: [string, Finding]): boolean =>
    looks.every(({ file, found }) => {
      const same = found.get(key);
      // What is said in other words is about what stands for a placeholder.
      if (same) return same.message === message || advice !== undefined;
      return OF_LINE.test(code) && !hasLineAt(file, start);
    }) &&
    (advice === undefined || looks.filter(({ found }) => found.get(key)?.message === message).length > 1);
  // Where any setting may come from elsewhere, nothing is refused for what it lacks.
  const isOpen = [template, unit.main?.unit.file.template, ...unit.dropIns.map((it) => it.template)].some(
    (it) => it?.isOpen,
  );
  const isRefusal = ({ code, severity }: Finding): boolean => severity === "error" && !OF_LINE.test(code);
  const kept = [...all]
    .filter((it) => holds(it) && !(isOpen && isRefusal(it[1])))
    .map(([, it]) => withoutReach(unit, it));
  return kept.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Findings with the advice among them as it is given for the template as a whole. */
export function asAdvised(unit: Unit, found: readonly Finding[], advice: readonly Finding[]): Finding[] {
  const given = new Map(advice.map((it) => [keyOf(it), it]));
  return found.flatMap((it) => {
    if (it.advice === undefined) return [it];
    const own = given.get(keyOf(it));
    return own ? [withoutReach(unit, { ...own, severity: it.severity, ofTemplate: true })] : [];
  });
}

/** A finding without the fixes that would change what others fill in. */
function withoutReach(unit: Unit, found: Finding): Finding {
  const { template } = ownFile(unit);
  return template ? { ...found, fixes: found.fixes.filter((fix) => leavesTemplate(template, fix)) } : found;
}

const keyOf = ({ code, start, end, directive }: Finding): string => `${code} ${start} ${end} ${directive}`;

function hasLineAt(file: UnitFile, offset: number): boolean {
  // A line has the place after its last character, too.
  return spansTouching(codeLines(file), { start: offset - 1, end: offset + 1 }).some(
    (it) => it.start <= offset && offset <= it.end,
  );
}

const codeLines = memo(({ nodes }: UnitFile): readonly Node[] => nodes.filter((it) => it.kind !== "comment"));

/** Whether a fix leaves placeholders and tags as they are, and puts no line between tags. */
function leavesTemplate(template: Template, { edits }: Fix): boolean {
  return edits().every((it) => isOutside(template, it));
}

function isOutside(template: Template, { start, end, newText }: TextEdit): boolean {
  const { holes, lines, blocks } = template;
  if (start < end && [holes, lines].some((it) => spansTouching(it, { start, end }).length > 0)) return false;
  return start < end || !/[\r\n]/.test(newText) || !blocks.some((it) => it.start < start && start < it.end);
}
