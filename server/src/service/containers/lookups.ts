import { memo } from "../../units/memo.ts";
import type { Told } from "./told.ts";

/** What podman takes for true on its command line. */
const isTrue = (value: string): boolean => /^(?:1|t|true)$/i.test(value);

/** The last word about an option of which only one can hold. */
export function lastTold(told: readonly Told[], ...options: readonly string[]): Told | undefined {
  const last = options.map((it) => byOption(told).get(it)?.at(-1)).filter((it) => it !== undefined);
  return last.length < 2 ? last[0] : told.findLast((it) => last.includes(it));
}

/** All words about an option, in their order. */
export const toldOf = (told: readonly Told[], option: string): readonly Told[] => byOption(told).get(option) ?? [];

const byOption = memo((told: readonly Told[]): ReadonlyMap<string, readonly Told[]> => {
  const found = new Map<string, Told[]>();
  for (const it of told) {
    const known = found.get(it.option);
    if (known) known.push(it);
    else found.set(it.option, [it]);
  }
  return found;
});

/** The word that switches something on, where it is the last one about it. */
export function switchedOn(told: readonly Told[], option: string): Told | undefined {
  const last = lastTold(told, option);
  return last && isTrue(last.value) ? last : undefined;
}

/** What makes a container privileged: `--privileged`, which no key says. */
export const isPrivileged = (told: readonly Told[]): Told | undefined => switchedOn(told, "privileged");

/** A `--security-opt`: its name, and what stands after `=` or `:`. */
export interface SecurityOption {
  readonly name: string;
  readonly value: string;
  readonly told: Told;
}

/** All `--security-opt` of a container, also those that keys make. */
export const securityOptions = (told: readonly Told[]): readonly SecurityOption[] =>
  toldOf(told, "security-opt").map((it) => {
    const at = it.value.search(/[=:]/);
    const [name, value] = at < 0 ? [it.value, ""] : [it.value.slice(0, at), it.value.slice(at + 1)];
    return { name, value, told: it };
  });

/** The last word about one of them. */
export const securityOption = (told: readonly Told[], name: string): SecurityOption | undefined =>
  securityOptions(told).findLast((it) => it.name === name);
