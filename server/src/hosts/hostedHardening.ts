import type { SystemdVersion } from "../facts/version.ts";
import { type LeftOut, leftOut } from "../hardening/leftOut.ts";
import type { Sure } from "../hardening/missingSettings.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import { type HardenedEdit, type HardenedLine, hardenUnit } from "../hardening/profile.ts";
import type { Profile } from "../hardening/profiles.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { headOf } from "./head.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import {
  type AdvisedHosted,
  adviseHosted,
  judgementMemory,
  readHostedUnit,
  swallowsNext,
  unknownAdvice,
} from "./judge.ts";
import { Rereads } from "./proven.ts";
import { changedInRounds } from "./rounds.ts";
import { changesOwnLines } from "./shared.ts";

/** What hardening makes of one service of a file. */
export interface HardenedHosted {
  readonly hosted: HostedUnit;
  /** Which of the units of the file it is. */
  readonly at: number;
  readonly unit: Unit;
  readonly hardened: Unit;
  readonly settings: readonly HardenedLine[];
  readonly leftOut: readonly LeftOut[];
  /** Whether enough of it is known to say what it bears. */
  readonly isKnown: boolean;
  /** The text of the file once all of them are hardened. */
  readonly text: string;
}

/** How much is added, and how sure that has to be. */
interface Wanted {
  readonly profile: Profile;
  readonly sure: Sure;
}

/** Hardens the services that stand in a file as a whole; what the file cannot be given stays away. */
export function hardenHosted(
  host: HostLanguage,
  text: string,
  version: SystemdVersion,
  wanted: Wanted,
  rereads = new Rereads(),
): readonly HardenedHosted[] {
  const before = headOf(host, host.units(text));
  const rest = text.slice(before.text.length);
  const settings = new Map<number, readonly HardenedLine[]>();
  const known = judgementMemory();
  const file = changedInRounds(host, before, {
    most: 1,
    rereads,
    wish(current, at) {
      const hosted = current.units[at];
      if (!hosted || !isService(hosted) || !isKnown(hosted)) return undefined;
      const judged = adviseHosted(current, hosted, version, { profile: wanted.profile, beyond: true }, known);
      return { ...judged, version, pieces: piecesOf(current, judged, wanted) };
    },
    done(at, pieces) {
      settings.set(
        at,
        pieces.flatMap((it) => it.settings),
      );
    },
  });
  return before.units.flatMap((hosted, at): readonly HardenedHosted[] => {
    if (!isService(hosted)) return [];
    const [unit, again] = [readHostedUnit(before, hosted, version), file.units[at]];
    const hardened = again && file !== before ? readHostedUnit(file, again, version) : unit;
    const leftOut = isKnown(hosted) && !swallowsNext(hosted.settings) ? leftIn(hosted, hardened, wanted) : [];
    const own = settings.get(at) ?? [];
    return [{ hosted, at, unit, hardened, settings: own, leftOut, isKnown: isKnown(hosted), text: file.text + rest }];
  });
}

const isService = ({ path }: HostedUnit): boolean => path.kind === "service" && path.role === "unit";

/** Whether all that a service runs is known. */
const isKnown = ({ settings }: HostedUnit): boolean => !settings.some((it) => !it.parts && it.key.startsWith("Exec"));

/** What is to be added to one service. */
function piecesOf(
  file: HostedFile,
  { hosted, written, unit, isAdvised }: AdvisedHosted,
  { profile, sure }: Wanted,
): readonly (Pick<HardenedEdit, "settings"> & { readonly edits: readonly TextEdit[] })[] {
  if (!isAdvised) return [];
  return hardenUnit(unit, profile, unwantedIn(hosted), sure)
    .edits.filter((it) => changesOwnLines(file, hosted, written, it))
    .map((it) => ({ edits: [it], settings: it.settings }));
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
