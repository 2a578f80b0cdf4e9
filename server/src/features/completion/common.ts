import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive, DirectiveName } from "../../catalog/catalog.ts";
import { commonValues, valuesLeftOut } from "../../catalog/commonValues.ts";
import { assignmentsOf, mergedAssignments, type Unit } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import { parseQuadletName } from "../../values/quadletName.ts";
import type { World } from "../world.ts";
import { type Choice, RANKS } from "./choice.ts";

/**
 * Puts first what a directive mostly has. Where nothing is typed yet, at `emptyAt`, it adds what the grammar does not name:
 * times, numbers, the name of the unit itself.
 */
export function withCommon(
  unit: Unit,
  known: Directive,
  choices: readonly Choice[],
  world: World,
  emptyAt: number | undefined,
): Choice[] {
  const common = [...fitting(unit, known, world), ...commonValues(known.name, whereOf(unit))];
  const places = new Map(common.map((text, i) => [text, RANKS.common + i / 100]));
  const ranked = choices.map((it) => {
    const rank = places.get(it.text);
    return rank === undefined || rank > it.rank ? it : { ...it, rank };
  });
  if (emptyAt === undefined) return ranked;
  const named = new Set(choices.map((it) => it.text));
  const own = ownName(unit);
  return [
    ...ranked,
    ...common.flatMap((text) =>
      named.has(text)
        ? []
        : [{ ...starter(text, emptyAt, places), ...(text === own ? { remark: "named after the unit" } : {}) }],
    ),
  ];
}

/** Puts first what lists leave out, and last what lists without a `~` begin with: nobody leaves that out. */
export function withLeftOut(unit: Unit, { name }: Directive, choices: readonly Choice[]): Choice[] {
  const leftOut = valuesLeftOut(name);
  const common = commonValues(name, whereOf(unit));
  return choices.map((it) => {
    const place = leftOut.indexOf(it.text);
    if (place >= 0) return { ...it, rank: RANKS.common + place / 100 };
    return leftOut.length > 0 && common.includes(it.text) ? { ...it, rank: RANKS.signs } : it;
  });
}

/** A number that was begun must not become another one by Enter, so that it is offered for the empty value alone. */
const starter = (text: string, at: number, places: ReadonlyMap<string, number>): Choice => ({
  text,
  ...(/^[-+*]?\d/.test(text) ? { filter: "" } : {}),
  kind: CompletionItemKind.Value,
  from: at,
  to: at,
  rank: places.get(text) ?? RANKS.offered,
});

/** What the rest of the unit and its neighbours speak for. */
function fitting(unit: Unit, { name, section }: Directive, world: World): readonly string[] {
  const has = (key: DirectiveName): boolean => assignmentsOf(unit, section, key).some((it) => it.value.text !== "");
  const own = ownName(unit);
  switch (name) {
    case "Type":
      if (section !== "Service") return [];
      if (has("BusName")) return ["dbus"];
      if (has("PIDFile")) return ["forking"];
      if (has("RemainAfterExit") || assignmentsOf(unit, section, "ExecStart").length > 1) return ["oneshot"];
      if (has("WatchdogSec") || has("NotifyAccess")) return ["notify"];
      return own !== undefined && world.units(["timer"]).some((it) => it.name === `${own}.timer`) ? ["oneshot"] : [];
    case "Group":
      return [
        ...mergedAssignments(unit, section, "User").flatMap((it) => it.value.text.trim() || []),
        ...(own ? [own] : []),
      ];
    case "User":
    case "StateDirectory":
    case "CacheDirectory":
    case "LogsDirectory":
    case "ConfigurationDirectory":
    case "RuntimeDirectory":
    case "SyslogIdentifier":
      return own === undefined ? [] : [own];
    case "PIDFile":
      return own === undefined ? [] : [`/run/${own}.pid`];
    case "EnvironmentFile":
      return own === undefined ? [] : [`/etc/default/${own}`];
    default:
      return [];
  }
}

/** The name of the unit up to an `@`, where it may be that of an account or a folder as well. */
export function ownName({ path, ...unit }: Unit): string | undefined {
  if (path.name === undefined) return undefined;
  const { prefix } = parseQuadletName(path.name) ?? whereOf({ path, ...unit }).unit;
  return /^[a-z_][a-z0-9_-]{0,30}$/.test(prefix) ? prefix : undefined;
}
