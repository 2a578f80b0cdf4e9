import { list } from "../../../../values/combine.ts";
import { QUANTITIES, UINT8 } from "../../../../values/configs/general/quantities.ts";
import type { ConfigGrammars } from "../../../../values/configs/made.ts";
import { termOf, within } from "../../../../values/grammars/numbers/quantity.ts";
import { size } from "../../../../values/grammars/numbers/sizes.ts";
import { UINT_MAX } from "../../../../values/number.ts";
import { atMost } from "../lists.ts";
import { HANDLES } from "./handles.ts";

const QUANTUM = within(
  size({ form: "a size of at least 1 byte, also with K, M or G to the base of 1024" }),
  { low: 1n, high: UINT_MAX },
  "value/size",
);

/** A share that may be unset again. */
const { missing: _, ...SHARE } = QUANTITIES.permille;

/** How many priorities the kernel has, and how many bands. */
const PRIORITIES = 16;

/** Value types of queueing disciplines and their classes, systemd 257 and 262. */
export const queueTypes = (): ConfigGrammars => ({
  ...HANDLES,
  netemRate: { ...SHARE, routine: "config_parse_netem_rate", empty: "unset" },
  etsQuanta: atMost(
    PRIORITIES,
    list("ets_quanta", termOf(QUANTUM), {
      form: "a list of up to 16 sizes, also with K, M or G to the base of 1024",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
  ),
  etsPrio: atMost(
    PRIORITIES,
    list("ets_prio", termOf(UINT8), {
      form: "a list of up to 16 numbers of bands",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
  ),
});
