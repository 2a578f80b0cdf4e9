import type { Learnt } from "../../learn/learnt.ts";
import { type LearntAddition, type LearntParts, learntAddition } from "../../learn/learntUnit.ts";
import { LEARNT_SUFFIX } from "../../units/learntText.ts";
import type { Unit } from "../../units/unit.ts";
import type { Machine } from "../machine.ts";
import { placesOf } from "../places.ts";
import { systemctl } from "../systemctl.ts";
import { isTemplateName } from "./connections.ts";
import { writeLearntFiles } from "./learntFiles.ts";
import { dropInFolder, LEARNT_DROP_IN } from "./ownDropIn.ts";

/** What is to be added to the unit: of what was to be proven only what is, as the rest together may be what failed. */
export function toAdd(
  { settings }: Pick<Learnt, "settings">,
  unit: Unit,
  { verify, parts }: { readonly verify: boolean; readonly parts: LearntParts },
): LearntAddition {
  return learntAddition(unit, verify ? settings.filter((it) => it.grade !== "seen") : settings, parts);
}

/** Writes the settings as a drop-in of the machine, and what was learnt next to it. */
export async function installLearnt(
  machine: Machine,
  unit: string,
  learnt: Learnt,
  { dropIn }: LearntAddition,
): Promise<void> {
  const folder = dropInFolder(unit, placesOf(machine));
  if (dropIn === "") {
    machine.say("there is nothing to write");
    return;
  }
  const path = `${folder}/${LEARNT_DROP_IN}`;
  const note = `# Learnt by unit-warden; all that was learnt is in ${unit}${LEARNT_SUFFIX}.\n`;
  await writeLearntFiles(machine, `${folder}/${unit}${LEARNT_SUFFIX}`, learnt);
  await machine.write(path, note + dropIn);
  await systemctl(machine, "daemon-reload");
  const next = isTemplateName(unit)
    ? "each new connection gets"
    : `${placesOf(machine).systemctl} restart ${unit} starts it under`;
  machine.say(`written to ${path}; ${next} these settings`);
}
