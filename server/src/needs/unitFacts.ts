import type { DirectiveName } from "../catalog/catalog.ts";
import { delegates, type Facts, RUNTIME_VARIABLE, sharesMounts } from "../service/facts.ts";
import { DEVICE, DEVICE_GROUPS } from "../service/hardware.ts";
import { isOfKind, type Kind } from "../service/kinds.ts";
import { anyPort } from "../service/ports.ts";
import { COMMAND_SETTINGS } from "../service/program.ts";
import { firstMatch, inForce, setting, textOf, words } from "../service/settings.ts";
import { TOOL_NAMES } from "../service/toolNames.ts";
import type { Assignment } from "../syntax/tree.ts";
import { memo } from "../units/memo.ts";
import { isWithin } from "../values/path.ts";
import type { NeedFact } from "./fact.ts";
import { HOMES } from "./homeFolders.ts";
import { NEEDS, type NeedName } from "./vocabulary.ts";

/** What a unit shows that its service needs, with the line that shows it. */
export interface UnitFact extends NeedFact {
  readonly says: "needs";
  readonly source: "unit";
  /** The line, of whichever file of the unit. */
  readonly node: Assignment | undefined;
}

/** What a unit says by itself that its service needs: not what is likely, but what its settings and commands are there for. */
export const unitFacts: (facts: Facts) => readonly UnitFact[] = memo((facts: Facts) =>
  SIGNS.flatMap(({ need, seen }) => {
    const found = seen(facts);
    if (!found) return [];
    const node = inForce(facts.unit, found.setting).findLast((it) => it.text.includes(found.word)) ?? undefined;
    return [{ need, says: "needs", source: "unit", reason: reasonOf(found), node } as const];
  }),
);

/** A setting of the unit, and the word in it that shows a need; an empty one where the setting itself does. */
interface SeenWord {
  readonly setting: DirectiveName;
  readonly word: string;
}

const reasonOf = ({ setting: name, word }: SeenWord): string =>
  COMMANDS.has(name) ? `its command names ${word}` : `${name}=${word === "" ? " is set" : ` names ${word}`}`;

const COMMANDS: ReadonlySet<string> = new Set(COMMAND_SETTINGS);

interface Sign {
  readonly need: NeedName;
  readonly seen: (facts: Facts) => SeenWord | undefined;
}

/** The first word of some lists that a test holds for. */
function firstWord(
  facts: Facts,
  names: readonly DirectiveName[],
  test: (word: string) => boolean,
): SeenWord | undefined {
  for (const name of names) {
    const word = words(facts.unit, name).find(test);
    if (word !== undefined) return { setting: name, word };
  }
  return undefined;
}

/** A program that a command runs, by any of its names. */
function program(facts: Facts, names: RegExp): SeenWord | undefined {
  for (const { setting: name, names: all } of facts.programs) {
    const word = all.find((it) => names.test(it));
    if (word !== undefined) return { setting: name, word };
  }
  return undefined;
}

/** A program of a kind, by the name that a command runs it under. */
function ofKind(facts: Facts, kind: Kind): SeenWord | undefined {
  for (const { setting: name, names } of facts.programs) {
    const word = names.find((it) => isOfKind(it, kind));
    if (word !== undefined) return { setting: name, word };
  }
  return undefined;
}

/** A word of a command or a path of some lists. */
function path(facts: Facts, test: (path: string) => boolean): SeenWord | undefined {
  for (const { setting: name, path: own, args } of facts.programs) {
    const word = [own, ...args].find(test);
    if (word !== undefined) return { setting: name, word };
  }
  return firstWord(facts, PATH_LISTS, (it) => test(it.replace(/^[-+]*/, "").replace(/:.*$/s, "")));
}

const PATH_LISTS = ["ReadWritePaths", "BindPaths", "BindReadOnlyPaths", "WorkingDirectory"] as const;

const isSet = (facts: Facts, name: DirectiveName): SeenWord | undefined =>
  textOf(facts.unit, name) === undefined ? undefined : { setting: name, word: "" };

/** A capability that the unit grants, which some need takes. */
const capabilitySigns: readonly Sign[] = NEEDS.flatMap(({ name, signs }) =>
  (signs?.capabilities ?? []).map((capability) => ({
    need: name,
    seen: (facts: Facts) => firstWord(facts, ["AmbientCapabilities"], (it) => it.toUpperCase() === capability),
  })),
);

const SIGNS: readonly Sign[] = [
  {
    need: "hardware",
    seen: (facts) => firstWord(facts, ["DeviceAllow"], (it) => DEVICE.test(it) || /^(?:char|block)-/.test(it)),
  },
  {
    need: "hardware",
    seen: (facts) => firstWord(facts, ["SupplementaryGroups", "Group"], (it) => DEVICE_GROUPS.test(it)),
  },
  { need: "hardware", seen: (facts) => path(facts, (it) => DEVICE.test(it)) },
  {
    need: "privileged-programs",
    seen: (facts) =>
      program(facts, TOOL_NAMES.becoming) ?? program(facts, TOOL_NAMES.pinging) ?? program(facts, TOOL_NAMES.gaining),
  },
  { need: "privileged-programs", seen: (facts) => isSet(facts, "PAMName") },
  { need: "homes", seen: (facts) => path(facts, (it) => HOMES.some((home) => isWithin(it, home)) || /^-?~$/.test(it)) },
  { need: "shared-tmp", seen: (facts) => isSet(facts, "JoinsNamespaceOf") },
  { need: "namespaces", seen: (facts) => program(facts, TOOL_NAMES.parting) ?? ofKind(facts, "containers") },
  { need: "mounts", seen: (facts) => program(facts, /^u?mount(?:\.\w+)?$/) },
  { need: "mounts", seen: ({ unit }) => (sharesMounts(unit) ? { setting: "MountFlags", word: "" } : undefined) },
  {
    need: "kernel-settings",
    seen: (facts) => path(facts, (it) => /^\/(?:proc\/(?:sys|irq)|sys)\/./.test(it)) ?? program(facts, /^sysctl$/),
  },
  { need: "kernel-modules", seen: (facts) => program(facts, /^(?:modprobe|insmod|rmmod)$/) },
  { need: "kernel-log", seen: (facts) => program(facts, TOOL_NAMES.logging) },
  { need: "host-name", seen: (facts) => program(facts, TOOL_NAMES.naming) },
  { need: "control-groups", seen: ({ unit }) => (delegates(unit) ? { setting: "Delegate", word: "" } : undefined) },
  {
    need: "compiled-code",
    seen: (facts) => ofKind(facts, "jit") ?? runtimeVariable(facts),
  },
  { need: "network", seen: ({ programs }) => port(anyPort(programs)) },
  { need: "ports", seen: ({ programs }) => port(anyPort(programs)) },
  {
    need: "realtime",
    seen: ({ unit }) =>
      /^(?:fifo|rr)$/.test(setting(unit, "CPUSchedulingPolicy")?.value ?? "")
        ? { setting: "CPUSchedulingPolicy", word: "" }
        : undefined,
  },
  { need: "realtime", seen: (facts) => isSet(facts, "LimitRTPRIO") ?? program(facts, TOOL_NAMES.scheduling) },
  { need: "foreign-programs", seen: (facts) => isSet(facts, "Personality") },
  ...capabilitySigns,
];

const port = (number: number | undefined): SeenWord | undefined =>
  number === undefined ? undefined : { setting: "ExecStart", word: String(number) };

/** The variable of a runtime that compiles, without its value. */
function runtimeVariable(facts: Facts): SeenWord | undefined {
  const found = firstMatch(words(facts.unit, "Environment"), RUNTIME_VARIABLE);
  return found === undefined ? undefined : { setting: "Environment", word: found.replace(/=.*/s, "") };
}
