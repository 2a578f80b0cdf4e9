import { sectionsWith } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { isQuadletPath } from "../../families/checkedPath.ts";
import type { LineRule } from "../../findings/rule.ts";
import { nearest, nearestEnding } from "../../text/nearest.ts";
import { memo } from "../../units/memo.ts";
import { sectionsFor, type Unit } from "../../units/unit.ts";
import { isPrivateName } from "../walk.ts";
import { isTooNewSection } from "./newSection.ts";

/** A file with more different unknown names than this is no unit file; the rest gets no guesses. */
const MAX_UNKNOWN_NAMES = 200;

/** Follows next_assignment(), systemd 262. */
export const unknownDirective: LineRule = {
  code: "directive/unknown",
  *line({ section, node, known }, unit) {
    if (
      known ||
      isTooNewSection(unit, section.name) ||
      isPrivateName(node.key) ||
      (isQuadletPath(unit.path) && isQuadletSection(section.name))
    )
      return;
    const judged = unknownName(unit, section.name, node.key);
    if (!judged) return;
    const fixes = judged.meant.map((candidate) => ({
      title: `Change to ${candidate}=`,
      safe: false,
      edits: () => [{ ...node.keySpan, newText: candidate }],
    }));
    yield { ...node.keySpan, severity: "error", message: judged.message, directive: node.key, fixes };
  },
};

/** What is said of a name that is none in a section, and what may be meant. */
interface UnknownName {
  readonly message: string;
  readonly meant: readonly string[];
}

/** The same name often stands in many lines. Undefined where another section of the file has it. */
function unknownName(unit: Unit, section: SectionName, key: string): UnknownName | undefined {
  const names = namesIn(unit);
  const word = `${section}.${key}`;
  const known = names.get(word);
  if (known || names.has(word)) return known;
  const mayGuess = names.size < MAX_UNKNOWN_NAMES;
  const judged = judgeName(unit, section, key, mayGuess);
  if (mayGuess) names.set(word, judged);
  return judged;
}

function judgeName(unit: Unit, section: SectionName, key: string, mayGuess: boolean): UnknownName | undefined {
  const { content } = unit.family;
  if (sectionsFor(unit).some((it) => content.directive(it, key))) return undefined;
  const names = (): string[] => content.directivesIn(section, unit.version).map((it) => it.name);
  const meant = mayGuess ? nearest(key, names()) : [];
  const [nearby] = meant;
  const [home] = sectionsWith(key);
  const message =
    home === undefined
      ? `Unknown directive ${key}= in [${section}]${nearestEnding(nearby && `${nearby}=`, "systemd ignores this line")}`
      : `${key}= belongs to [${home}], which is not valid in a .${unit.path.kind} unit: systemd ignores this line`;
  return { message, meant };
}

/** The names that were judged in a file so far. */
const namesIn = memo((_: Unit) => new Map<string, UnknownName | undefined>());
