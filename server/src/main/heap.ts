import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** How long the start takes, in milliseconds; whoever types by then wants code that is optimised. */
const STARTED = 1000;

/** The room for young objects once the start is over, in bytes: V8 has it twice. */
const ROOM = 2 * 8 * 1024 * 1024;

/**
 * Young objects are collected by one thread: what a key leaves is collected in less time than helpers need to wake up, and where
 * other programs run one waits for helpers that wait for a processor.
 */
const ALONE = "--no-parallel-scavenge";

/**
 * While a server starts, little of what runs is worth being optimised, and most of what is made stays: V8 gets no more room
 * for young objects, and no memory for compiling, than that takes.
 */
const STARTING = [ALONE, "--semi-space-growth-factor=1", "--heap-growing-percent=50", "--no-opt"];
/** Later the room may grow, in one step, and what is run often is optimised. */
const RUNNING = ["--semi-space-growth-factor=8", "--opt"];
const GROWN = ["--semi-space-growth-factor=1"];
/**
 * Code has to run four times as often as by itself before it is optimised: the first keys would have as much compiled as the
 * machine has processors for, and whoever typed them would wait for one. It cannot be taken back, as its default differs between
 * builds.
 */
const PATIENT = "--interrupt-budget=270336";
/** V8 13 knows it no more, and would complain in the log of each start. */
const BUDGET = "--interrupt-budget=";
const HAS_BUDGET = Number.parseInt(process.versions.v8, 10) < 13;
/**
 * Threads that do the same work at the same time leave no processor idle: helpers of the collector and of the compiler only take
 * turns with them, and each heap would grow as boldly as if it had the machine for itself. Each of them would optimise its own
 * copy of the code, so that it has to run even more often before.
 */
const SHARING = [
  "--interrupt-budget=540672",
  ALONE,
  "--no-concurrent-marking",
  "--no-concurrent-sweeping",
  "--heap-growing-percent=50",
];

/**
 * What is loaded is run once, and a command over few files is over before it has run anything often: nothing is compiled for
 * speed, and young objects get room at once, as all that is copied from a smaller one would be copied for nothing.
 */
const BRIEF = [
  "--no-opt",
  "--no-sparkplug",
  "--regexp-tier-up-ticks=20",
  "--no-regexp-peephole-optimization",
  "--no-regexp-optimization",
  "--semi-space-growth-factor=8",
  ALONE,
];
/** What V8 has instead wherever it has such compilers. */
const LASTING = [
  "--opt",
  "--sparkplug",
  "--regexp-tier-up-ticks=1",
  "--regexp-peephole-optimization",
  "--regexp-optimization",
  "--semi-space-growth-factor=2",
  "--parallel-scavenge",
];

/** V8 forgets the code of what ran once, such as all modules; the next start would have to read the whole bundle again for it. */
const WHOLE = ["--no-flush-bytecode"];
const FORGETFUL = ["--flush-bytecode"];

/** What V8 has when nobody asks for anything: the code that it keeps is for the flags of the moment. */
const DEFAULTS = [
  "--semi-space-growth-factor=2",
  "--heap-growing-percent=0",
  "--opt",
  "--parallel-scavenge",
  "--concurrent-marking",
  "--concurrent-sweeping",
];

let requested: readonly string[] = [];

/**
 * Has V8 use little memory in this process, which has a client for hours; for a command, time counts. With `isKeeping`, this
 * run still has to keep its code, which no later run would take if it was made under flags that cannot be taken back.
 */
export function saveMemory(isKeeping: boolean): void {
  ask(STARTING);
  setTimeout(() => {
    ask([...STARTING, ...RUNNING, ...(isKeeping ? [] : [PATIENT])]);
    const watching = new PerformanceObserver(() => {
      const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
      if (young && young.space_size < ROOM) return;
      ask([...STARTING, ...RUNNING, ...GROWN]);
      watching.disconnect();
    });
    watching.observe({ entryTypes: ["gc"] });
  }, STARTED).unref();
}

/** Has V8 compile nothing for speed in a command, until it is told that there may be much to do. */
export function beBrief(): void {
  ask(BRIEF);
}

/** Has V8 compile what is run often, as it does by itself. */
export function takeTime(): void {
  ask(LASTING);
}

/** Has V8 hold the code of all functions that ran, until `withDefaults` has kept them or there are threads, which keep none. */
export function holdCode(): void {
  set(WHOLE);
}

/** Has V8 leave the processors of this process to its threads; to be called before these start. */
export function shareProcessors(): void {
  ask([...FORGETFUL, ...SHARING]);
}

/** Does something as if nothing was asked of V8. */
export function withDefaults<T>(work: () => T): T {
  const before = requested;
  // The bundle has a copy of this module, and has asked for what only it knows.
  ask([...FORGETFUL, ...(before === BRIEF ? LASTING : DEFAULTS)]);
  try {
    return work();
  } finally {
    ask(before);
  }
}

function ask(flags: readonly string[]): void {
  set(flags);
  requested = flags;
}

function set(flags: readonly string[]): void {
  for (const it of flags) if (HAS_BUDGET || !it.startsWith(BUDGET)) setFlagsFromString(it);
}
