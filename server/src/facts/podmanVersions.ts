import { largest } from "../text/extremes.ts";

/**
 * Which podman reads the quadlets: major and minor number as one, such as 4.9 or 5.4, with the fixes of that line. No
 * major version had ten minor ones, so that they compare as numbers.
 */
export type PodmanVersion = number;

/** The versions whose generators are known, the oldest first; the last one is in development. */
export const PODMAN_VERSIONS: readonly PodmanVersion[] = [
  4.4, 4.5, 4.6, 4.7, 4.8, 4.9, 5, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 6,
];

/** The one that is assumed where nobody names another. */
export const NEWEST_PODMAN: PodmanVersion = largest(PODMAN_VERSIONS);

/** The version of a text such as `5.4`, `v5.4.2` or `6.0.0-dev`; undefined where no generator is known by it. */
export function podmanVersionNamed(text: string): PodmanVersion | undefined {
  const [, major, minor = "0"] = /^v?(\d+)(?:\.(\d))?(?:\.\d+)?(?:[-+~].*)?$/.exec(text.trim()) ?? [];
  const version = Number(`${major}.${minor}`);
  return PODMAN_VERSIONS.includes(version) ? version : undefined;
}

/** A version for a reader: `podman 5.0`. */
export const describePodman = (version: PodmanVersion): string => `podman ${version.toFixed(1)}`;
