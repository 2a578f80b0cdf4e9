import { memo } from "../../units/memo.ts";
import { ownFile, type Unit } from "../../units/unit.ts";
import { alsoInDropIns } from "../inDropIns.ts";
import type { Rule } from "../rule.ts";
import { objectNamed } from "./objects.ts";

const nothingToMatch: Rule = {
  code: "network/no-match",
  title: "File that matches no interface",
  why: "The daemon networkd ignores a .network file whose [Match] section has no setting that it can read, so that no forgotten line makes it configure every interface. Name=* is how to mean all of them.",
  page: "systemd.network(5)",
  bad: { path: "etc/systemd/network/10-x.network", text: "[Network]\nDHCP=yes\n" },
  good: { path: "etc/systemd/network/10-x.network", text: "[Match]\nName=*\n[Network]\nDHCP=yes\n" },
  silent: [{ path: "etc/systemd/network/10-x.network", text: "[Match]\nHost=web\n[Network]\nDHCP=yes\n" }],
  *check(unit) {
    if (unit.path.kind !== "network" || unit.path.role === "drop-in" || unit.file.text === "" || matches(unit)) return;
    const header = ownFile(unit).sections.find((it) => it.name === "Match")?.header;
    const first = unit.file.nodes.find((it) => it.kind === "header") ?? unit.file.nodes[0];
    const place = header?.nameSpan ?? (first?.kind === "header" ? first.nameSpan : first);
    const { start, end } = place ?? { start: 0, end: 0 };
    const message = "[Match] has nothing that networkd can read: it ignores the whole file";
    const edits = () =>
      header
        ? [{ start: header.end, end: header.end, newText: "\nName=*" }]
        : [{ start: 0, end: 0, newText: "[Match]\nName=*\n\n" }];
    yield {
      start,
      end,
      severity: "error",
      message,
      fixes: [{ title: "Match all interfaces with Name=*", safe: false, edits }],
    };
  },
};

/** Whether anything in [Match] counts, conditions too. Follows network_verify(), systemd 257 and 262. */
const matches = memo((unit: Unit): boolean => {
  const match = objectNamed(unit, "Match");
  const { content } = unit.family;
  const keys = content.directivesIn("Match" as never, unit.version).map((it) => it.name);
  return match !== undefined && keys.some((it) => match.all(it).length > 0);
});

/** What a .network file is for. */
export const MATCH_RULES: readonly Rule[] = alsoInDropIns([nothingToMatch]);
