import type { PackagedState } from "../program/files.ts";
import type { Facts } from "../service/facts.ts";
import { words } from "../service/settings.ts";
import { memo } from "../units/memo.ts";
import { programReading } from "./programReading.ts";

/** How the configuration that a service reads compares with what its packages brought. */
export type PackagedConfiguration =
  | { readonly state: "untouched" }
  | { readonly state: "changed" | "added"; readonly path: string }
  /** Its programs were not read yet, so that nobody knows which files it reads. */
  | { readonly state: "late" };

/** Of the files that a service reads as configuration the first that differs; undefined where no package manager knows any. */
export const packagedConfiguration: (facts: Facts) => PackagedConfiguration | undefined = memo((facts: Facts) => {
  const { files } = facts.unit.defaults ?? {};
  if (!files?.packagedState) return undefined;
  const reading = programReading(facts);
  if (reading?.isLate) return { state: "late" };
  const read = reading?.files.filter((it) => it.form === "configuration").map((it) => it.path) ?? [];
  const states = new Map<PackagedState, string>();
  for (const path of [...read, ...environmentFiles(facts)]) {
    const state = files.packagedState(path);
    if (state && !states.has(state)) states.set(state, path);
  }
  const [state, path] = [...states].find(([it]) => it !== "untouched") ?? [];
  if (state && state !== "untouched" && path) return { state, path };
  return states.has("untouched") ? { state: "untouched" } : undefined;
});

const environmentFiles = ({ unit }: Facts): readonly string[] =>
  words(unit, "EnvironmentFile").map((it) => it.replace(/^-/, ""));
