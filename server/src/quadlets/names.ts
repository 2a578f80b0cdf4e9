import type { PodmanVersion } from "../facts/podmanVersions.ts";
import { QUADLET_TYPES, type QuadletType } from "../facts/quadlets/keys.ts";

/** The type of a quadlet file by its name; undefined where a version knows none of it. */
export function quadletTypeOf(name: string, version: PodmanVersion): QuadletType | undefined {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return QUADLET_TYPES.find((it) => it.extension === extension && it.since <= version && name.includes("."));
}

/** The name of a file without its extension. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Whether a name is one of a template or of an instance of it. */
export const isInstanceName = (name: string): boolean => stemOf(name).includes("@");

/** Whether a name is one of a template, which has no instance. */
export const isTemplateName = (name: string): boolean => stemOf(name).endsWith("@");

/** Since 5.7 what the type adds to the name of a service stands before the `@`. */
const SUFFIX_INSIDE = 5.7;

/** The name of a service without `.service`, where none is set. */
export function defaultServiceName(name: string, { suffix }: QuadletType, version: PodmanVersion): string {
  const stem = stemOf(name);
  const at = stem.indexOf("@");
  if (version < SUFFIX_INSIDE || at < 0) return stem + suffix;
  return `${stem.slice(0, at)}${suffix}${stem.slice(at)}`;
}

/** What podman calls the object of a volume, network or pod, where no name is set. */
export function defaultResourceName(name: string, version: PodmanVersion): string {
  const stem = stemOf(name);
  const at = stem.indexOf("@");
  if (version < SUFFIX_INSIDE || at < 0) return `systemd-${stem}`;
  return `systemd-${stem.slice(0, at)}-${at === stem.length - 1 ? "%i" : stem.slice(at + 1)}`;
}
