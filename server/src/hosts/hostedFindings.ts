import type { SystemdVersion } from "../facts/version.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { together } from "../findings/together.ts";
import type { Selection } from "../rules/check.ts";
import { keepingVerdict } from "../rules/verdict.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { readUnit } from "../units/unit.ts";
import type { HostedFile } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import { type HostedFinding, judgedTexts, judgeHosted, judgeNames, placed, type ReadHosted } from "./judge.ts";

/** The findings of all units of a file, at their places there. */
export function hostedFindings(
  file: HostedFile,
  version: SystemdVersion,
  selection: Selection,
): readonly HostedFinding[] {
  const known = judgedTexts();
  const judged = file.units.map((it) => judgeHosted(file, it, version, selection, known));
  const names = file.units.flatMap((it) => judgeNames(file, it, version, selection, known) ?? []);
  return placed([...judged, ...names]);
}

/** A finding as one of the file, with those of its fixes that can be written there. */
export function inHost(host: HostLanguage, file: HostedFile, { finding, of, place }: HostedFinding): Finding {
  const fixes = finding.fixes.flatMap((it): readonly Fix[] => {
    if (it.rename !== undefined) return [];
    const edits = host.edits(file, of.hosted, of.written, it.edits(), of.unit.version);
    return edits ? [{ ...it, edits: () => edits }] : [];
  });
  return { ...finding, ...place, fixes };
}

/** A fix may bring up another one; a text that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/** The text of a file once all fixes of its units are applied that can be written there; no hardening is added. */
export function fixHosted(
  host: HostLanguage,
  text: string,
  version: SystemdVersion,
  selection: Selection,
  which: "safe" | "all",
): string {
  const off = { ...selection, profile: "off" } as const;
  let [current, known] = [text, judgedTexts()];
  for (let round = 0; round < ROUNDS; round++) {
    const file = host.units(current);
    known = judgedTexts(known);
    const fixes = file.units.map((it, at) => ({
      code: `${at}`,
      edits: fixesOfUnit(host, file, judgeHosted(file, it, version, off, known), which),
    }));
    // What units share, such as a set of their settings, is edited for one of them at a time.
    const edits = together(current, fixes).flatMap((it) => it.edits);
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  return current;
}

/** The edits of the file that fix one unit, all of its fixes at once or as many as can be. */
function fixesOfUnit(
  host: HostLanguage,
  file: HostedFile,
  { hosted, written, unit, found }: ReadHosted,
  which: "safe" | "all",
): readonly TextEdit[] {
  const wanted = found.flatMap(({ code, fixes }) => {
    const fix = fixes.find((it) => it.rename === undefined && (it.safe || (which === "all" && !it.alone)));
    return fix ? [{ code, edits: fix.edits() }] : [];
  });
  const free = together(written.text, wanted);
  const read = (it: string) => readUnit(hosted.path, it, unit.version, hosted.dropIns ?? []);
  const kept = which === "safe" ? keepingVerdict(read, unit, written.text, free) : free;
  const inFile = (some: typeof kept): readonly TextEdit[] | undefined =>
    host.edits(
      file,
      hosted,
      written,
      some.flatMap((it) => it.edits),
      unit.version,
    );
  const all = inFile(kept);
  if (all) return all;
  const writable = kept.filter((it) => inFile([it]) !== undefined);
  return inFile(writable) ?? inFile(writable.slice(0, 1)) ?? [];
}
