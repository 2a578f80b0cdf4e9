import type { TakeBack } from "./errand.ts";
import { type Machine, type Places, textAt } from "./machine.ts";
import { placesOf, SYSTEM_PLACES } from "./places.ts";
import { showUnit } from "./systemctl.ts";

/** Where the lock of a unit lies, in a folder that a reboot empties. */
export const lockPath = (unit: string, { state }: Places = SYSTEM_PLACES): string => `${state}/${unit}.lock`;

/**
 * Takes the lock of a unit until the errand ends: one at a time restarts it. Whoever is killed frees it. Throws where another
 * one has it.
 */
export async function lockUnit(machine: Machine, takeBack: TakeBack, unit: string, by: string): Promise<void> {
  // By whichever of its names a unit is called, it is one.
  const { Id } = await showUnit(machine, unit, ["Id"]);
  const path = lockPath(Id || unit, placesOf(machine));
  const unlock = await machine.lock(path, `unit-warden ${by}, process ${machine.pid}\n`);
  if (unlock) {
    takeBack("", unlock);
    return;
  }
  const holder = ((await textAt(machine, path)) ?? "").trim();
  const named = holder === "" ? "" : ` (${holder})`;
  throw new Error(`another run of unit-warden is at work on ${unit}${named}: wait for its end, or end it`);
}
