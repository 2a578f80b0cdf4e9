import { memo } from "../../units/memo.ts";
import { podmanOf } from "../../units/podman.ts";
import type { Unit } from "../../units/unit.ts";
import type { ContainerQuadlet } from "./podmanOptions.ts";

/** A .container file with its drop-ins; undefined of any other unit, and of a drop-in whose file cannot be seen. */
export const containerOf: (unit: Unit) => ContainerQuadlet | undefined = memo((unit: Unit) => {
  const { path, file, dropIns } = unit;
  if (path.kind !== "container" || path.role !== "unit") return undefined;
  return { files: [file, ...dropIns], scope: path.scope, podman: podmanOf(unit) };
});
