import type { Unit } from "../units/unit.ts";
import { unexercised, withAbilities, withSilentCode } from "./abilityDoubts.ts";
import { condensed } from "./condensed.ts";
import { type RunHost, UNKNOWN_HOST } from "./host.ts";
import { forEveryInstance } from "./instanceNames.ts";
import { type KnownObjections, withKnown } from "./known.ts";
import type { Learnt, LearntRun, LearntSetting } from "./learnt.ts";
import { learntSettings } from "./learntSettings.ts";
import type { Needs } from "./needs.ts";
import { observedLines } from "./observedLines.ts";
import { rootProposal } from "./rootProposal.ts";
import { learnContext } from "./settings/learnContext.ts";
import { unknowns } from "./unknowns.ts";
import { inUserManager } from "./userManager.ts";
import { userProposal } from "./userProposal.ts";
import { wholeRefusal } from "./wholeRefusal.ts";

/** What is known about runs besides their needs. */
export interface LearnFrom {
  readonly host?: RunHost;
  /** Observed runs, oldest first; without them one whose length the needs tell, in which nothing was exercised. */
  readonly runs?: readonly LearntRun[];
  /** What is known of such services, to which all is held that runs speak for; `knownOf()` of hardening. */
  readonly known?: KnownObjections;
  /** Whether the owner trusts the runs over that. */
  readonly trusted?: boolean;
  /** The version of systemd that ran the service. */
  readonly systemd?: number;
}

/** Everything that runs say about a unit: its settings with the two proposals, or why there are none. */
export function learn(needs: Needs, unit: Unit, from: LearnFrom = {}): Learnt {
  const { host = UNKNOWN_HOST, runs = [runOf(needs)], systemd, trusted = false } = from;
  const known = trusted ? undefined : from.known;
  const read = learnContext(needs, unit, host);
  // Who trusts the run over what is known trusts it over what programs can do as well.
  const context = trusted ? learnContext(withoutAbilities(needs), unit, host) : read;
  const reason = wholeRefusal(context);
  const settings =
    reason === undefined
      ? withAbilities(
          heldTo(known, unit, [
            ...withSilentCode(learntSettings(context.needs, unit, host), context),
            ...userProposal(context),
            ...rootProposal(context),
          ]),
          context,
        ).map((it) => inOneLine(inUserManager(forEveryInstance(it, unit), unit)))
      : [];
  return {
    unit: unit.path.name ?? "",
    observed: observedLines(unit.main?.unit ?? unit),
    systemd,
    runs,
    settings,
    ...(trusted ? { trusted } : {}),
    refused: reason === undefined ? undefined : escaped(reason),
    ...(needs.abilities && { unexercised: unexercised(read).map(escaped) }),
    unknown: unknowns(context, runs),
    needs: condensed(needs),
  };
}

const withoutAbilities = ({ abilities: _, ...needs }: Needs): Needs => needs;

const heldTo = (
  known: KnownObjections | undefined,
  unit: Unit,
  settings: readonly LearntSetting[],
): readonly LearntSetting[] => (known ? withKnown(settings, unit, known) : settings);

/** Evidence that names of files cannot break into lines. */
const inOneLine = (it: LearntSetting): LearntSetting => ({
  ...it,
  evidence: escaped(it.evidence + ofJournal(it)),
  mayBreak: it.mayBreak === undefined ? undefined : escaped(it.mayBreak),
});

/** Where no run shows it, but a line of the journal. */
const ofJournal = ({ sights: [first] }: LearntSetting): string =>
  first?.at.startsWith("journal:") ? ", as the journal shows" : "";

const escaped = (sentence: string): string =>
  sentence.replace(/[\0-\x1f\x7f]/g, (it) => `\\x${it.charCodeAt(0).toString(16).padStart(2, "0")}`);

const runOf = ({ calls, seconds }: Needs): LearntRun => ({ calls, seconds, exercised: [] });
