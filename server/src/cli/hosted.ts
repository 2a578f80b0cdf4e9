import type { SystemdVersion } from "../facts/version.ts";
import { belongs, isQuadletPath } from "../families/checkedPath.ts";
import { judgedHeader } from "../families/lookAlikes.ts";
import { fixHosted, hostedFindings, inHost, unreadFindings } from "../hosts/hostedFindings.ts";
import type { HostedFile } from "../hosts/hostedUnit.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { type HostedFinding, type JudgementMemory, judgementMemory } from "../hosts/judge.ts";
import { Rereads } from "../hosts/proven.ts";
import type { Selection } from "../rules/check.ts";
import { appliedFix } from "../rules/fixAll.ts";
import { UNREAD_DROP_IN } from "../rules/unreadDropIn.ts";
import { isTooLong } from "../syntax/longFile.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { FileReport } from "./fileReport.ts";
import { tooLongReport } from "./fileReport.ts";
import type { InputFile } from "./files.ts";
import type { Host } from "./host.ts";
import type { FixDetail } from "./reportFormat.ts";
import type { FileResult } from "./writes.ts";

/** What is asked of a file with units of systemd besides its findings. */
interface HostedCheck {
  /** Which fixes to apply; none where missing. */
  readonly fixes: "safe" | "all" | undefined;
  /** What the report says about fixes. */
  readonly tells: FixDetail | undefined;
  /** Why nothing is written, which is said where there is something to fix. */
  readonly why: string | undefined;
}

/** The report of a file in whose language units of systemd stand, as it is once it is fixed; undefined for any other file. */
export function hostedReport(
  path: string,
  before: string,
  version: SystemdVersion,
  selection: Selection,
  { fixes, tells, why }: HostedCheck,
): FileResult<FileReport & { readonly unit: undefined }> | undefined {
  const host = hostLanguage(path);
  if (!host?.judged) return undefined;
  if (isTooLong(before)) return host.mayHold(before) ? { value: tooLongReport(path, host.name, selection) } : undefined;
  const rereads = new Rereads();
  const unfixed = host.units(before);
  const known = judgementMemory();
  const fixed = fixes ? fixHosted(host, unfixed, version, selection, fixes, rereads, known) : unfixed;
  const isChanged = fixed.text !== before;
  const isFixed = isChanged && why === undefined;
  const file = isFixed ? fixed : unfixed;
  const { text } = file;
  const found = hostedFindings(file, version, selection);
  const read = tells
    ? inHost(host, file, found, rereads, (it) => tells === "edits" || it.advice === undefined)
    : found.map((it) => ({ ...it.finding, ...it.place, fixes: [] }));
  const findings = [...read, ...unreadFindings(file, selection)].toSorted((a, b) => a.start - b.start);
  const done = fixes && isFixed ? doneIn(unfixed, found, { version, selection, fixes, known }) : undefined;
  const value = { path, kind: host.name, text, lines: lineIndex(text), findings, unit: undefined, ...done };
  const cut = rereads.isCut ? `${path}: some fixes are left out: it has too many units for its length` : undefined;
  const note = isChanged ? (why ?? cut) : cut;
  return { value, note, ...(isFixed && { write: { path, before, text } }) };
}

interface FixedCheck {
  readonly version: SystemdVersion;
  readonly selection: Selection;
  readonly fixes: "safe" | "all";
  /** What is found in the units of the file before, without advice. */
  readonly known: JudgementMemory;
}

/** What was fixed in a file: what had a fix before and is not found any longer. */
function doneIn(
  before: HostedFile,
  remaining: readonly HostedFinding[],
  { version, selection, fixes, known }: FixedCheck,
): Pick<FileReport, "fixed" | "linesBefore"> {
  const open = new Map<string, number>();
  for (const { finding: it } of remaining) {
    const key = `${it.code} ${it.message}`;
    open.set(key, (open.get(key) ?? 0) + 1);
  }
  const fixed = hostedFindings(before, version, { ...selection, profile: "off" }, known).flatMap((it) => {
    const { code, message, fixes: own } = it.finding;
    const fix = appliedFix(own, fixes);
    const count = open.get(`${code} ${message}`) ?? 0;
    open.set(`${code} ${message}`, count - 1);
    return fix && count <= 0 ? [{ code, title: fix.title, start: it.place.start }] : [];
  });
  return { fixed, linesBefore: lineIndex(before.text) };
}

/** Whether a file that a folder shows is worth a report: one of another language only where it has units, what may be a drop-in only where its text is one, and no other program's. */
export function isWorthReport(host: Host, { path, is, unit, kind }: InputFile): boolean {
  if (kind === UNREAD_DROP_IN) return judgedHeader(decodeUtf8(host.read(path, is))) !== undefined;
  if (unit && isQuadletPath(unit) && unit.kind !== "network") return belongs(unit, decodeUtf8(host.read(path, is)));
  const language = hostLanguage(path);
  if (!language) return true;
  const text = decodeUtf8(host.read(path, is));
  if (!language.mayHold(text)) return false;
  if (isTooLong(text)) return true;
  const { units, unread = [] } = language.units(text);
  return units.length > 0 || unread.length > 0;
}
