import type { TakeBack } from "./errand.ts";
import { type Machine, type Places, textAt } from "./machine.ts";
import { placesOf, SYSTEM_PLACES } from "./places.ts";
import { showUnit } from "./systemctl.ts";

/** Where the lock of a unit lies, in a folder that a reboot empties. */
export const lockPath = (unit: string, { state }: Places = SYSTEM_PLACES): string => `${state}/${unit}.lock`;

/** How the collector of an observation calls itself in the lock. */
export const COLLECTOR = "learn collect";

/** So long a collector may take that found trouble and puts the unit back itself, in seconds: it restarts the unit. */
const COLLECTOR_SECONDS = 100;

/**
 * Takes the lock of a unit until the errand ends: one at a time restarts it. Whoever is killed frees it. Waits for a collector,
 * which nobody started by hand and which ends by itself; throws where another run has it.
 */
export async function lockUnit(machine: Machine, takeBack: TakeBack, unit: string, by: string): Promise<void> {
  // By whichever of its names a unit is called, it is one.
  const { Id } = await showUnit(machine, unit, ["Id"]);
  const path = lockPath(Id || unit, placesOf(machine));
  const end = machine.now() + COLLECTOR_SECONDS;
  let holder = "";
  do {
    const unlock = await machine.lock(path, `unit-warden ${by}, process ${machine.pid}\n`);
    if (unlock) {
      takeBack("", unlock);
      return;
    }
    holder = ((await textAt(machine, path)) ?? "").trim();
    if (!holder.startsWith(`unit-warden ${COLLECTOR},`)) break;
    await machine.sleep(0.5);
  } while (machine.now() < end);
  const named = holder === "" ? "" : ` (${holder})`;
  throw new Error(`another run of unit-warden is at work on ${unit}${named}: wait for its end, or end it`);
}
