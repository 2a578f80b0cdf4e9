import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import { describePodman, type PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { folderBefore, splitPath } from "../families/pathParts.ts";
import { UNIT_FAMILY } from "../families/unitFiles.ts";
import type { Sure } from "../hardening/missingSettings.ts";
import { hardenAsDropIn, hardenUnit } from "../hardening/profile.ts";
import { addStatements } from "../hardening/statementEdits.ts";
import { isSafeHeader } from "../security/effective.ts";
import { assess } from "../security/exposure.ts";
import { parse } from "../syntax/parse.ts";
import { applyEdits } from "../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../text/utf8.ts";
import { templateOf } from "../units/index/target.ts";
import { type LoadedFiles, loadedText } from "../units/loadedFiles.ts";
import { readAnew, withText } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { isContainer } from "./containerFiles.ts";
import { type InputUnit, outsideOf } from "./files.ts";
import type { HardenedPlan } from "./hardenJson.ts";
import type { Host } from "./host.ts";
import { withInterpreters } from "./interpreters.ts";
import { isSame, NotLoadedError } from "./loadedUnit.ts";
import type { PROFILES } from "./options.ts";
import { withOwnedPaths } from "./ownedPaths.ts";
import { readInput } from "./readInput.ts";
import { OF_PACKAGE, overrideFolder } from "./vendorFiles.ts";

/** How a unit is to be hardened. */
export interface PlanOptions {
  readonly profile: (typeof PROFILES)[number];
  readonly likely: boolean;
  readonly "drop-in": boolean;
  readonly "in-place": boolean;
  readonly format: "diff" | "nix" | "json";
  readonly root: string | undefined;
  readonly systemd: SystemdVersion;
  readonly podman: PodmanVersion;
  /** What is stated of the service, to stand in the file as comments. */
  readonly statements?: readonly string[];
}

/** What is to be done to one file. */
export interface HardenPlan extends HardenedPlan {
  /** Its text now; undefined where it is new. */
  readonly before: string | undefined;
}

/** Why a unit that systemd refuses is left as it is; that is a result, and no failure of the command. */
export class RefusedUnit extends Error {}

const sureOf = ({ likely }: PlanOptions): Sure => (likely ? "likely" : "safe");

/** What hardening a file changes, with the unit as systemd loads it; throws where the file has to be left as it is. */
export function hardenPlan(file: InputUnit, options: PlanOptions, host: Host): HardenPlan {
  const { unit: read, loaded } = readInput(host, file, options);
  if (loaded?.state === "overridden") throw new NotLoadedError(loadedText(loaded, file.path));
  const looked = withInterpreters(host, file.path, read);
  const unit = options.root === undefined ? withOwnedPaths(host, file.path, looked) : looked;
  if (!isUtf8Clean(unit.file.text))
    throw new Error("this is not valid UTF-8, so systemd refuses it: the file is left as it is");
  if (unit.file.text.includes("\0"))
    throw new Error(
      "this has NUL bytes, which end lines for systemd and are seen in no editor: the file is left as it is",
    );
  const override = options["in-place"] || options.format === "nix" ? undefined : overrideFolder(host, file.path);
  const place = { folder: override ?? (options["drop-in"] ? folderBefore(file.path) : undefined), loaded };
  if (isContainer(file)) return containerPlan(file, unit, place, options, host);
  const { loads, messages } = assess(unit);
  if (!loads) throw new RefusedUnit(`there is nothing to harden: ${messages.join("; ")}`);
  if (place.folder === undefined && options.format !== "nix") demandOwnFile(file, host);
  const plan = place.folder === undefined ? inPlace(file, unit, options) : asDropIn(file, unit, place, options, host);
  if (!assess(plan.hardened).loads) throw new Error("systemd would refuse the result: the file is left as it is");
  return { ...plan, loaded };
}

/** What one instance bears says nothing about the others, which read the same file. */
function demandOwnFile({ path, unit: { name = "" } }: InputUnit, host: Host): void {
  const template = templateOf(name);
  if (template === name || !host.isLink(path) || splitPath(host.realPath(path)).file !== template) return;
  throw new Error(`this link leads to ${template}, which all of its instances share: name that, or add --drop-in`);
}

/** What systemd would say of the text does not count: it never reads it. */
function containerPlan(file: InputUnit, unit: Unit, place: DropInPlace, options: PlanOptions, host: Host): HardenPlan {
  if (!containerSection(unit)) throw new Error("there is nothing to harden: it has no [Container]");
  if (place.folder === undefined) return inPlace(file, unit, options);
  if (options.podman < DROP_INS_SINCE) {
    const instead = options["drop-in"] ? "leave out --drop-in" : OF_PACKAGE;
    throw new Error(`${describePodman(options.podman)} reads no drop-ins of quadlets: ${instead}`);
  }
  return asDropIn(file, unit, place, options, host);
}

/** The podman that brought drop-ins of quadlets. */
const DROP_INS_SINCE = 5;

function inPlace({ path }: InputUnit, unit: Unit, options: PlanOptions): HardenPlan {
  const { profile, statements = [] } = options;
  const before = unit.file.text;
  const statedText = applyEdits(before, addStatements(unit.file, statements));
  const subject = statedText === before ? unit : { ...unit, file: withText(unit, statedText).file };
  const { edits, settings } = hardenUnit(subject, profile, undefined, sureOf(options));
  const text = applyEdits(statedText, edits);
  return { path, before, text, settings, unit, hardened: withText(unit, text) };
}

const DROP_IN = "hardening.conf";

/** Where a drop-in goes, and what is loaded besides it. */
interface DropInPlace {
  /** The folder in which that of the drop-in lies, with a slash at the end; undefined where the file itself is changed. */
  readonly folder: string | undefined;
  readonly loaded: LoadedFiles | undefined;
}

function asDropIn(
  file: InputUnit,
  unit: Unit,
  { folder: beside = "", loaded }: DropInPlace,
  options: PlanOptions,
  host: Host,
): HardenPlan {
  const { profile, systemd, statements = [] } = options;
  const name = file.unit.name ?? "";
  const hidden = UNIT_FAMILY.dropIns
    .foldersOf(name)
    .slice(1)
    .find((folder) => host.kind(`${beside}${folder}/${DROP_IN}`) !== undefined);
  if (hidden) throw new Error(`${name}.d/${DROP_IN} would hide ${hidden}/${DROP_IN}: nothing is written`);
  const path = `${beside}${name}.d/${DROP_IN}`;
  const rival = loaded?.files.find((it) => it !== path && it.endsWith(`/${DROP_IN}`) && !isSame(host, it, path));
  if (rival) throw new Error(`${path} would hide ${rival}: nothing is written`);
  const there = [path, `${beside}${name}.d`].find((it) => host.kind(it) !== undefined);
  const far = there === undefined ? undefined : outsideOf(host, beside || ".", there);
  if (far !== undefined) throw new Error(`${path} leads out of the folder, to ${far}: nothing is written`);
  const before = host.kind(path) === undefined ? undefined : decodeUtf8(host.read(path));
  if (before !== undefined && !isReadToItsEnd(before, systemd))
    throw new Error(`systemd does not read ${path} to its end: it is left as it is`);
  const texts = unit.dropIns.map((it) => it.text);
  const at = before === undefined ? -1 : texts.indexOf(before);
  const own = parse(before ?? "");
  const statedText = statements.length === 0 ? before : applyEdits(own.text, addStatements(own, statements));
  const subject =
    statedText === before
      ? unit
      : { ...unit, dropIns: [...unit.dropIns.filter((_, i) => i !== at), parse(statedText ?? "")] };
  const { text, settings } = hardenAsDropIn(subject, profile, statedText, undefined, sureOf(options));
  const others = at < 0 ? texts : texts.toSpliced(at, 1);
  const hardened = readAnew(unit, { dropIns: [...others, text] });
  return { path, before, text, settings, unit, hardened };
}

/** Whether what is appended to a text counts. */
function isReadToItsEnd(text: string, version: number): boolean {
  const { clean, tooLong, sections } = parse(text);
  return clean && !tooLong && sections.every(({ header }) => isSafeHeader(header, version));
}
