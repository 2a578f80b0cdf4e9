import { insertAfter } from "../../../findings/edits.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { memo } from "../../../units/memo.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { objectNamed } from "./objects.ts";

/** Who reads a file with [Match], and what stands there for all interfaces. */
const READERS: Readonly<Record<string, readonly [reader: string, all: string]>> = {
  network: ["networkd", "Name=*"],
  link: ["udev", "OriginalName=*"],
};

const nothingToMatch: Rule = {
  code: "network/no-match",
  *check(unit) {
    const reading = READERS[unit.path.kind];
    if (!reading || unit.path.role === "drop-in" || unit.file.text === "" || matches(unit)) return;
    const [reader, all] = reading;
    const section = ownFile(unit).sections.findLast((it) => it.name === "Match");
    const header = ownFile(unit).sections.find((it) => it.name === "Match")?.header;
    const first = unit.file.nodes.find((it) => it.kind === "header") ?? unit.file.nodes[0];
    const place = header?.nameSpan ?? (first?.kind === "header" ? first.nameSpan : first);
    const { start, end } = place ?? { start: 0, end: 0 };
    const message = `[Match] has nothing that ${reader} can read: it ignores the whole file`;
    // After all that is there, which may take back what stands before it; what a drop-in takes back nothing here sets.
    const edits = () =>
      section
        ? [insertAfter(ownFile(unit), section.nodes.findLast((it) => it.kind !== "comment") ?? section.header, [all])]
        : [{ start: 0, end: 0, newText: `[Match]\n${all}\n\n` }];
    const isTakenBack = unit.dropIns.some(
      (it) => it !== ownFile(unit) && it.sections.some(({ name }) => name === "Match"),
    );
    yield {
      start,
      end,
      severity: "error",
      message,
      fixes: isTakenBack ? [] : [{ title: `Match all interfaces with ${all}`, safe: false, edits }],
    };
  },
};

/** Whether anything in [Match] counts, conditions too. Follows network_verify(), systemd 257 and 262. */
const matches = memo((unit: Unit): boolean => {
  const match = objectNamed(unit, "Match");
  const { content } = unit.family;
  const keys = content.directivesIn("Match" as never, unit.version).map((it) => it.name);
  return match !== undefined && keys.some((it) => match.list(it).length > 0);
});

/** Which interfaces a file is for. */
export const MATCH_RULES: readonly Rule[] = alsoInDropIns([nothingToMatch]);
