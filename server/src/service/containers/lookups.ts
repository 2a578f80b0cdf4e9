import { memo } from "../../units/memo.ts";
import type { Told } from "./told.ts";

/** What podman takes for true on its command line. */
const isTrue = (value: string): boolean => /^(?:1|t|true)$/i.test(value);

/** The last word about an option of which only one can hold. */
export function lastTold(options: readonly Told[], ...names: readonly string[]): Told | undefined {
  const last = names.map((it) => byOption(options).get(it)?.at(-1)).filter((it) => it !== undefined);
  return last.length < 2 ? last[0] : options.findLast((it) => last.includes(it));
}

/** All words about an option, in their order. */
export const toldOf = (options: readonly Told[], option: string): readonly Told[] =>
  byOption(options).get(option) ?? [];

const byOption = memo((options: readonly Told[]): ReadonlyMap<string, readonly Told[]> => {
  const found = new Map<string, Told[]>();
  for (const it of options) {
    const known = found.get(it.option);
    if (known) known.push(it);
    else found.set(it.option, [it]);
  }
  return found;
});

/** The word that switches something on, where it is the last one about it. */
export function switchedOn(options: readonly Told[], option: string): Told | undefined {
  const last = lastTold(options, option);
  return last && isTrue(last.value) ? last : undefined;
}

/** What makes a container privileged: `--privileged`, which no key says. */
export const isPrivileged = (options: readonly Told[]): Told | undefined => switchedOn(options, "privileged");

/** A `--security-opt`: its name, and what stands after `=` or `:`. */
export interface SecurityOption {
  readonly name: string;
  readonly value: string;
  readonly source: Told;
}

/** All `--security-opt` of a container, also those that keys make. */
export const securityOptions = (options: readonly Told[]): readonly SecurityOption[] =>
  toldOf(options, "security-opt").map((it) => {
    const at = it.value.search(/[=:]/);
    const [name, value] = at < 0 ? [it.value, ""] : [it.value.slice(0, at), it.value.slice(at + 1)];
    return { name, value, source: it };
  });

/** The last word about one of them. */
export const securityOption = (options: readonly Told[], name: string): SecurityOption | undefined =>
  securityOptions(options).findLast((it) => it.name === name);
