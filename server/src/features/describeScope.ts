import type { ScopeReason } from "../families/unitFiles/scopeFolders.ts";
import type { Profile } from "../hardening/profiles.ts";
import { code, join, type Prose, plainProse, sentence } from "../reports/markup.ts";
import { check } from "../rules/check.ts";
import { readAnew } from "../units/readUnit.ts";
import { writtenFor } from "../units/scope.ts";
import type { Unit } from "../units/unit.ts";

/** Whose manager a unit is checked for and why, where neither its folder nor its lines settle it and the other one would be told something else. */
export function describeScope(unit: Unit, profile: Profile): Prose | undefined {
  const { scopeReason } = unit.path;
  if (!scopeReason || isSettled(unit, scopeReason) || !isCheckedOtherwise(unit, scopeReason, profile)) return undefined;
  const { scope, from, because } = scopeReason;
  const kind = `Checked as a ${scope} unit`;
  if (from === "default") return plainProse(`${kind}; unitWarden.scope changes that.`);
  const why = from === "asked" ? plainProse("unitWarden.scope says so.") : namedLines(because);
  return sentence(plainProse(`${kind}:`), why);
}

const namedLines = (lines: readonly string[]): Prose => join([join(lines.map(code), ", "), plainProse(".")], "");

/** Whether nobody would take a unit of the system for one of a user: its lines speak for the system alone. */
const isSettled = ({ file, main }: Unit, { from }: ScopeReason): boolean =>
  from === "default" && writtenFor((main?.unit ?? { file }).file)?.scope === "system";

/** Whether the same text has other findings as a unit of the other manager. */
function isCheckedOtherwise(unit: Unit, reason: ScopeReason, profile: Profile): boolean {
  if (unit.main) return true;
  const scope = reason.scope === "system" ? "user" : "system";
  const path = Object.assign({}, unit.path, { scope, scopeReason: { ...reason, scope } });
  const other = readAnew(unit, { path });
  const found = (it: Unit): string =>
    check(it, { profile })
      .map((one) => `${one.start} ${one.code} ${one.severity}`)
      .join();
  return found(unit) !== found(other);
}
