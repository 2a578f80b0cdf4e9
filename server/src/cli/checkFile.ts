import type { FailLevel } from "../configuration/failLevel.ts";
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdTarget } from "../facts/targets.ts";
import { type CheckedPath, isConfigPath, isQuadletPath, isUnitPath, pathWithText } from "../families/checkedPath.ts";
import { isCiphertext, type LookAlike, lookAlikeIn } from "../families/lookAlikes.ts";
import { gainOf } from "../features/exposure.ts";
import type { Finding } from "../findings/finding.ts";
import type { Severities } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import { type Selection, wantedFindings } from "../rules/check.ts";
import { type AppliedFix, fixAll } from "../rules/fixAll.ts";
import { checkWithLater } from "../rules/severalTargets.ts";
import { UNREAD_DROP_IN, unreadDropIn } from "../rules/unreadDropIn.ts";
import { safeByVerdict } from "../rules/verdict.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import { isTooLong, TOO_LONG } from "../syntax/longFile.ts";
import type { Tabled, TextTable } from "../syntax/textTable.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { Recent } from "../text/recent.ts";
import { applyEdits } from "../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../text/utf8.ts";
import { readUnit } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { defaultsFor } from "./defaults.ts";
import { type FileReport, tooLongReport } from "./fileReport.ts";
import { forManagerOf, type InputFile } from "./files.ts";
import type { FileWrite } from "./fileWrite.ts";
import type { Host } from "./host.ts";
import { hostedReport } from "./hosted.ts";
import { withInterpreters } from "./interpreters.ts";
import { mainOfDropIn } from "./loadedUnit.ts";
import type { NeighboursOf } from "./neighbours.ts";
import { mainVersion } from "./options.ts";
import { withOwnedPaths } from "./ownedPaths.ts";
import { readingOf } from "./readInput.ts";
import type { FixDetail } from "./reportFormat.ts";
import { unitFiles } from "./unitFiles.ts";
import { asDropInText, isOfPackage, OF_PACKAGE, overrideFolder } from "./vendorFiles.ts";
import type { FileResult } from "./writes.ts";

/** How a file is to be checked, after what its configuration sets. */
export interface FileOptions {
  readonly profile: Profile;
  readonly systemd: readonly SystemdTarget[];
  readonly also: readonly SystemdTarget[];
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  readonly rules?: Severities | undefined;
  readonly "fail-on": FailLevel;
  readonly "list-suppressed"?: boolean;
  readonly fix: boolean;
  readonly "unsafe-fixes": boolean;
  readonly "in-place": boolean;
  readonly root: string | undefined;
  readonly podman: PodmanVersion;
}

const REPEATED = { repeated: true } as const;

/** Findings of a unit in a text that says the same; undefined where one stands in what the texts do not have in common. */
function movedFindings({ shift, start }: Tabled<Unit>, found: readonly Finding[]): readonly Finding[] | undefined {
  if (shift === 0) return found;
  if (found.some((it) => it.start < start)) return undefined;
  // No report that says more about fixes than their titles is made of these.
  return found.map((it) => ({ ...it, start: it.start + shift, end: it.end + shift }));
}

/** What files of one run share. */
export interface CheckSurroundings {
  readonly neighbours: NeighboursOf;
  readonly lines: LineTable;
  readonly units: TextTable<Unit>;
  /** What the report says about fixes. */
  readonly tells: FixDetail | undefined;
  /** Whether the report names what comments suppress. */
  readonly keepsSuppressed: boolean;
}

/** So many different lines are known at a time, a kilobyte each: about as many as the services of a distribution have. */
export const MOST_LINES = 12_288;

/** What a file is that has the name of a configuration of systemd's or of a quadlet, and another text. */
const notByText = ({ unit }: InputFile): LookAlike | undefined =>
  unit && (isConfigPath(unit) || isQuadletPath(unit)) ? "other-program" : undefined;

/** What is found in a file as the options want it judged, and the file as it is once it is fixed. */
export function checkInputFile(
  file: InputFile,
  options: FileOptions,
  host: Host,
  piped: boolean,
  { neighbours, lines, units, tells, keepsSuppressed }: CheckSurroundings,
): FileResult<FileReport & { readonly unit: Unit | undefined }> {
  const { path, kind, leads, is } = file;
  const { profile, ignore = [], select, systemd: targets, also, rules } = options;
  const systemd = mainVersion(targets);
  const before = decodeUtf8(piped ? host.stdin() : host.read(path, is));
  const isLong = isTooLong(before);
  const unit = isLong ? undefined : pathWithText(path, file.unit, before);
  const wanted: Selection = {
    profile,
    ignore,
    ...(targets.length === 0 && { targetIsOpen: true }),
    ...(select && { select }),
    ...(rules && { severities: rules }),
    ...(options["list-suppressed"] && { keepsSuppressed: true, keepsOff: true }),
  };
  const fixes: "all" | "safe" | undefined = options["unsafe-fixes"] ? "all" : options.fix ? "safe" : undefined;
  const far = leads && `${path} is not fixed: this link leads out of ${leads.outOf}, to ${leads.to}`;
  const why = isUtf8Clean(before) ? far : `${path} is not fixed: it is not valid UTF-8`;
  const fixing = { fixes: piped ? undefined : fixes, tells, why };
  const hosted = hostedReport(path, before, systemd, wanted, fixing);
  if (hosted) return hosted;
  const unread = kind === UNREAD_DROP_IN ? unreadDropIn(path, before, (it) => host.kind(it) === "file") : undefined;
  if (unread) {
    const findings = wantedFindings([unread], wanted);
    return { value: { path, kind, text: before, lines: lineIndex(before), findings, unit: undefined } };
  }
  if (isLong) return { value: { ...tooLongReport(path, kind, wanted), unread: TOO_LONG } };
  const alike = unit ? lookAlikeIn(path, before) : isCiphertext(before) ? "ciphertext" : notByText(file);
  if (alike) return { value: { path, kind: alike, text: before, lines: lineIndex(before), unit: undefined } };
  const { root } = options;
  const files = unit && unitFiles(host, { ...file, unit }, { root, text: before });
  const ofDropIn = unit?.role === "drop-in" ? mainOfDropIn(host, path, root) : undefined;
  const { main, loaded = files?.loaded } = ofDropIn ?? {};
  // What systemd does not load needs no protection.
  const selection: Selection = !loaded || loaded.state === "loaded" ? wanted : { ...wanted, profile: "off" };
  const dropIns = (files?.dropIns ?? []).map((it) => it.text);
  const defaults = unit && defaultsFor(host, path, root);
  const around = { main, learnt: files?.learnt, defaults, podman: options.podman, lines };
  const readAs = (as: CheckedPath, it: string, ...more: readonly string[]): Unit =>
    forManagerOf(file, readUnit(as, it, systemd, { ...around, dropIns: [...dropIns, ...more] }));
  // What runs the scripts decides about settings of these profiles alone.
  const looks = !main && (profile === "strict" || profile === "isolated");
  const isOwn = !main && root === undefined && profile !== "off";
  const withOwned = (it: Unit): Unit => (isOwn ? withOwnedPaths(host, path, it) : it);
  const readNew = (as: CheckedPath, it: string, ...more: readonly string[]): Unit =>
    withOwned(looks ? withInterpreters(host, path, readAs(as, it, ...more)) : readAs(as, it, ...more));
  // The text that fixes make is read to see what they do, for the next ones, and for the report.
  const texts = new Recent<string, Unit>(1);
  const read = (as: CheckedPath, it: string): Unit => {
    const known = texts.get(it);
    if (known) return known;
    const made = fixes ? Object.assign(readNew(as, it), REPEATED) : readNew(as, it);
    texts.set(it, made);
    return made;
  };
  const found = (as: CheckedPath, judged: Unit, it: string): readonly Finding[] => {
    const surroundings = neighbours(path, piped || it !== before ? it : undefined);
    const ownFindings = checkWithLater(judged, { targets, also }, { ...selection, keepsSuppressed }, surroundings);
    return tells ? safeByVerdict((other) => read(as, other), judged, judged.file.text, ownFindings) : ownFindings;
  };
  let [fixed, applied]: [string, readonly AppliedFix[]] = [before, []];
  if (unit && fixes && !piped && isUtf8Clean(before)) {
    const surroundingsOf = ({ file: { text: it } }: Unit): ReturnType<NeighboursOf> => neighbours(path, it);
    const all = fixAll((it) => read(unit, it), before, selection, fixes, surroundingsOf);
    [fixed, applied] = [applyEdits(before, all.edits), all.fixes];
  }
  const keepsFile = !leads && !options["in-place"] && isOfPackage(host, path);
  /** What the fixes do to a package's unit as a drop-in of the administrator. */
  const overrideOf = (as: CheckedPath): FileWrite | undefined => {
    const folder = overrideFolder(host, path);
    const at = `${folder}${as.name}.d/fixes.conf`;
    const isOpen = folder !== undefined && as.role === "unit" && fixes === "safe";
    if (!isOpen || host.kind(at) !== undefined) return undefined;
    const changed = asDropInText([read(as, before), read(as, fixed)], (it) => readNew(as, before, it));
    return changed === undefined ? undefined : { path: at, before: undefined, text: changed };
  };
  const isFixed = fixed !== before && !leads && !keepsFile;
  const text = isFixed ? fixed : before;
  const isPlain = tells !== "edits" && !fixes && !looks && !piped && !main && !around.learnt && dropIns.length === 0;
  const tabled =
    unit && isPlain && isUnitPath(unit)
      ? units.of(readingOf({ ...file, unit }, systemd, defaults), text, (isKept) => {
          const fresh = readNew(unit, text);
          return isKept ? Object.assign(fresh, REPEATED) : fresh;
        })
      : undefined;
  const moved = unit && tabled && movedFindings(tabled, found(unit, tabled.value, text));
  const judged = moved ? tabled.value : unit && read(unit, text);
  const all = moved ?? (unit && judged && found(unit, judged, text));
  const suppressed = keepsSuppressed ? all?.filter((it) => it.suppressed) : undefined;
  const findings = suppressed?.length ? all?.filter((it) => !it.suppressed) : all;
  const gain = tells === "titles" && judged && findings ? gainOfMissing(judged, findings) : undefined;
  const value = {
    path,
    kind,
    text,
    lines: lineIndex(text),
    ...(findings && { findings }),
    suppressed,
    gain,
    unit: judged,
    loaded,
  };
  if (isFixed) {
    const done = { ...value, fixed: applied, linesBefore: lineIndex(before) };
    return { value: done, write: { path, before, text } };
  }
  if (fixed === before) return { value };
  const write = unit && keepsFile ? overrideOf(unit) : undefined;
  if (write) return { value, write, note: `${path} is fixed in ${write.path}, as far as a drop-in can` };
  return { value, note: keepsFile ? `${path} is not fixed: ${OF_PACKAGE}` : far };
}

/** What adding all that is safe and missing does to the exposure of a unit. */
function gainOfMissing(unit: Unit, findings: readonly Finding[]): string | undefined {
  const all = findings.flatMap((it) => (it.advice === undefined ? [] : it.fixes)).find((it) => it.many && it.safe);
  return all && gainOf(unit, all.sets ?? [], all.edits());
}
