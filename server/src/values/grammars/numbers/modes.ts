import { single } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { noValue } from "../../wording.ts";

const CODE = "value/mode";
const FORM = "a file mode in octal digits, such as `0750`";

/** A file mode. Follows parse_mode(), systemd 257 and 262: octal digits alone. */
const MODE: Term = {
  form: FORM,
  read(piece, into) {
    const { from, to, text } = piece;
    const digits = /^0*(|[1-7][0-7]*)$/.exec(text)?.[1];
    if (text === "" || digits === undefined || digits.length > 4) {
      const bare = /^0o([0-7]{1,4})$/i.exec(text)?.[1];
      const fixes = bare === undefined ? [] : [{ title: `Change to 0${bare}`, from, to, text: `0${bare}` }];
      const form = digits === undefined || text === "" ? FORM : "a file mode up to 7777";
      return { from, to, code: CODE, ...noValue(piece, form), fixes };
    }
    const mode = Number.parseInt(digits || "0", 8);
    into.token(from, to, "number", () => ({ kind: "mode", mode }));
    return undefined;
  },
};

/** File modes. */
export const MODE_GRAMMARS = {
  mode: single("mode", MODE, { empty: "invalid", code: CODE }),
} as const satisfies Record<string, Grammar>;
