import { memo } from "./memo.ts";
import type { MainUnit, Unit } from "./unit.ts";

/** The unit of a drop-in as it would be without that drop-in. */
export const withoutDropIn: (main: MainUnit) => Unit = memo(({ unit, at }: MainUnit) => ({
  ...unit,
  dropIns: unit.dropIns.filter((_, i) => i !== at),
  memory: unit.memory.within("without drop-in"),
}));
