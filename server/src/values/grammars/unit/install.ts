import { list, single } from "../../combine.ts";
import type { Grammar, Issue, Piece, Reader, Term } from "../../grammar.ts";
import { spellAs } from "../../oneOf.ts";
import { parseUnitName } from "../../unitName.ts";
import { about } from "../../wording.ts";
import { unitTerm } from "./name.ts";

/** The manager does not read these settings: what follows comes from systemctl when it enables the unit. */
const FAILS = "systemctl cannot enable the unit";

const TARGET = unitTerm({ templates: "kept", suffix: "target", follows: FAILS });
const ALSO = unitTerm({ templates: "kept", follows: FAILS });
const NAME = unitTerm({ templates: "kept", follows: FAILS });

/** The kinds that may have aliases. Follows unit_type_may_alias(), systemd 257 to 262. */
const WITH_ALIASES = ["service", "socket", "target", "device", "timer", "path"];

/** Follows unit_file_verify_alias() and unit_validate_alias_symlink_or_warn(), systemd 257. */
const ALIAS: Term = {
  form: "a name of the same type",
  read(piece, into) {
    const { from, to, text } = piece;
    const { kind, unit, certain } = into.where;
    if (text.includes("/")) return linkIssue(piece, into);
    const issue = NAME.read(piece, into);
    if (issue) return issue;
    const alias = parseUnitName(text);
    const message = !alias
      ? undefined
      : alias.kind !== kind
        ? `does not end in .${kind}, as all aliases of a .${kind} unit do`
        : alias.instance === undefined && unit.instance !== undefined
          ? "needs an @, as an alias of a template or an instance"
          : alias.instance !== undefined && unit.instance === undefined && certain
            ? "has an @, as only aliases of a template or an instance have"
            : undefined;
    if (!alias || message === undefined) return undefined;
    const fixes = alias.kind !== kind && piece.exact && !into.brief ? [spellAs(piece, `${alias.stem}.${kind}`)] : [];
    return { from, to, code: "value/alias", ...about(piece, message), consequence: FAILS, fixes };
  },
};

/** An alias may also be a link in the folder of another unit, as before there was WantedBy=. */
function linkIssue(piece: Piece, into: Reader): Issue | undefined {
  const { from, to, text } = piece;
  const [, unit = "", name = ""] = /^([^/]+)\.(?:wants|requires|upholds)\/([^/]+)$/.exec(text) ?? [];
  if (parseUnitName(unit) && parseUnitName(name)?.kind === into.where.kind) {
    into.token(from, to, "unitName", () => ({ kind: "units", name: unit }));
    return undefined;
  }
  const wording = about(piece, "is neither a unit name nor a link in the directory of a unit");
  return { from, to, code: "value/alias", ...wording, consequence: FAILS };
}

const aliases = list("alias", ALIAS, {
  form: "a list of unit names of the same type",
  splitting: "retain",
  specifiers: "name",
  empty: "reset",
  effect: "silent",
  broken: "silent",
});

/** Follows unit_instance_is_valid() and config_parse_default_instance(), systemd 257 to 262. */
const INSTANCE: Term = {
  form: "the instance that enabling the template takes",
  read(piece, into) {
    const { from, to, text } = piece;
    const { unit, certain } = into.where;
    if (certain && unit.instance === undefined)
      return { from, to, code: "value/default-instance", message: "has no effect in a unit that is not a template" };
    if (!/^[A-Za-z0-9:\-_.\\@]+$/.test(text)) {
      const wording = about(piece, "is not a valid instance name");
      return { from, to, code: "value/default-instance", ...wording, consequence: FAILS };
    }
    into.token(from, to, "name");
    return undefined;
  },
};

/** [Install], which only systemctl reads. Follows src/shared/install.c, systemd 257. */
export const INSTALLATION = {
  installUnits: list("strv", TARGET, {
    form: "a list of units",
    splitting: "retain",
    specifiers: "name",
    empty: "reset",
    effect: "silent",
    broken: "silent",
  }),

  installAlias: {
    ...aliases,
    read(value, into) {
      const { kind } = into.where;
      if (WITH_ALIASES.includes(kind)) return aliases.read(value, into);
      const { from, to } = value;
      const message = `is ignored, as a .${kind} unit has no aliases`;
      return into.problem({ from, to, code: "value/alias", message }, "silent");
    },
  },

  installAlso: list("also", ALSO, {
    form: "a list of units",
    splitting: "plain",
    specifiers: "name",
    empty: "nothing",
    effect: "silent",
    broken: "silent",
  }),

  installDefaultInstance: single("default_instance", INSTANCE, {
    specifiers: "name",
    empty: "unset",
    effect: "silent",
  }),
} as const satisfies Record<string, Grammar>;
