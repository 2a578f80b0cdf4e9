import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { QUADLET_TYPES, type QuadletType } from "../../../facts/quadlets/keys.ts";
import { holdsIn } from "../../../facts/version.ts";

/** The type of a quadlet file by its name; undefined where a version knows none of it. */
export function quadletTypeOf(name: string, version: PodmanVersion): QuadletType | undefined {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return QUADLET_TYPES.find((it) => it.extension === extension && holdsIn(it, version) && name.includes("."));
}

/** The name of a file without its extension. */
export function quadletStem(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Whether a name is one of a template or of an instance of it. */
export const isInstanceName = (name: string): boolean => quadletStem(name).includes("@");

/** The name of a service without `.service`, where none is set. */
export function defaultServiceName(name: string, { suffix }: QuadletType, version: PodmanVersion): string {
  const stem = quadletStem(name);
  const at = stem.indexOf("@");
  if (at < 0 || !podmanDoes(version, "ends suffixes before instances")) return stem + suffix;
  return `${stem.slice(0, at)}${suffix}${stem.slice(at)}`;
}

/** What podman calls the object of a volume, network or pod, where no name is set. */
export function defaultResourceName(name: string, version: PodmanVersion): string {
  const stem = quadletStem(name);
  const at = stem.indexOf("@");
  if (at < 0 || !podmanDoes(version, "ends suffixes before instances")) return `systemd-${stem}`;
  return `systemd-${stem.slice(0, at)}-${at === stem.length - 1 ? "%i" : stem.slice(at + 1)}`;
}
