import type { Offer } from "../../grammar.ts";
import { part } from "../../piece.ts";
import { parseUnitName } from "../../unitName.ts";
import { invalid, noValue } from "../../wording.ts";
import { termOf } from "../numbers/quantity.ts";
import { share } from "../numbers/shares.ts";
import { trimmed } from "./comparison.ts";
import { broken, type ConditionCheck, verdict } from "./conditionCheck.ts";
import { unitTerm } from "./name.ts";

const SLICE = unitTerm({ kinds: ["slice"], templates: "kept" });

const PRESSED = termOf(share({ of: "the time spent waiting" }));
const MACHINES = termOf(share({ of: "all machines" }));

const PERIODS: readonly Offer[] = [
  { text: "10sec", summary: "The average of the last ten seconds.", role: "number" },
  { text: "1min", summary: "The average of the last minute.", role: "number" },
  { text: "5min", summary: "The average of the last five minutes; this is the default.", role: "number" },
];

/** Follows condition_test_psi(), systemd 257 to 262. */
export const PRESSURE: ConditionCheck = {
  form: "a percentage, optionally with a slice and `:` before it and `/` and `10sec`, `1min` or `5min` after it",
  read(piece, into) {
    const colon = piece.text.indexOf(":");
    const value = part(piece, colon + 1);
    if (colon >= 0) {
      const slice = trimmed(part(piece, 0, colon));
      const wrong =
        SLICE.read(slice, into) ?? (parseUnitName(slice.text)?.instance === undefined ? undefined : NO_SLICE);
      if (wrong) {
        const { fixes = [] } = wrong;
        return verdict(slice, invalid(slice, "slice name"), "fails", fixes);
      }
    } else into.slot(value.from, value.to, () => [], { kind: "units", kinds: ["slice"] });
    const slash = value.text.indexOf("/");
    const limit = broken(PRESSED.read(trimmed(part(value, 0, slash < 0 ? value.text.length : slash)), into));
    if (limit || slash < 0) return limit;
    const period = trimmed(part(value, slash + 1));
    into.slot(period.from, period.to, () => PERIODS);
    if (period.text !== "" && !PERIODS.some(({ text }) => period.text.startsWith(text)))
      return verdict(period, noValue(period, "10sec, 1min or 5min after the slash"), "fails");
    if (piece.exact) into.token(period.from, period.to, "number");
    return undefined;
  },
};

const NO_SLICE = { fixes: [] };

/** Follows the manual of systemd 261. */
export const FRACTION: ConditionCheck = {
  form: "a percentage, optionally after a tag",
  read(piece, into) {
    const [, tag = "", gap = "", rest = ""] = /^(?:(\S+)(\s+))?(.*)$/s.exec(piece.text) ?? [];
    if (piece.exact && tag !== "") into.token(piece.from, piece.from + tag.length, "name");
    return broken(MACHINES.read(part(piece, tag.length + gap.length, tag.length + gap.length + rest.length), into));
  },
};
