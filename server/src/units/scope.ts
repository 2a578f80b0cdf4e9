import { directive } from "../catalog/catalog.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import type { ScopeReason } from "../families/unitFiles/scopeFolders.ts";
import type { UnitFile } from "../syntax/tree.ts";
import { parseBoolean } from "../values/boolean.ts";
import { byDirective } from "./byDirective.ts";
import { memo } from "./memo.ts";

/** What a reader may want: to be judged for one manager, or for the one that a file is written for. */
export type WantedScope = "auto" | "system" | "user";

/** Whose manager a text is judged for, whose place does not say it. */
export function reasonFor(file: UnitFile, wanted: WantedScope): ScopeReason {
  if (wanted !== "auto") return { scope: wanted, from: "asked", because: [] };
  const found = SIGNS.some((it) => file.text.includes(it)) ? writtenFor(file) : undefined;
  return found ? { ...found, from: "text" } : { scope: "system", from: "default", because: [] };
}

/** Whose manager a text is written for, and what in it says so. */
export interface WrittenFor {
  readonly scope: "system" | "user";
  /** The lines that say it, such as `User=` or `WantedBy=default.target`. */
  readonly because: readonly string[];
}

const namesOf = (scope: "system" | "user"): ReadonlySet<string> => new Set(SPECIAL_UNITS[scope].map((it) => it.name));
const [OF_SYSTEM, OF_USER] = [namesOf("system"), namesOf("user")];
const isSystemOnly = (name: string): boolean => OF_SYSTEM.has(name) && !OF_USER.has(name);
const isUserOnly = (name: string): boolean => OF_USER.has(name) && !OF_SYSTEM.has(name);

/** Without one of these nothing is written for users; most units have none, and need not be looked at. */
const SIGNS = ["%h", "%t", "User=!", "User=|!", "default.target", ...[...OF_USER].filter(isUserOnly)];

/** What only the system's manager can do, where it is set to anything. */
const OF_ROOT = [
  ...["User", "Group", "SupplementaryGroups", "PAMName", "AmbientCapabilities", "CapabilityBoundingSet"],
  ...["SocketUser", "SocketGroup", "UtmpIdentifier", "TTYPath"],
];
const INSTALL = ["WantedBy", "RequiredBy", "UpheldBy"];
const DEPENDENCIES = ["After", "Before", "Wants", "Requires", "Requisite", "BindsTo", "PartOf", "Upholds"];

/**
 * Whose manager a text is written for; undefined where it does not tell. Units of the system are never taken for units of a
 * user: what speaks for the system wins, and `WantedBy=default.target`, which both have, counts with a second sign alone or
 * where nothing else places the unit.
 */
export const writtenFor = memo((file: UnitFile): WrittenFor | undefined => {
  const values = valuesIn(file);
  const system = forSystem(values);
  if (system.length > 0) return { scope: "system", because: system };
  const user = forUser(values);
  return user.length > 0 ? { scope: "user", because: user } : undefined;
});

type Values = ReadonlyMap<string, readonly string[]>;

/** The values of each directive as they are written, without empty ones. */
function valuesIn(file: UnitFile): Values {
  const values = new Map<string, string[]>();
  for (const section of file.sections)
    for (const [name, nodes] of byDirective(section))
      values.set(name, [...(values.get(name) ?? []), ...nodes.map((it) => it.text).filter((it) => it !== "")]);
  return values;
}

const wordsSetTo = (values: Values, name: string): string[] =>
  (values.get(name) ?? []).flatMap((it) => it.split(/\s+/));

function named(values: Values, directives: readonly string[], isMeant: (name: string) => boolean): string[] {
  return directives.flatMap((name) =>
    wordsSetTo(values, name)
      .filter(isMeant)
      .map((it) => `${name}=${it}`),
  );
}

function forSystem(values: Values): string[] {
  return [
    ...OF_ROOT.filter((it) => (values.get(it) ?? []).length > 0).map((it) => `${it}=`),
    ...(values.get("DynamicUser")?.some((it) => parseBoolean(it) === true) ? ["DynamicUser="] : []),
    ...named(values, INSTALL, isSystemOnly),
  ];
}

function forUser(values: Values): string[] {
  const isNotRoot = (it: string): boolean => /^\|?!(?:root|0|@system)$/.test(it);
  const certain = [
    ...named(values, [...INSTALL, ...DEPENDENCIES], isUserOnly),
    ...named(values, ["Slice"], isUserOnly),
    ...named(values, ["ConditionUser", "AssertUser"], isNotRoot),
  ];
  if (certain.length > 0) return certain;
  const isDefault = named(values, INSTALL, (it) => it === "default.target").slice(0, 1);
  const home = specifiers(values, "h");
  const runtime = specifiers(values, "t");
  const listens = runtime.filter((it) => it.includes(" in Listen"));
  const isOrdered = named(values, DEPENDENCIES, isSystemOnly).length > 0;
  if (home.length > 0 && !isOrdered) return [...isDefault, ...home.slice(0, 1)];
  if (isDefault.length > 0 && (home.length > 0 || runtime.length > 0)) return [...isDefault, ...runtime.slice(0, 1)];
  if (isDefault.length > 0 && !isOrdered && !touchesSystem(values)) return [...isDefault, "no User="];
  return isOrdered ? [] : listens.slice(0, 1);
}

const OF_MACHINE =
  /(?:^|[\s=:"'])\/(?:(?:usr\/)?(?:local\/)?sbin|var|run|sys|boot|root|dev\/(?!null|zero|u?random|shm))\//;

/** Whether it sets what managers of users cannot, or names places of the machine: weak signs, as users try both. */
function touchesSystem(values: Values): boolean {
  return [...values].some(
    ([name, all]) => all.length > 0 && (needsPrivileges(name) || all.some((it) => OF_MACHINE.test(it))),
  );
}

const needsPrivileges = (name: string): boolean => directive("Service", name)?.scope !== undefined;

/** The first directive of each value in which a specifier stands. */
function specifiers(values: Values, letter: string): string[] {
  const found = new RegExp(`^(?:[^%]|%[^${letter}])*%${letter}`);
  return [...values].flatMap(([name, all]) => (all.some((it) => found.test(it)) ? [`%${letter} in ${name}=`] : []));
}
