import type { SystemdVersion } from "../facts/version.ts";
import { measuredDaemons } from "../hardening/measured.ts";
import type { MeasuredDaemon } from "../hardening/measuredDaemon.ts";
import { ASKED, daemonName, daemonsNamed, dropInPath, measuredDropIn } from "../hardening/measuredDropIn.ts";
import { nearest } from "../text/nearest.ts";
import { type Ending, ending, noted } from "./outcome.ts";

/** The names of all daemons that there is a proven drop-in for. */
export const daemonNames = (): readonly string[] => measuredDaemons().map(daemonName);

/** The drop-in that was proven of a named program, as text to copy; what there is to say about it goes next to it. */
export function hardenFor(program: string, version: SystemdVersion): Ending {
  const found = daemonsNamed(program, measuredDaemons());
  const [daemon] = found;
  if (!daemon) return ending("", [unknown(program)], false);
  if (found.length > 1)
    return ending("", [`--for ${program} means several services: ${found.map(daemonName).join(", ")}`], false);
  return noted(ending([{ text: measuredDropIn(daemon, version), as: "exact" }], [], false), notesOn(daemon));
}

function unknown(program: string): string {
  const near = nearest(program, new Set(daemonNames())).join(" or ");
  return `no daemon "${program}" was measured${near && `; did you mean ${near}?`}`;
}

function notesOn(daemon: MeasuredDaemon): readonly string[] {
  const { asked: exercise, exposure, refused } = daemon;
  const against = Object.entries(refused).map(([name, why]) => `${name}= (${why})`);
  return [
    `Put it into ${dropInPath(daemon)}. With the unit of the package the exposure goes from ${exposure.join(" to ")}.`,
    ...(exercise === "question" ? [] : [`Little was tried with it: ${ASKED[exercise]}.`]),
    ...(against.length > 0 ? [`Left out, as a run speaks against it: ${against.join("; ")}.`] : []),
    `Another configuration may need more: unit-warden try ${daemonName(daemon)} --drop-in FILE tries it on the machine.`,
  ];
}
