import type { Learnt } from "../../learn/learnt.ts";
import { unitTexts } from "../../learn/readBundle.ts";
import { templateOf } from "../../units/index/target.ts";
import { LEARNT_SUFFIX } from "../../units/learntText.ts";
import type { Machine, Places } from "../machine.ts";
import { SYSTEM_PLACES } from "../places.ts";
import { addableTo, readLearntFiles } from "./learntFiles.ts";

/** The drop-in that learning writes. */
export const LEARNT_DROP_IN = "50-unit-warden-learnt.conf";

/** Where a file of the same name takes the place of that one, in a folder that a reboot empties. */
export const hidingPath = (unit: string, { strongest }: Places): string => `${strongest}/${unit}.d/${LEARNT_DROP_IN}`;

/** Whether the path of a drop-in is that of ours. */
export const isOurs = (path: string): boolean => path.endsWith(`/${LEARNT_DROP_IN}`);

/** What `systemctl cat` printed, without our drop-in; undefined where it is not among them. */
export function withoutOurs(text: string): string | undefined {
  const all = unitTexts(text);
  const others = all.filter((it) => !isOurs(it.path));
  return others.length === all.length ? undefined : others.map((it) => `# ${it.path}\n${it.text}`).join("\n");
}

/** Where learning writes on the machine. */
export const dropInFolder = (unit: string, { kept }: Places = SYSTEM_PLACES): string => `${kept}/${unit}.d`;

/** What a reader is told before a service is observed that was learnt before. */
export function plansAgain(earlier: Learnt | undefined, hides: readonly string[]): string[] {
  const runs = earlier?.runs.length ?? 0;
  return [
    ...(hides.length > 0 ? [`${LEARNT_DROP_IN} stays where it is, and counts for nothing meanwhile`] : []),
    ...(runs > 0
      ? [`what ${runs === 1 ? "a run" : `${runs} runs`} showed before is kept: this one only adds to it`]
      : []),
  ];
}

/** What a reader is told where a run adds nothing. */
export const NOTHING_NEW = "nothing was seen that was not known: what was learnt stays as it is";

/** Whether what was learnt counts for a unit: that of one instance does for its template. */
const isOf = (learnt: string, unit: string): boolean => learnt === unit || templateOf(learnt) === unit;

/** What was learnt before and lies in a folder; undefined, and said, where there is nothing that can be used. */
export async function earlierIn(machine: Machine, folder: string, unit: string): Promise<Learnt | undefined> {
  const path = `${folder}/${unit}${LEARNT_SUFFIX}`;
  const files = await readLearntFiles(machine, path);
  if (files === undefined) return undefined;
  const read = addableTo(files, path);
  if ("learnt" in read && isOf(read.learnt.unit, unit)) return read.learnt;
  machine.say(`${path} is not used: ${"problem" in read ? read.problem : `it is of ${read.learnt.unit}`}`);
  return undefined;
}
