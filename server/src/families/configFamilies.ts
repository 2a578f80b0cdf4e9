import { CONFIG_KINDS, type ConfigKind } from "../facts/configKinds.ts";
import type { ConfigFamily } from "./configs/configFamily.ts";

/** What there is of each kind of configuration file; each is made when a file of it is met. */
export type ConfigFamilies = Readonly<Record<ConfigKind, () => ConfigFamily>>;

let known: ConfigFamilies | undefined;

/** Says once, before any file is read, what there is: the rooms below the dialects know of none by themselves. */
export function provideConfigFamilies(families: ConfigFamilies): void {
  known = families;
}

/** The family of a kind of configuration file. */
export function configFamilyOf(kind: ConfigKind): ConfigFamily {
  if (!known) throw new Error("no dialect is known: import dialects/dialects.ts first");
  return known[kind]();
}

/** All of them. */
export const configFamilies = (): readonly ConfigFamily[] => CONFIG_KINDS.map(configFamilyOf);
