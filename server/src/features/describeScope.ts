import type { ScopeReason } from "../families/unitFiles/scopeFolders.ts";
import type { Unit } from "../units/unit.ts";
import { code, join, type Prose, plainProse, sentence } from "./markup.ts";

const MANAGERS: Readonly<Record<ScopeReason["scope"], string>> = {
  system: "Judged for the service manager of the system",
  user: "Judged for the service manager of a user",
};

/** Whose manager a unit is judged for and why, where its folder does not say it. */
export function describeScope({ path: { scopeReason } }: Pick<Unit, "path">): Prose | undefined {
  if (!scopeReason) return undefined;
  const { scope, from, because } = scopeReason;
  const manager = plainProse(`${MANAGERS[scope]}:`);
  if (from === "asked") return sentence(manager, plainProse("unitWarden.scope says so."));
  if (from === "default") return sentence(manager, plainProse("neither its folder nor its lines speak for another."));
  return sentence(manager, join([join(because.map(code), ", "), plainProse(".")], ""));
}
