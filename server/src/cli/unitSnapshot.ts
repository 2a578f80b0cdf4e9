import { activeCompanions } from "./companions.ts";
import type { TakeBack } from "./errand.ts";
import type { Machine } from "./machine.ts";
import { isActive, showUnit } from "./systemctl.ts";

const FILE_PROPERTIES = ["FragmentPath", "DropInPaths", "NeedDaemonReload", "UnitFileState"] as const;
const PROPERTIES = ["ActiveState", "SubState", "Result", ...FILE_PROPERTIES] as const;

/** How systemd has a unit at a moment: what a run has to leave as it was. */
export interface UnitSnapshot {
  readonly shown: Readonly<Record<(typeof PROPERTIES)[number], string>>;
  /** Active units that systemd stops along with it. */
  readonly companions: readonly string[];
}

/** How a unit is now. */
export async function unitSnapshot(machine: Machine, unit: string): Promise<UnitSnapshot> {
  const shown = await showUnit(machine, unit, PROPERTIES);
  return { shown, companions: (await activeCompanions(machine, unit)).map((it) => it.name) };
}

/** A run that compares a unit with how it was before. */
export interface ComparedUnit {
  readonly before: UnitSnapshot;
  /** Compares, and says what it found; done at the end in any case. */
  compare(): Promise<void>;
  /** Whether it was found to be as it was. */
  isAsItWas(): boolean;
}

/**
 * Notes how a unit is. At the end, after all that is taken back later than this was called, it is said whether it is so again;
 * where it is not, the errand fails.
 */
export async function compareAtEnd(machine: Machine, takeBack: TakeBack, unit: string): Promise<ComparedUnit> {
  const was = await unitSnapshot(machine, unit);
  let isSame = false;
  const compare = takeBack(tellsMore(unit), async (it) => {
    isSame = false;
    await compareNow(it, unit, was);
    isSame = true;
  });
  return { before: was, compare, isAsItWas: () => isSame };
}

/** What a reader is told to do where a unit is not as it was. */
export const tellsMore = (unit: string): string => `systemctl status ${unit} tells more`;

/** Says that a unit is as it was; throws with what is not. Days later somebody else may have changed its `files`. */
export async function compareNow(
  machine: Machine,
  unit: string,
  before: UnitSnapshot,
  { files }: { readonly files: boolean } = { files: true },
): Promise<void> {
  const found = await differences(machine, unit, before, files ? FILE_PROPERTIES : []);
  if (found.length > 0) throw new Error(`${unit} is not as it was before: ${found.join("; ")}`);
  machine.say(`${unit} is as it was`);
}

/** So long a unit may take to be again as it was, in seconds: systemd calls many a service started before it has settled. */
const PATIENCE = 10;

/** What is not as it was, one sentence each. */
async function differences(
  machine: Machine,
  unit: string,
  before: UnitSnapshot,
  properties: readonly (typeof PROPERTIES)[number][],
): Promise<readonly string[]> {
  for (const end = machine.now() + PATIENCE; ; ) {
    const shown = await showUnit(machine, unit, PROPERTIES);
    const stopped: string[] = [];
    for (const it of before.companions) if (!(await isActive(machine, it))) stopped.push(it);
    const found = [
      ...stateDifference(before.shown, shown),
      ...properties
        .filter((it) => before.shown[it] !== shown[it])
        .map((it) => `${it} was ${valueText(before.shown[it])} and is ${valueText(shown[it])}`),
      ...stopped.map((it) => `${it} was active and is not`),
    ];
    if (found.length === 0 || machine.now() >= end) return found;
    await machine.sleep(0.5);
  }
}

/** A unit that systemd was at work on may be in any state that it can come to without a failure. */
function stateDifference(before: UnitSnapshot["shown"], now: UnitSnapshot["shown"]): readonly string[] {
  const isPassing = /ing$/.test(before.ActiveState);
  if (isPassing ? now.ActiveState !== "failed" : stateText(before) === stateText(now)) return [];
  return [`it was ${stateText(before)} and is ${stateText(now)}`];
}

/** What a unit that has not failed came to the last time is of no concern. */
const stateText = ({ ActiveState, SubState, Result }: UnitSnapshot["shown"]): string =>
  `${ActiveState} (${ActiveState === "failed" ? Result : SubState})`;

const valueText = (value: string): string => (value === "" ? "empty" : value);
