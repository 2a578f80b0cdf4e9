import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { confine, hardenUnit } from "../../server/src/hardening/profile.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit, withKnowledge } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import type { UnitFiles } from "./trial.ts";

/** A unit that our code hardened. */
export interface HardenedUnit {
  readonly text: string;
  /** The lines that came, those in the place of a weaker one too. */
  readonly lines: readonly string[];
  /** Its text with no more than some of these lines. */
  readonly only: (lines: ReadonlySet<string>) => string;
  /** As systemd-analyze prints it. */
  readonly exposure: string;
}

/** Applies a profile as the editor and the command line do on its machine, whose programs are read; `off` gives the unit as it is. */
export function harden(files: UnitFiles, profile: Profile): HardenedUnit {
  const machine = { restrictSuidSgid: false, files: nodeProgramFiles(files.root) };
  const unit = withKnowledge(readFiles(files, files.text), { defaults: machine });
  const { settings } = hardenUnit(unit, profile);
  const wanted = new Set(settings.map((it) => it.line));
  const only = (kept: ReadonlySet<string>): string => reduced(unit, profile, wanted, kept);
  const text = only(wanted);
  const { exposure } = assess(readFiles(files, text));
  return { text, lines: [...wanted], only, exposure: exposure === undefined ? "–" : formatExposure(exposure) };
}

/** The unit as "Confine this service" makes it, undefined where that is not offered. */
export function confined(files: UnitFiles): string | undefined {
  const edits = confine(readFiles(files, files.text))?.edits;
  return edits && applyEdits(files.text, edits);
}

/** The exposure of a unit with some more drop-ins, as systemd-analyze prints it. */
export function exposureOf(files: UnitFiles, dropIns: readonly string[]): string {
  const { exposure } = assess(readFiles({ ...files, dropIns: [...files.dropIns, ...dropIns] }, files.text));
  return exposure === undefined ? "–" : formatExposure(exposure);
}

/** The unit as it is read with its drop-ins, with some text in place of its own. */
export function readFiles(files: Pick<UnitFiles, "path" | "dropIns">, text: string): Unit {
  const path = unitPath(files.path);
  if (!path) throw new Error(`${files.path} is no unit`);
  return readUnit(path, text, 257, { dropIns: files.dropIns });
}

/** The edits of a profile, with the lines left out that are not kept. */
function reduced(unit: Unit, profile: Profile, wanted: ReadonlySet<string>, kept: ReadonlySet<string>): string {
  const edits = hardenUnit(unit, profile).edits.flatMap((edit) => {
    if (edit.start < edit.end) return edit.settings.every((it) => kept.has(it.line)) ? [edit] : [];
    const lines = edit.newText.split(/(?<=\n)/).filter((it) => !wanted.has(it.trim()) || kept.has(it.trim()));
    return [{ ...edit, newText: lines.join("") }];
  });
  return applyEdits(unit.file.text, edits);
}
