import type { UnitKind } from "../../../facts/unitKinds.ts";
import { holdsIn } from "../../../facts/version.ts";
import { list, single } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Piece, Reader } from "../../grammar.ts";
import type { UnitName } from "../../unitName.ts";
import { about, invalid } from "../../wording.ts";
import { unitTerm } from "./name.ts";

/**
 * Whether a name means the unit itself. Aliases are not known here, and of a template only its own name counts, as its
 * instance is put there instead.
 */
function isItself(name: UnitName, { where }: Reader): boolean {
  const { unit, certain } = where;
  if (name.kind !== unit.kind) return false;
  if (name.instance !== "") return certain && name.full === unit.full;
  if (unit.instance !== undefined) return name.prefix === unit.prefix;
  return false;
}

/** What is said of a name that is right, but has no effect here. */
type Advice = (name: UnitName, into: Reader) => Pick<Issue, "code" | "consequence" | "message" | "word"> | undefined;

const IGNORED = "systemd ignores this word";

/** Follows unit_maybe_warn_about_dependency(), systemd 257 to 262. */
const notItself: Advice = (name, into) =>
  isItself(name, into)
    ? { code: "value/unit-itself", ...about(name.full, "is the unit itself"), consequence: IGNORED }
    : undefined;

const notDevices: Advice = (name, into) =>
  name.kind === "device"
    ? {
        code: "value/unit-kind",
        ...about(name.full, "is a device, which cannot be ordered after other units"),
        consequence: IGNORED,
      }
    : notItself(name, into);

/** The kinds that cannot fail. Follows can_fail of the UnitVTable, systemd 257 to 262. */
const WITHOUT_FAILURE: readonly UnitKind[] = ["slice", "device"];

const ifItFails: Advice = (name, into) => {
  const { kind } = into.where;
  return WITHOUT_FAILURE.includes(kind)
    ? { code: "value/unit-kind", message: `has no effect here, as a .${kind} unit cannot fail` }
    : notItself(name, into);
};

/** Lists of units. What `advice` says is told by systemd without a line and harms nothing, so that it is no error. */
function dependencies(advice?: Advice, routine = "unit_deps"): Grammar {
  const verify = (name: UnitName, piece: Piece, into: Reader): undefined => {
    const problem = piece.certain ? advice?.(name, into) : undefined;
    if (problem) into.problem({ from: piece.from, to: piece.to, ...problem }, "silent");
  };
  return list(routine, unitTerm({ templates: "filled", verify }), {
    form: "a list of units",
    splitting: "retain-plain",
    specifiers: "name",
    empty: "nothing",
    effect: "word",
  });
}

/** Follows config_parse_trigger_unit(), systemd 257 to 262, which compares the names as they stand. */
function notTriggered(name: UnitName, { from, to }: Piece, into: Reader): Issue | undefined {
  return name.instance !== "" && isItself(name, into)
    ? { from, to, code: "value/unit-itself", ...about(name.full, "is the unit itself") }
    : undefined;
}

const SOCKET_SERVICE = single("socket_service", unitTerm({ kinds: ["service"], templates: "refused" }), {
  empty: "invalid",
  specifiers: "name",
  code: "value/unit-kind",
});

const SLICE = unitTerm({ kinds: ["slice"], templates: "filled" });

/** Dependencies between units, and the settings that name one other unit. */
export const DEPENDENCIES = {
  unitDeps: dependencies(),
  /** After=, Conflicts= and OnSuccess=, where systemd says so if a unit names itself; for other dependencies it does not. */
  unitDepsOnOthers: dependencies(notItself),
  /** Before=, which has no effect on devices. */
  unitDepsBefore: dependencies(notDevices),
  /** OnFailure=, which has no effect in units that cannot fail. */
  unitDepsOnFailure: dependencies(ifItFails),
  /** RequiresOverridable= and RequisiteOverridable=; that systemd complains about the name is what directive/old-name says. */
  obsoleteUnitDeps: dependencies(undefined, "obsolete_unit_deps"),

  unitSlice: {
    kind: "grammar",
    routine: "config_parse_unit_slice",
    form: SLICE.form,
    empty: "invalid",
    missing: { code: "value/unit-name", effect: "assignment" },
    read(value, into) {
      const { from, to } = value;
      const resolved = expand(value, "name", into);
      if (isIssue(resolved)) return into.problem(resolved, "assignment");
      const issue = SLICE.read(resolved, into);
      if (!resolved.certain) return undefined;
      if (issue) return into.problem(issue, "assignment");
      if (into.where.kind === "slice") {
        const message = "cannot be set for a slice, whose parent is given by its name";
        return into.problem({ from, to, code: "value/unit-kind", message }, "assignment");
      }
      if (!isSlice(resolved.text)) {
        const wording = { ...invalid(resolved, "slice name"), allowed: "dashes only between the parts" };
        return into.problem({ from, to, code: "value/unit-name", ...wording }, "silent");
      }
      return undefined;
    },
  },

  triggerUnit: single("trigger_unit", unitTerm({ templates: "filled", verify: notTriggered }), {
    empty: "invalid",
    specifiers: "name",
    code: "value/unit-name",
  }),

  socketService: {
    ...SOCKET_SERVICE,
    read: (value, into) =>
      SOCKET_SERVICE.read(value, {
        ...into,
        problem: (issue) => into.problem(issue, holdsIn(REFUSED, into.where.version) ? "refused" : "assignment"),
      }),
  },

  serviceSockets: list("service_sockets", unitTerm({ kinds: ["socket"], templates: "filled" }), {
    form: "a list of `.socket` units",
    splitting: "plain",
    specifiers: "name",
    empty: "nothing",
    effect: "word",
  }),
} as const satisfies Record<string, Grammar>;

/** Until when systemd refuses a socket for a wrong service. */
const REFUSED = { until: 247 };

/** Follows slice_name_is_valid(), systemd 257 to 262. */
const isSlice = (name: string): boolean => name === "-.slice" || !/^-|--|-\.slice$/.test(name);
