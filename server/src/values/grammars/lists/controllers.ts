import { controllersIn, OLD_CONTROLLERS } from "../../../facts/conditions.ts";
import { byVersion } from "../../../facts/version.ts";
import { grammar, list, readWords } from "../../combine.ts";
import type { Grammar, Offer, Term } from "../../grammar.ts";
import { unknownWord } from "../../oneOf.ts";
import { silenced, wordTopic } from "../../piece.ts";
import { unknown } from "../../wording.ts";
import { booleanTerm } from "./booleans.ts";

const offersIn = byVersion((version) => controllersIn(version).map((it): Offer => ({ ...it, role: "word" })));

/** Follows cgroup_controller_from_string(), systemd 257 to 262. */
const CONTROLLER: Term = {
  form: "a controller such as `memory`",
  read(piece, into) {
    const { text, from, to } = piece;
    const offers = offersIn(into.where.version);
    into.slot(from, to, () => offers);
    const known = offers.find((it) => it.text === text);
    if (!known && !OLD_CONTROLLERS.includes(text))
      return unknownWord(piece, "value/controller", unknown(piece, "controller"), offers, into);
    into.token(
      from,
      to,
      "word",
      wordTopic(text, known?.summary ?? "A controller of cgroup v1, which systemd no longer uses."),
    );
    return undefined;
  },
};

/** Sets of the controllers of control groups. */
export const CONTROLLER_LISTS = {
  delegate: list("delegate", CONTROLLER, {
    form: "a boolean, or a list of controllers",
    splitting: "quotes",
    empty: "reset",
    effect: "word",
    broken: "assignment",
    alone: booleanTerm(
      "The unit manages its own cgroup subtree, with all controllers.",
      "Only systemd manages the cgroups of the unit.",
    ),
  }),
  /** Unknown names are silently ignored, unless no other is left. Follows cg_mask_from_string(). */
  disableControllers: grammar("disable_controllers", "a list of controllers", "reset", (value, into) => {
    let known = false;
    readWords(value, "plain", silenced(into), {
      item: (word, reader) => {
        known ||= !CONTROLLER.read(word, reader);
        return undefined;
      },
      effect: "word",
      broken: "silent",
      gap: CONTROLLER,
    });
    return readWords(value, "plain", into, {
      item: (word, reader) => {
        const issue = CONTROLLER.read(word, reader);
        return issue && known ? { ...issue, consequence: "systemd silently ignores it" } : issue;
      },
      effect: known ? "silent" : "assignment",
      broken: known ? "silent" : "assignment",
      gap: CONTROLLER,
      same: (it) => it,
    });
  }),
} as const satisfies Record<string, Grammar>;
