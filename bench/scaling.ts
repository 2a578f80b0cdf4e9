import { readFileSync } from "node:fs";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { assess } from "../server/src/security/exposure.ts";
import { decodeUtf8 } from "../server/src/text/utf8.ts";
import { readUnit } from "../server/src/units/readUnit.ts";
import { median } from "./numbers.ts";

const FEW = 100;
const MANY = 2000;
const ROUNDS = 9;

/** The processor time per unit of parsing and assessing for many units, divided by that for few. */
export function scaling(files: readonly string[]): string {
  const title = `parse + assess: ${MANY} units / ${FEW} units, time per unit`;
  const units = files.flatMap((file) => {
    const path = unitPath(file);
    return path ? [{ path, text: decodeUtf8(readFileSync(file)) }] : [];
  });
  if (units.length < FEW) return `${title}: skipped, the corpus is too small`;
  const many = Array.from({ length: MANY }, (_, i) => units[i % units.length] ?? units[0]).filter((it) => !!it);
  // The few are spread over the many, so that both are units of the same kind.
  const few = many.filter((_, i) => i % (MANY / FEW) === 0);
  const perUnit = (list: typeof units, times: number): number => {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) for (const { path, text } of list) assess(readUnit(path, text, NEWEST_VERSION));
    const { user, system } = process.cpuUsage(start);
    return (user + system) / (list.length * times);
  };
  perUnit(many, 2);
  const rounds = Array.from({ length: ROUNDS }, () => ({ few: perUnit(few, MANY / FEW), many: perUnit(many, 1) }));
  const ratio = median(rounds.map((it) => it.many / it.few));
  const shown = [median(rounds.map((it) => it.few)), median(rounds.map((it) => it.many))].map((it) => it.toFixed(0));
  return `${title}\n  ${shown[1]} µs / ${shown[0]} µs: median ratio ${ratio.toFixed(2)} of ${ROUNDS}, linear is 1`;
}
