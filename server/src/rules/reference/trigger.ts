import type { SectionName } from "../../catalog/sections.ts";
import { KIND_FACTS } from "../../families/unitFiles/kinds.ts";
import { insertAfter, insertIntoSection } from "../../findings/edits.ts";
import type { Fix } from "../../findings/finding.ts";
import { lastOf, ownHeader } from "../../findings/findingPlace.ts";
import { mayBeThere, ownTree, seesAll } from "../../findings/named.ts";
import type { Found, Rule, UnitContext } from "../../findings/rule.ts";
import { nearestEnding } from "../../text/nearest.ts";
import type { Span } from "../../text/span.ts";
import { nearestTree } from "../../units/index/nearestTree.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { mayStart } from "./firstStart.ts";
import { slip } from "./near.ts";

/**
 * Follows timer_add_trigger_dependencies(), path_add_trigger_dependencies() and socket_load_service_unit(), systemd 257 to
 * 262; seen with 257: `systemctl start` refuses each of them.
 */
export const nothingToStart: Rule = {
  code: "reference/nothing-to-start",
  *check(unit, context) {
    const { kind, name, role } = unit.path;
    if (!context || role !== "unit" || name === undefined) return;
    if (kind === "socket") yield* socket(unit, name, context);
    else if (kind === "timer" || kind === "path") yield* trigger(unit, name, context, kind);
  },
};

function* trigger(unit: Unit, name: string, context: UnitContext, kind: "timer" | "path"): Iterable<Found> {
  const { section } = KIND_FACTS[kind];
  if (mergedAssignments(unit, section, "Unit").some((it) => it.text !== "")) {
    yield* named(unit, context, "Unit", `this ${kind}`);
    return;
  }
  const wanted = `${name.slice(0, -kind.length - 1)}.service`;
  if (mayBeThere(context, wanted)) return;
  const meant = slip(context, wanted, name) ?? idleService(context, name);
  if (meant === undefined && !seesAll(context)) return;
  yield {
    ...ownHeader(unit),
    severity: "warning",
    message: `Missing ${wanted}, which this ${kind} starts by default${nearestEnding(meant, `systemd refuses to start the ${kind}`)}`,
    fixes: meant === undefined ? [] : [naming(unit, section, `Unit=${meant}`)],
  };
}

const naming = (unit: Unit, section: SectionName, line: string): Fix => ({
  title: `Add ${line}`,
  safe: false,
  edits: () => [insertIntoSection(unit, section, [line])],
});

function* socket(unit: Unit, name: string, context: UnitContext): Iterable<Found> {
  const parsed = parseUnitName(name);
  const accept = mergedAssignments(unit, "Socket", "Accept").at(-1);
  const accepts = parseBoolean(accept?.text ?? "") === true;
  if (!parsed) return;
  if (!accepts && mergedAssignments(unit, "Socket", "Service").some((it) => it.text !== "")) {
    yield* named(unit, context, "Service", "this socket");
    return;
  }
  const template = `${parsed.prefix}@.service`;
  const single = `${parsed.stem}.service`;
  const [wanted, other] = accepts ? [template, single] : [single, template];
  if (mayBeThere(context, wanted) || parsed.instance !== undefined) return;
  const mixed = isBeside(context, other);
  const meant = accepts || mixed ? undefined : (slip(context, wanted, name) ?? idleService(context, name));
  if (!mixed && meant === undefined && !seesAll(context)) return;
  const place = lastOf(unit, ["Accept"])?.valueSpan ?? ownHeader(unit);
  const message = accepts
    ? `Accept=yes starts an instance of ${template} for each connection, and there is ${mixed ? `only ${other}` : "none"}: every connection fails`
    : mixed
      ? `Missing ${single}, which this socket starts; ${template} exists, which needs Accept=yes: ${REFUSED}`
      : `Missing ${single}, which this socket starts${nearestEnding(meant, REFUSED)}`;
  const directive = accepts ? { directive: "Accept" } : {};
  const fixes = mixed
    ? [acceptFix(unit, accepts)]
    : meant === undefined
      ? []
      : [naming(unit, "Socket", `Service=${meant}`)];
  yield { ...place, severity: "warning", message, ...directive, fixes };
}

const REFUSED = "systemd refuses to start the socket";

function acceptFix(unit: Unit, accepts: boolean): Fix {
  const value = accepts ? "no" : "yes";
  const node = lastOf(unit, ["Accept"]);
  const listen = lastOf(unit, ["ListenStream", "ListenSequentialPacket"]);
  const line = `Accept=${value}`;
  return {
    title: node ? `Change to ${line}` : `Add ${line}`,
    safe: false,
    edits: () =>
      node
        ? [{ ...node.valueSpan, newText: value }]
        : [listen ? insertAfter(unit.file, listen, [line]) : insertIntoSection(unit, "Socket", [line])],
  };
}

/** What Unit= or Service= names; a slip of the name is told by another rule. */
function* named(unit: Unit, context: UnitContext, name: "Unit" | "Service", who: string): Iterable<Found> {
  const node = lastOf(unit, [name]);
  const wanted = node?.text ?? "";
  if (!node || wanted.includes("%") || !parseUnitName(wanted)) return;
  const own = name === "Unit" ? idleService(context, fileName(context)) : undefined;
  if (own === undefined && !seesAll(context)) return;
  if (
    mayBeThere(context, wanted) ||
    slip(context, wanted, context.path.slice(context.path.lastIndexOf("/") + 1)) !== undefined
  )
    return;
  const message = `${name}= names ${wanted}, but no such unit exists${nearestEnding(own, `systemd refuses to start ${who}`)}`;
  yield {
    ...node.valueSpan,
    severity: "warning",
    message,
    directive: name,
    fixes: own === undefined ? [] : [renamed(node.valueSpan, own)],
  };
}

const renamed = (span: Span, newText: string): Fix => ({
  title: `Change to ${newText}`,
  safe: false,
  edits: () => [{ start: span.start, end: span.end, newText }],
});

const fileName = ({ path }: UnitContext): string => path.slice(path.lastIndexOf("/") + 1);

/**
 * The only service next to a timer, path or socket that nothing starts, so that it is surely the one that is meant. Of a whole system
 * nothing is surely meant: there services are started by hand.
 */
function idleService(context: UnitContext, name: string): string | undefined {
  const units = [...(ownTree(context)?.units.keys() ?? [])];
  if (seesAll(context) || units.length > MOST_UNITS) return undefined;
  const idle = units.filter((it) => it.endsWith(".service") && !it.includes("@") && !mayStart(context, it, name));
  return idle.length === 1 ? idle[0] : undefined;
}

/** In a larger folder units of several programs lie. */
const MOST_UNITS = 10;

const isBeside = ({ index, path }: UnitContext, name: string): boolean => nearestTree(index, name, path) !== undefined;
