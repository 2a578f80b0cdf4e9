import { parseV4 } from "../../../../values/address.ts";
import { single } from "../../../../values/combine.ts";
import { amount, UINT16 } from "../../../../values/configs/general/quantities.ts";
import type { Grammar } from "../../../../values/grammar.ts";
import { integer } from "../../../../values/grammars/numbers/integers.ts";
import { type Quantity, termOf } from "../../../../values/grammars/numbers/quantity.ts";
import { UINT_MAX } from "../../../../values/number.ts";
import { issueAt } from "../../../../values/piece.ts";
import { about } from "../../../../values/wording.ts";

/** Numbers that say of themselves why they will not do. */
const PKEY: Quantity = {
  form: "a number from 1 to 65535 but 32768, such as `0x8001`",
  measure(piece, into) {
    const number = UINT16.measure(piece, into);
    if (number !== 0n && number !== 0x8000n) return number;
    return issueAt(piece, "value/number", about(piece, "is no partition: 0 and 0x8000 are none"));
  },
};

const KEY = integer({ low: 0n, high: UINT_MAX });

/** Value types of numbers in .netdev files, systemd 257 and 262. */
export const netdevNumberTypes = (): Readonly<Record<string, Grammar>> => ({
  ipoibPkey: amount("ipoib_pkey", PKEY, "unset"),
  tunnelKey: single(
    "tunnel_key",
    {
      form: "a number of 32 bits, also written like an IPv4 address",
      read(piece, into) {
        if (!parseV4(piece.text)) return termOf(KEY).read(piece, into);
        into.token(piece.from, piece.to, "number");
        return undefined;
      },
    },
    { empty: "invalid", code: "value/number" },
  ),
});
