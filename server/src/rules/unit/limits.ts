import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Fix } from "../../findings/finding.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { mainCommands } from "../../service/mainCommand.ts";
import { bytesOf } from "../../service/quantities.ts";
import { baseNameOf, runsAsUser } from "../../service/userCommands.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { largest } from "../../text/extremes.ts";
import type { Unit } from "../../units/unit.ts";
import { parseSize } from "../../values/size.ts";
import { MISTAKEN_LIMITS } from "./mistakenLimits.ts";

const GIB = 1024 ** 3;

/** Seen with 257: "Failed to reserve virtual memory", "unable to create native thread". */
const tightLimit: Rule = {
  code: "unit/tight-limit",
  needs: ["LimitAS", "LimitNPROC", "TasksMax", "LimitNOFILE", "MemoryMax"],
  *check(unit) {
    const [main] = mainCommands(unit);
    if (!main) return;
    const { row, program, args } = main.start;
    const name = baseNameOf(program);
    for (const { directive, most, text, change } of NEEDS) {
      const node = lastOf(unit, [directive]);
      const limit = node && bytesOf(unit, "Service", directive);
      const need = limit === undefined ? undefined : most(unit, row ?? {}, args);
      if (!node || limit === undefined || need === undefined || limit >= need.warn) continue;
      yield {
        ...node.valueSpan,
        severity: limit < need.sure ? "warning" : "info",
        message: `${directive}=${node.text} ${text(name, need.by)}`,
        directive,
        fixes: [change(unit, node, need.warn)],
      };
    }
  },
};

type RowNeeds = Partial<
  Pick<NonNullable<ReturnType<typeof mainCommands>[number]["start"]["row"]>, "threads" | "space" | "files">
>;

interface Need {
  readonly directive: "LimitAS" | "LimitNPROC" | "TasksMax" | "LimitNOFILE" | "MemoryMax";
  /** Below `sure` it surely fails, below `warn` it may. */
  readonly most: (
    unit: Unit,
    row: RowNeeds,
    args: readonly string[],
  ) => { readonly sure: number; readonly warn: number; readonly by?: string } | undefined;
  readonly text: (name: string, by: string | undefined) => string;
  readonly change: (unit: Unit, node: Assignment, enough: number) => Fix;
}

const setTo =
  (value: (enough: number) => string) =>
  (_: Unit, node: Assignment, enough: number): Fix => ({
    title: `Change to ${node.key}=${value(enough)}`,
    safe: false,
    edits: () => [{ ...node.valueSpan, newText: value(enough) }],
  });

const instead =
  (directive: DirectiveName) =>
  (_: Unit, node: Assignment): Fix => ({
    title: `Replace with ${directive}=${node.text}`,
    safe: false,
    edits: () => [{ start: node.keySpan.start, end: node.valueSpan.end, newText: `${directive}=${node.text}` }],
  });

/** So many times what a runtime starts with is room for an application in it. */
const ROOM = 3;
const THREADS = /^(?:-t|--?(?:[\w-]{1,20}-)?(?:threads|workers|processes|jobs|concurrency))(?:=(\d{1,6}))?$/;

/** The most that an option says the program starts. */
function threadsNamed(args: readonly string[]): number {
  const counts = args.map((it, i) =>
    Number(THREADS.exec(it)?.[1] ?? (THREADS.test(it) && !it.includes("=") ? args[i + 1] : 0)),
  );
  return largest(
    counts.filter((it) => Number.isInteger(it)),
    0,
  );
}

function tasksOf({ threads = 0 }: RowNeeds, args: readonly string[]) {
  const named = threadsNamed(args);
  if (named > 0 && named >= threads)
    return { sure: named + threads, warn: named + threads + 1, by: `the ${named} that the command names` };
  return threads === 0 ? undefined : { sure: threads, warn: threads * ROOM };
}

const NEEDS: readonly Need[] = [
  {
    directive: "LimitAS",
    most: (_, { space }) => (space === undefined ? undefined : { sure: space * GIB, warn: space * GIB }),
    text: (name) =>
      `limits the address space, of which ${name} reserves gigabytes: it crashes at the start; use MemoryMax=`,
    change: instead("MemoryMax"),
  },
  {
    directive: "LimitNPROC",
    most: (unit, row, args) => (runsAsUser(unit) ? tasksOf(row, args) : undefined),
    text: (name, by) =>
      `counts threads too, of all services of the user: ${name} cannot start ${by ?? "its own"} then; TasksMax= counts those of the service alone`,
    change: (_, node) => ({
      title: "Replace with TasksMax=512",
      safe: false,
      edits: () => [{ start: node.keySpan.start, end: node.valueSpan.end, newText: "TasksMax=512" }],
    }),
  },
  {
    directive: "TasksMax",
    most: (_, row, args) => tasksOf(row, args),
    text: (name, by) => `counts threads too: ${name} may not start ${by ?? "all that it needs by itself"}`,
    change: setTo(() => "512"),
  },
  {
    directive: "LimitNOFILE",
    most: (_, { files }) => (files === undefined ? undefined : { sure: files, warn: files }),
    text: (name) => `is too low: ${name} refuses to start below 65535 on a network address`,
    change: setTo(String),
  },
  {
    directive: "MemoryMax",
    most: (_, __, args) => {
      const heap = heapOf(args);
      return heap === undefined ? undefined : { sure: heap.bytes, warn: heap.bytes + 1, by: heap.text };
    },
    text: (_, by) =>
      `is not above ${by}, to which the heap may grow: the kernel kills the service for lack of memory before`,
    change: setTo((bytes) => `${Math.floor((bytes * 1.5) / 1024 ** 2)}M`),
  },
];

/** How large the command lets a heap grow: of Java, Node.js or Redis. */
function heapOf(args: readonly string[]): { readonly bytes: number; readonly text: string } | undefined {
  for (const [i, word] of args.entries()) {
    const java = /^-Xmx(\d{1,9}[kKmMgGtT]?)$/.exec(word)?.[1];
    const node = /^--max[-_]old[-_]space[-_]size=(\d{1,9})$/.exec(word)?.[1];
    const redis = word === "--maxmemory" ? /^(\d{1,12}[kmg]?b?)$/i.exec(args[i + 1] ?? "")?.[1] : undefined;
    const size = java ?? (node === undefined ? redis?.replace(/b$/i, "") : `${node}M`);
    const read = size === undefined ? undefined : parseSize(size.toUpperCase(), 1024);
    if (read && !("error" in read))
      return { bytes: Number(read.bytes), text: redis === undefined ? word : `${word} ${redis}` };
  }
  return undefined;
}

/** Limits that a service cannot live with, or that limit nothing. */
export const LIMIT_RULES: readonly Rule[] = alsoInDropIns([tightLimit, ...MISTAKEN_LIMITS]);
