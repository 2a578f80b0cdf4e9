import type { SystemdVersion } from "../../facts/version.ts";
import { checkedFamilyOf } from "../../families/checkedFamily.ts";
import type { Finding } from "../../findings/finding.ts";
import type { Severities } from "../../findings/pattern.ts";
import type { Profile } from "../../hardening/hardening.ts";
import { unreadFindings } from "../../hosts/hostedFindings.ts";
import { type HostedText, hostedText, movedText } from "../../hosts/hostedText.ts";
import type { HostedFile, HostedUnit } from "../../hosts/hostedUnit.ts";
import type { HostLanguage } from "../../hosts/hosts.ts";
import {
  type HostedFinding,
  type JudgementMemory,
  judgeHosted,
  judgementMemory,
  judgeNames,
  placed,
  type ReadHosted,
  readHostedUnit,
} from "../../hosts/judge.ts";
import { movedFrom } from "../../hosts/movedFile.ts";
import { type LineIndex, lineIndex } from "../../text/lineIndex.ts";
import { lazy } from "../../text/tables.ts";
import { memo } from "../../units/memo.ts";
import type { Unit } from "../../units/unit.ts";
import { eachFinding, type ShownFindings, summarize } from "../hardeningSummary.ts";
import { type View, viewOf } from "../view.ts";

/** What requests about a file of another language are answered from: one text at one moment, read once. */
export interface HostedView {
  readonly host: HostLanguage;
  readonly file: HostedFile;
  readonly lines: LineIndex;
  readonly version: SystemdVersion;
  /** The units as they are judged, with what is shown of them. Whoever asks has all of them judged at once. */
  readonly units: readonly ShownHosted[];
  /** What is found in them, which has all of them judged, too. */
  readonly found: readonly HostedFinding[];
  /** Judges one more unit, for whoever cannot wait for all at once; false once none is left. */
  readonly judgeNext: () => boolean;
  /** Whether all of them are judged. */
  readonly isJudged: () => boolean;
  /** What is said of units that were not read. */
  readonly unread: readonly Finding[];
  readonly judged: JudgementMemory;
}

/** A unit of the file and what an editor shows of it. */
export interface ShownHosted extends ReadHosted {
  readonly shown: ShownFindings;
}

/** What the reader wants to see. */
export interface HostedWishes {
  readonly profile: Profile;
  readonly rules: Severities;
  /** Whether an older systemd than the target may read the units. */
  readonly targetIsOpen?: boolean;
  /** Whether advice comes in one finding for each setting. */
  readonly each: boolean;
}

/** So many texts of units are known that are none any more, before the file is read as a whole again. */
const MOST_RETYPED = 500;

/** Reads a text of a host, whose units are judged once somebody asks; of those that an edit has not changed it takes what was found before. */
export function hostedViewOf(
  host: HostLanguage,
  text: string,
  version: SystemdVersion,
  wishes: HostedWishes,
  before?: HostedView,
): HostedView {
  const isFull = before && before.judged.now.size > before.file.units.length * 2 + MOST_RETYPED;
  const retyped = before && !isFull ? host.retyped?.(before.file, text) : undefined;
  const file = retyped ?? host.units(text);
  const known = retyped && before ? before.judged : judgementMemory(before?.judged, before?.isJudged());
  const judged: JudgedUnit[] = [];
  const judgeNext = (): boolean => {
    const unit = file.units[judged.length];
    if (!unit) return false;
    const made = (retyped && asBefore(unit)) ?? judgedUnit({ host, file, version, known }, unit, wishes);
    judgedOf(unit).as = made;
    return judged.push(made) < file.units.length;
  };
  const all = lazy((): readonly JudgedUnit[] => {
    while (judgeNext());
    return judged;
  });
  const units = lazy(() => all().map((it) => it.shown));
  const found = lazy(() =>
    placed(all().flatMap(({ shown, names }) => [{ ...shown, found: shown.shown.reported }, ...names])),
  );
  const { profile, rules } = wishes;
  const unread = unreadFindings(file, { profile, severities: rules });
  return {
    host,
    file,
    lines: lineIndex(text),
    version,
    unread,
    judged: known,
    judgeNext,
    isJudged: () => judged.length === file.units.length,
    get units() {
      return units();
    },
    get found() {
      return found();
    },
  };
}

/** What was found in a unit: as a whole, and in the names of what nobody knows the values of. */
interface JudgedUnit {
  readonly shown: ShownHosted;
  readonly names: readonly ReadHosted[];
}

/** What was found in the units of views; those that moved are asked for by what they were. */
const judgedOf = memo((_: HostedUnit): { as?: JudgedUnit } => ({}));

/** The same at its new place, of a unit that an edit has only moved. */
function asBefore(unit: HostedUnit): JudgedUnit | undefined {
  const { origin, by } = movedFrom(unit);
  const known = judgedOf(origin).as;
  if (!known || by === 0) return known;
  const at = <T extends ReadHosted>(it: T, hosted: HostedUnit): T => ({
    ...it,
    hosted,
    written: movedText(it.written, hosted, by),
  });
  return { shown: at(known.shown, unit), names: known.names.map((it) => at(it, it.hosted)) };
}

function judgedUnit(
  { host, file, version, known }: Pick<HostedView, "host" | "file" | "version"> & { readonly known: JudgementMemory },
  hosted: HostedUnit,
  { profile, rules, targetIsOpen = false, each }: HostedWishes,
): JudgedUnit {
  if (!host.judged) return { shown: explained(file, hosted, version), names: [] };
  const selection = { profile, severities: rules, targetIsOpen, beyond: true };
  const judged = judgeHosted(file, hosted, version, selection, known);
  const make = (): ShownFindings => (each ? eachFinding(judged.found) : summarize(judged.unit, judged.found, rules));
  const kept = shownOf(judged.found);
  kept.as ??= make();
  const names = judgeNames(file, hosted, version, selection, known);
  return { shown: { ...judged, shown: kept.as }, names: names ? [names] : [] };
}

/** A unit of which nothing is said but what its lines mean. */
function explained(file: HostedFile, hosted: HostedUnit, version: SystemdVersion): ShownHosted {
  const unit = readHostedUnit(file, hosted, version);
  return { hosted, written: hostedText(file, hosted, version), unit, found: [], shown: NOTHING };
}

const NOTHING: ShownFindings = { reported: [], folded: [], open: [] };

/** What is shown of findings, which are others once the wishes are. */
const shownOf = memo((_: readonly Finding[]): { as?: ShownFindings } => ({}));

/** A unit as places of the file are answered from. */
export interface PlacedUnit {
  readonly hosted: HostedUnit;
  readonly written: HostedText;
  readonly view: View;
}

/** The unit that an offset of the file belongs to, all of its settings in its text, also those whose values nobody knows. */
export function placedUnitAt({ file, version }: HostedView, offset: number): PlacedUnit | undefined {
  for (const hosted of file.units) {
    const settings = hosted.settings.map((it) => (it.parts || it.key.startsWith("Exec") ? it : { ...it, parts: [] }));
    const all = { ...hosted, settings };
    if (!mayHold(hosted, offset)) continue;
    const written = hostedText(file, all, version);
    if (!written.map.pieceAt(offset)) continue;
    const source = { text: file.text, positions: written.map };
    const view = viewOf(
      { family: checkedFamilyOf(hosted.path), path: hosted.path, text: written.text, source },
      version,
    );
    return { hosted, written, view };
  }
  return undefined;
}

/** Whether a unit may have something at an offset: in what sets it up, or in a set elsewhere that it shares with others. */
const mayHold = ({ extent, settings, name }: HostedUnit, offset: number): boolean =>
  (extent.start <= offset && offset <= extent.end) ||
  (name.start <= offset && offset <= name.end) ||
  settings.some(({ place }) => place && place.binding.start <= offset && offset <= place.binding.end);

/** A unit with the lines of the file, for findings and edits that have their places there. */
export const inFile = ({ lines }: HostedView, unit: Unit): View => ({ unit, lines });
