import type { SystemdVersion } from "../facts/version.ts";
import type { Unwanted } from "../hardening/hardening.ts";
import { type LeftOut, leftOut } from "../hardening/leftOut.ts";
import type { Sure } from "../hardening/missingSettings.ts";
import { type HardenedEdit, type HardenedLine, hardenUnit } from "../hardening/profile.ts";
import type { Profile } from "../hardening/profiles.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import { judgedTexts, judgeHosted, readHostedUnit, unknownAdvice } from "./judge.ts";

/** What hardening makes of one service of a file. */
export interface HardenedHosted {
  readonly hosted: HostedUnit;
  /** Which of the units of the file it is. */
  readonly at: number;
  readonly unit: Unit;
  readonly hardened: Unit;
  readonly settings: readonly HardenedLine[];
  readonly left: readonly LeftOut[];
  /** Whether enough of it is known to say what it bears. */
  readonly isKnown: boolean;
  /** The text of the file once it and all before it are hardened. */
  readonly text: string;
}

/** How much is added, and how sure that has to be. */
interface Wanted {
  readonly profile: Profile;
  readonly sure: Sure;
}

/** Hardens the services that stand in a file as a whole, one after the other; what the file cannot be given stays away. */
export function hardenHosted(
  host: HostLanguage,
  text: string,
  version: SystemdVersion,
  wanted: Wanted,
): readonly HardenedHosted[] {
  const all: HardenedHosted[] = [];
  let file = host.units(text);
  for (let at = 0; at < file.units.length; at++) {
    const hosted = file.units[at];
    if (hosted?.path.kind !== "service" || hosted.path.role !== "unit") continue;
    const { edits, settings, isKnown } = hardenOne(host, file, hosted, version, wanted);
    const unit = readHostedUnit(file, hosted, version);
    if (edits.length > 0) file = host.units(applyEdits(file.text, edits));
    const again = file.units[at];
    const hardened = again && edits.length > 0 ? readHostedUnit(file, again, version) : unit;
    const left = isKnown ? leftIn(hosted, hardened, wanted) : [];
    all.push({ hosted, at, unit, hardened, settings, left, isKnown, text: file.text });
  }
  return all;
}

/** The edits of the file for one service, as many as can be written there. */
function hardenOne(
  host: HostLanguage,
  file: HostedFile,
  hosted: HostedUnit,
  version: SystemdVersion,
  { profile, sure }: Wanted,
): { readonly edits: readonly TextEdit[] } & Pick<HardenedHosted, "settings" | "isKnown"> {
  const { written, unit, found } = judgeHosted(file, hosted, version, { profile, beyond: true }, judgedTexts());
  const isKnown = !hosted.settings.some((it) => !it.parts && it.key.startsWith("Exec"));
  if (!isKnown || !found.some((it) => it.advice !== undefined)) return { edits: [], settings: [], isKnown };
  const wanted = hardenUnit(unit, profile, unwantedIn(hosted), sure).edits;
  const inFile = (some: readonly HardenedEdit[]): readonly TextEdit[] | undefined =>
    some.length === 0 ? [] : host.edits(file, hosted, written, some, version);
  let kept = wanted;
  if (!inFile(wanted)) {
    kept = [];
    for (const it of wanted) if (inFile([...kept, it])) kept = [...kept, it];
  }
  return { edits: inFile(kept) ?? [], settings: kept.flatMap((it) => it.settings), isKnown };
}

function unwantedIn(hosted: HostedUnit): Unwanted {
  const unknown = unknownAdvice(hosted);
  return (code) => Object.hasOwn(unknown, code);
}

/** What stays for the reader to decide, but for settings that the file has with a value that nobody knows. */
function leftIn({ settings }: HostedUnit, unit: Unit, { profile }: Wanted): readonly LeftOut[] {
  const unsure = settings.filter((it) => !it.parts || it.conditional || it.parts.some((part) => !part.certain));
  return leftOut(unit, profile).filter((it) => !unsure.some(({ key }) => it.line.startsWith(`${key}=`)));
}
