import { NEWEST_PODMAN, type PodmanVersion } from "../facts/podmanVersions.ts";
import { isQuadletPath } from "../families/checkedPath.ts";
import type { Unit } from "./unit.ts";

/** The same quadlet for a version of podman; any other unit as it is. */
export const underPodman = (unit: Unit, podman: PodmanVersion | undefined): Unit =>
  podman !== undefined && isQuadletPath(unit.path) ? { ...unit, podman } : unit;

/** The podman that a unit is read for. */
export const podmanOf = ({ podman = NEWEST_PODMAN }: Unit): PodmanVersion => podman;
