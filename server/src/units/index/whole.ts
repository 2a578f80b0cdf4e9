import { memo } from "../memo.ts";
import type { Tree } from "./unitIndex.ts";

/** Whether a tree is that of a system with systemd's own units, so that what is not in it is not there. */
export const isWhole = memo(({ units, root }: Tree): boolean =>
  ["basic.target", "shutdown.target"].every((name) => units.get(name)?.some(({ place }) => place.folder !== root)),
);
