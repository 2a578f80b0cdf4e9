import { SPECIAL_UNITS } from "../../../facts/specialUnits.ts";
import { UNIT_KINDS, type UnitKind } from "../../../facts/unitKinds.ts";
import { hasCome } from "../../../facts/version.ts";
import { nearest } from "../../../text/nearest.ts";
import type { Issue, Offer, Piece, Reader, Replacement, Term, Where, Wording } from "../../grammar.ts";
import { issueAt } from "../../piece.ts";
import { parseQuadletName, serviceOf } from "../../quadletName.ts";
import { parseUnitName, type UnitName } from "../../unitName.ts";
import { about, invalid, noValue } from "../../wording.ts";

interface UnitOptions {
  /** The kinds that the directive takes, all where missing. */
  readonly kinds?: readonly UnitKind[];
  /** What a name without a suffix is most likely to lack, where no special unit goes by it. */
  readonly suffix?: UnitKind;
  /** What becomes of a template: the reader of the unit fills in the instance, refuses it, or leaves it as it is. */
  readonly templates: "filled" | "refused" | "kept";
  /** What follows, for a message, where the effect does not say it: the end of a sentence. */
  readonly follows?: string;
  /** What else can be wrong with a valid name of the right kind. */
  readonly verify?: (name: UnitName, piece: Piece, into: Reader) => Issue | undefined;
}

/** The podman that puts the service of a quadlet where [Unit] names the quadlet. */
const TRANSLATES = 5.5;

/** The kinds that have templates and instances. Follows unit_type_may_template(), systemd 257 to 262. */
const WITH_TEMPLATES: readonly UnitKind[] = ["service", "socket", "target", "timer", "path"];

const LONGEST = 255;

/** The name of one unit; the slot offers special units and whatever units the workspace and the machine have. */
export function unitTerm(options: UnitOptions): Term {
  const { kinds, templates, follows, verify } = options;
  const lookup = { kind: "units", ...(kinds ? { kinds } : {}) } as const;
  const fault = (code: Issue["code"], piece: Piece, wording: Wording, fixes?: readonly Replacement[]): Issue =>
    issueAt(piece, code, follows === undefined ? wording : { ...wording, consequence: follows }, fixes);
  return {
    form: kinds ? `the name of a \`.${kinds.join("` or `.")}\` unit` : "the name of a unit",
    read(piece, into) {
      const { from, to, text } = piece;
      into.slot(from, to, () => specialUnits(into, kinds), lookup);
      const name = parseUnitName(text);
      const quadlet = name || into.where.podman === undefined ? undefined : parseQuadletName(text);
      if (quadlet) {
        into.token(from, to, "unitName", () => ({ kind: "units", name: text }));
        const service = serviceOf(quadlet);
        if (into.where.podman === undefined || into.where.podman >= TRANSLATES) return undefined;
        const wording = about(piece, `is not translated to ${service} by podman before 5.5`);
        return fault("value/unit-name", piece, wording, change(piece, [service]));
      }
      if (!name) return fault("value/unit-name", piece, misnamed(piece), renamings(piece, into, options));
      into.token(from, to, "unitName", () => ({ kind: "units", name: text }));
      if (kinds && !kinds.includes(name.kind)) {
        const [only, ...others] = kinds;
        const fixes = only && others.length === 0 && !into.brief ? change(piece, [`${name.stem}.${only}`]) : [];
        return fault("value/unit-kind", piece, noValue(piece, `a .${kinds.join(" or .")} unit`), fixes);
      }
      if (name.instance !== undefined && templates !== "kept") {
        const message = misplaced(name, templates, into.where);
        if (message) return fault("value/unit-name", piece, about(piece, message));
      }
      return verify?.(name, piece, into);
    },
  };
}

/** What is wrong with a template or an instance. */
function misplaced(name: UnitName, templates: "filled" | "refused", where: Where): string | undefined {
  if (templates === "refused") return name.instance === "" ? "is a template without an instance" : undefined;
  if (!WITH_TEMPLATES.includes(name.kind)) return `has an instance, and a .${name.kind} unit has none`;
  return name.instance === "" && isTooLongFilled(name, where)
    ? `is longer than ${LONGEST} characters with its instance`
    : undefined;
}

/** What is put after the `@` is the instance of the unit, or all of its name where it has none. */
const isTooLongFilled = ({ full }: UnitName, { unit, certain }: Where): boolean =>
  certain && full.length + (unit.instance ?? unit.prefix).length > LONGEST;

function specialUnits({ where }: Reader, kinds: readonly UnitKind[] | undefined): Offer[] {
  return SPECIAL_UNITS[where.scope]
    .filter((it) => hasCome(it, where.version) && (!kinds || kinds.some((kind) => it.name.endsWith(`.${kind}`))))
    .map(({ name, summary }) => ({ text: name, summary, role: "unitName" }));
}

function misnamed(piece: Piece): Wording {
  const { text } = piece;
  if (text.length > LONGEST) return about(piece, `is longer than ${LONGEST} characters`);
  const suffix = text.slice(text.lastIndexOf(".") + 1);
  return UNIT_KINDS.some((it) => it === suffix) ? invalid(piece, "unit name") : about(piece, "has no unit suffix");
}

/** What may have been meant by a name that is none. */
function renamings(piece: Piece, into: Reader, { kinds, suffix = "service" }: UnitOptions): Replacement[] {
  const { text, exact } = piece;
  if (!exact || into.brief) return [];
  const bare = text.replace(/^(["'])(.*)\1$/, "$2");
  if (bare !== text && parseUnitName(bare)) return change(piece, [bare], "Remove the quotes");
  const dot = text.lastIndexOf(".");
  if (dot >= 0) {
    const meant = nearest(text.slice(dot + 1), kinds ?? UNIT_KINDS);
    return change(
      piece,
      meant.map((it) => `${text.slice(0, dot)}.${it}`),
    );
  }
  const special = kinds ? [] : SPECIAL_UNITS[into.where.scope].filter(({ name }) => name.startsWith(`${text}.`));
  const [only = suffix, ...others] = kinds ?? [];
  const added = special.length > 0 ? special.map(({ name }) => name) : others.length === 0 ? [`${text}.${only}`] : [];
  return change(piece, added);
}

const change = ({ from, to }: Piece, names: readonly string[], title?: string): Replacement[] =>
  names
    .filter((name) => parseUnitName(name))
    .map((name) => ({ title: title ?? `Change to ${name}`, from, to, text: name }));
