import { controllersIn, OLD_CONTROLLERS } from "../../../facts/conditions.ts";
import { byVersion } from "../../../facts/version.ts";
import { list, readWords } from "../../combine.ts";
import { type Grammar, type Offer, quoted, type Term } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
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
      return {
        from,
        to,
        code: "value/controller",
        says: `has ${quoted(piece)}, which is not a controller`,
        ...(into.brief
          ? {}
          : {
              fixes: meant(
                piece,
                offers.map((it) => it.text),
              ),
            }),
      };
    into.token(from, to, "word", () => ({
      kind: "prose",
      title: `\`${text}\``,
      text: known?.summary ?? "A controller of the old control group hierarchy, which systemd no longer uses.",
    }));
    return undefined;
  },
};

const same = (word: string): string => word;

/** Sets of the controllers of control groups. */
export const CONTROLLER_LISTS = {
  delegate: list("delegate", CONTROLLER, {
    form: "a boolean, or a list of controllers",
    splitting: "quotes",
    empty: "reset",
    effect: "word",
    broken: "assignment",
    alone: booleanTerm(
      "The unit manages its own part of the control groups, with all controllers.",
      "systemd alone manages the control groups of the unit.",
    ),
    same,
  }),
  /** Unknown names are passed over without a word, unless no other is left. Follows cg_mask_from_string(). */
  disableControllers: {
    kind: "grammar",
    routine: "config_parse_disable_controllers",
    form: "a list of controllers",
    empty: "reset",
    read(value, into) {
      let known = false;
      const quiet = {
        where: into.where,
        brief: true,
        problem: () => undefined,
        token: () => undefined,
        slot: () => undefined,
      } as const;
      readWords(value, "plain", quiet, {
        item: (word, reader) => {
          const trouble = CONTROLLER.read(word, reader);
          known ||= !trouble;
          return trouble;
        },
        effect: "word",
        broken: "silent",
        gap: CONTROLLER,
      });
      readWords(value, "plain", into, {
        item: (word, reader) => {
          const trouble = CONTROLLER.read(word, reader);
          return trouble && known
            ? { ...trouble, says: `${trouble.says}: systemd passes over it without a word` }
            : trouble;
        },
        effect: known ? "silent" : "assignment",
        broken: known ? "silent" : "assignment",
        gap: CONTROLLER,
        same,
      });
    },
  },
} as const satisfies Record<string, Grammar>;
