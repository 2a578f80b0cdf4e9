import { sectionsWith } from "../../catalog/catalog.ts";
import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { isQuadletPath } from "../../families/checkedPath.ts";
import { nearest, nearestEnding } from "../../text/nearest.ts";
import { memo } from "../../units/memo.ts";
import { sectionsFor, type Unit } from "../../units/unit.ts";
import type { LineRule } from "../rule.ts";
import { isPrivateName } from "../walk.ts";
import { isTooNewSection } from "./newSection.ts";

/** A file with more different unknown names than this is no unit file; the rest gets no guesses. */
const MAX_UNKNOWN_NAMES = 200;

/** Follows next_assignment(), systemd 262. */
export const unknownDirective: LineRule = {
  code: "directive/unknown",
  title: "Unknown directive",
  why: "systemd ignores this line. Names are case-sensitive; names that start with `X-` are reserved for other programs.",
  page: "systemd.directives(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nProtectHome=yes\n" },
  *line({ section, node, known }, unit) {
    if (
      known ||
      isTooNewSection(unit, section.name) ||
      isPrivateName(node.key) ||
      (isQuadletPath(unit.path) && isQuadletSection(section.name))
    )
      return;
    const homes = sectionsWith(node.key);
    const sections = sectionsFor(unit);
    if (sections.some((it) => unit.family.content.directive(it, node.key))) return;
    const word = `${section.name}.${node.key}`;
    const guesses = guessesIn(unit);
    let guess = guesses.get(word);
    if (!guess && guesses.size < MAX_UNKNOWN_NAMES) {
      guess = nearest(
        node.key,
        unit.family.content.directivesIn(section.name, unit.version).map((it) => it.name),
      );
      guesses.set(word, guess);
    }
    const [nearby] = guess ?? [];
    const message =
      homes.length > 0
        ? `${node.key}= belongs to [${homes[0]}], which is not valid in a .${unit.path.kind} unit: systemd ignores this line`
        : `Unknown directive ${node.key}= in [${section.name}]${nearestEnding(nearby && `${nearby}=`, "systemd ignores this line")}`;
    const fixes = (guess ?? []).map((candidate) => ({
      title: `Change to ${candidate}=`,
      safe: false,
      edits: () => [{ ...node.keySpan, newText: candidate }],
    }));
    yield { ...node.keySpan, severity: "error", message, directive: node.key, fixes };
  },
};

/** The names that were guessed at in a file so far. */
const guessesIn = memo((_: Unit) => new Map<string, readonly string[]>());
