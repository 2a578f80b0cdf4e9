import { NEWEST_PODMAN, type PodmanVersion } from "../facts/podmanVersions.ts";
import type { Unit } from "./unit.ts";

/** The podman that a unit is read for. */
export const podmanOf = ({ podman = NEWEST_PODMAN }: Unit): PodmanVersion => podman;
