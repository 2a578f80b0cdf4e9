import type { Where } from "../values/grammar.ts";
import { isCertain, resolveSpecifiers } from "../values/resolve.ts";

/** What a specifier gives in a unit; undefined where only the machine, the user or the instance knows. */
export function givenBy(letter: string, where: Where): string | undefined {
  return isCertain(letter, where) ? resolveSpecifiers(`%${letter}`, where.unit, where.scope, where.version) : undefined;
}
