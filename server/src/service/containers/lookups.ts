import { memo } from "../../units/memo.ts";
import type { PodmanOption } from "./podmanOptions.ts";

/** What podman takes for true on its command line. */
const isTrue = (value: string): boolean => /^(?:1|t|true)$/i.test(value);

/** The last word about an option of which only one can hold. */
export function lastOption(options: readonly PodmanOption[], ...names: readonly string[]): PodmanOption | undefined {
  const last = names.map((it) => byOption(options).get(it)?.at(-1)).filter((it) => it !== undefined);
  return last.length < 2 ? last[0] : options.findLast((it) => last.includes(it));
}

/** All words about an option, in their order. */
export const optionsNamed = (options: readonly PodmanOption[], option: string): readonly PodmanOption[] =>
  byOption(options).get(option) ?? [];

const byOption = memo((options: readonly PodmanOption[]): ReadonlyMap<string, readonly PodmanOption[]> => {
  const found = new Map<string, PodmanOption[]>();
  for (const it of options) {
    const known = found.get(it.name);
    if (known) known.push(it);
    else found.set(it.name, [it]);
  }
  return found;
});

/** The word that switches something on, where it is the last one about it. */
export function switchedOn(options: readonly PodmanOption[], option: string): PodmanOption | undefined {
  const last = lastOption(options, option);
  return last && isTrue(last.value) ? last : undefined;
}

/** What makes a container privileged: `--privileged`, which no key says. */
export const isPrivileged = (options: readonly PodmanOption[]): PodmanOption | undefined =>
  switchedOn(options, "privileged");

/** A `--security-opt`: its name, and what stands after `=` or `:`. */
export interface SecurityOption {
  readonly name: string;
  readonly value: string;
  readonly source: PodmanOption;
}

/** All `--security-opt` of a container, also those that keys make. */
export const securityOptions = (options: readonly PodmanOption[]): readonly SecurityOption[] =>
  optionsNamed(options, "security-opt").map((it) => {
    const at = it.value.search(/[=:]/);
    const [name, value] = at < 0 ? [it.value, ""] : [it.value.slice(0, at), it.value.slice(at + 1)];
    return { name, value, source: it };
  });

/** The last word about one of them. */
export const securityOption = (options: readonly PodmanOption[], name: string): SecurityOption | undefined =>
  securityOptions(options).findLast((it) => it.name === name);
