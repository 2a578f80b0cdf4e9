import type { DirectiveName } from "../../catalog/catalog.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import type { Rule } from "../../findings/rule.ts";
import { isOwn } from "../../service/linePlaces.ts";
import { mainCommands } from "../../service/mainCommand.ts";
import { bytesOf } from "../../service/quantities.ts";
import { readSections, type Unit } from "../../units/unit.ts";
import { removal } from "../removal.ts";

/** A time span or two, the soft and the hard limit; what is none has its own finding. */
const A_SPAN = /^[\d.]+(?:[mu\u00b5n]?s|sec|m|min|hr?|d)?(?::[\d.]+(?:[mu\u00b5n]?s|sec|m|min|hr?|d)?)?$/;

/** Seen with 257: SIGKILL after a second of work. */
const cpuTime: Rule = {
  code: "unit/cpu-time",
  needs: ["LimitCPU"],
  *check(unit) {
    const [main] = mainCommands(unit);
    const node = lastOf(unit, ["LimitCPU"]);
    if (!main || !node || main.type === "oneshot" || !A_SPAN.test(node.text)) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `LimitCPU=${node.text} is CPU time in seconds over the whole life: the service is killed after so much work; CPUQuota= limits its share`,
      directive: "LimitCPU",
      fixes: [
        {
          title: "Replace with CPUQuota=100%",
          safe: false,
          edits: () => [{ start: node.keySpan.start, end: node.valueSpan.end, newText: "CPUQuota=100%" }],
        },
      ],
    };
  },
};

/** Lower limits that a higher one makes useless, and which is which. */
const PAIRS: readonly (readonly [DirectiveName, DirectiveName, string])[] = [
  ["MemoryHigh", "MemoryMax", "the service is killed for lack of memory before it is throttled"],
  ["MemoryLow", "MemoryMax", "no more than that is ever used"],
  ["MemoryMin", "MemoryMax", "no more than that is ever used"],
];

const memoryOrder: Rule = {
  code: "unit/memory-order",
  needs: ["MemoryMax"],
  *check(unit) {
    const section = readSections(unit).find(({ name }) => CONTROLLED.has(name))?.name ?? "Service";
    const max = bytesOf(unit, section, "MemoryMax");
    if (unit.path.role !== "unit" || max === undefined || max === Number.POSITIVE_INFINITY) return;
    for (const [low, high, then] of PAIRS) {
      const node = lastOf(unit, [low]);
      const value = node && bytesOf(unit, section, low);
      if (
        !node ||
        value === undefined ||
        value === Number.POSITIVE_INFINITY ||
        value < max ||
        (value === max && low !== "MemoryHigh")
      )
        continue;
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: `${low}=${node.text} is not below ${high}=: ${then}`,
        directive: low,
        fixes: [removal(unit, low, false)],
      };
    }
  },
};

const CONTROLLED: ReadonlySet<string> = new Set(["Service", "Slice", "Socket", "Mount", "Swap", "Scope"]);

/** Limits that the root control group does not have. */
const NOT_AT_ROOT = [
  "CPUQuota",
  "CPUWeight",
  "MemoryMax",
  "MemoryHigh",
  "MemoryLow",
  "MemoryMin",
  "MemorySwapMax",
  "IOWeight",
] as const satisfies readonly DirectiveName[];

/** Seen with 257: the root control group has no such file. */
const rootSlice: Rule = {
  code: "unit/root-slice",
  needs: NOT_AT_ROOT,
  *check(unit) {
    if (unit.path.kind !== "slice" || !isRoot(unit)) return;
    for (const name of NOT_AT_ROOT) {
      const node = lastOf(unit, [name]);
      if (!node || !isOwn(unit, node)) continue;
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: `${name}= has no effect: the root control group has no such limit; set it on system.slice and user.slice`,
        directive: name,
        fixes: [removal(unit, name, false)],
      };
    }
  },
};

const isRoot = ({ path }: Unit): boolean => path.name === "-.slice";

/** Limits that limit something else than they seem to, or nothing. */
export const MISTAKEN_LIMITS: readonly Rule[] = [cpuTime, memoryOrder, rootSlice];
