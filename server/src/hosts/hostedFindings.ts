import type { SystemdVersion } from "../facts/version.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { matchesCode } from "../findings/pattern.ts";
import { type CodedEdits, together } from "../findings/together.ts";
import { type Selection, wantedFindings } from "../rules/check.ts";
import { appliedFix } from "../rules/fixAll.ts";
import { NOT_READ_RULE } from "../rules/notRead.ts";
import { keepingVerdict } from "../rules/verdict.ts";
import { readUnit } from "../units/readUnit.ts";
import { headOf } from "./head.ts";
import type { HostedFile } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import { type HostedFinding, judgeHosted, judgementMemory, judgeNames, placed, type ReadHosted } from "./judge.ts";
import { hostEditsOfEach, Rereads } from "./proven.ts";
import { changedInRounds, type UnitWish } from "./rounds.ts";

/** The findings of all units of a file, at their places there. */
export function hostedFindings(
  file: HostedFile,
  version: SystemdVersion,
  selection: Selection,
  known = judgementMemory(),
): readonly HostedFinding[] {
  const judged = file.units.map((it) => judgeHosted(file, it, version, selection, known));
  const names = file.units.flatMap((it) => judgeNames(file, it, version, selection, known) ?? []);
  return placed([...judged, ...names]);
}

/** What is said of the texts of units that were not read, unless a comment above one says that it is known. */
export function unreadFindings({ text, unread = [] }: HostedFile, selection: Selection): readonly Finding[] {
  const found = unread.map(({ start, end, why }): Finding => {
    const message = `Unit not checked: ${why}`;
    return { code: NOT_READ_RULE.code, severity: "info", message, start, end, fixes: [] };
  });
  return wantedFindings(
    found.filter((it) => !isSilenced(text, it.start)),
    selection,
  );
}

/** Whether the line above an offset has a comment that silences it. */
function isSilenced(text: string, at: number): boolean {
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const above = text.slice(text.lastIndexOf("\n", line - 2) + 1, line);
  const [, codes] = /#[ \t]{0,9}unit-warden:[ \t]{0,9}ignore[ \t]{1,9}(.*)/.exec(above) ?? [];
  return (codes ?? "").split(/--|[,\s]+/).some((it) => matchesCode(NOT_READ_RULE.code, it));
}

/**
 * Findings as those of the file, each with those of its fixes that can be written there. Of findings that are not `proven`,
 * of which nobody sees the edits, only the form of the file is asked.
 */
export function inHost(
  host: HostLanguage,
  file: HostedFile,
  findings: readonly HostedFinding[],
  rereads?: Rereads,
  proven: (finding: Finding) => boolean = () => true,
): readonly Finding[] {
  const wanted = findings.map(({ finding, of }) =>
    (proven(finding) ? finding.fixes : [])
      .filter((it) => it.rename === undefined)
      .map((fix) => ({ fix, change: { ...of, edits: fix.edits(), version: of.unit.version } })),
  );
  const changes = wanted.flatMap((some) => some.map((it) => it.change));
  const made = hostEditsOfEach(host, headOf(host, file), changes, rereads).values();
  return findings.map(({ finding, place, of }, at): Finding => {
    if (!proven(finding)) {
      const fixes = host.writable(file, of.hosted) ? finding.fixes : [];
      return { ...finding, ...place, fixes };
    }
    const fixes = (wanted[at] ?? []).flatMap(({ fix }): readonly Fix[] => {
      const edits = made.next().value;
      return edits ? [{ ...fix, edits: () => edits }] : [];
    });
    return { ...finding, ...place, fixes };
  });
}

/** A fix may bring up another one; a unit that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/** The file once all fixes of its units are applied that can be written there; no hardening is added. `first` is told what is found before. */
export function fixHosted(
  host: HostLanguage,
  before: HostedFile,
  version: SystemdVersion,
  selection: Selection,
  which: "safe" | "all",
  rereads = new Rereads(),
  first = judgementMemory(),
): HostedFile {
  const off = { ...selection, profile: "off" } as const;
  let known = first;
  let last = before;
  const wish = (file: HostedFile, at: number): UnitWish<CodedEdits> | undefined => {
    if (file !== last) known = judgementMemory(known);
    last = file;
    const hosted = file.units[at];
    const judged = hosted && judgeHosted(file, hosted, version, off, known);
    return judged && { ...judged, version, pieces: fixesOfUnit(judged, which) };
  };
  return changedInRounds(host, before, { wish, most: ROUNDS, rereads });
}

/** The fixes of one unit that can be made at once in its own text. */
function fixesOfUnit({ hosted, written, unit, found }: ReadHosted, which: "safe" | "all"): readonly CodedEdits[] {
  const wanted = found.flatMap(({ code, fixes }) => {
    const fix = appliedFix(fixes, which);
    return fix ? [{ code, edits: fix.edits() }] : [];
  });
  const free = together(written.text, wanted);
  const read = (it: string) => readUnit(hosted.path, it, unit.version, { dropIns: hosted.dropIns ?? [] });
  return which === "safe" ? keepingVerdict(read, unit, written.text, free) : free;
}
