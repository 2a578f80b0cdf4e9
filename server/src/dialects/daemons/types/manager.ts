import { single } from "../../../values/combine.ts";
import type { Term } from "../../../values/grammar.ts";
import { ENVIRONMENT_GRAMMARS } from "../../../values/grammars/names/environment.ts";
import { integer } from "../../../values/grammars/numbers/integers.ts";
import { INFINITY, orWord, termOf } from "../../../values/grammars/numbers/quantity.ts";
import { numberSet } from "../../../values/grammars/numbers/sets.ts";
import { timeSpan } from "../../../values/grammars/numbers/times.ts";
import { INT_MAX } from "../../../values/number.ts";
import { oneOf } from "../../../values/oneOf.ts";
import { managerEnvironment } from "./managerSpecifiers.ts";
import { orYesNo } from "./orYesNo.ts";

const LEVEL = oneOf(
  [..."emerg alert crit err warning notice info debug".split(" "), ..."01234567"].map((text) => ({ text })),
  { code: "value/enumeration", what: "log level", form: "a log level such as `info`, or a number from 0 to 7" },
);

/** Where messages go, each with a level of its own. */
const TARGETED = /^(?:console|journal|kmsg|syslog):/;

/** A level, or levels of single targets too. Follows log_set_max_level_from_string(), systemd 257 and 262. */
const LEVELS: Term = {
  form: LEVEL.form,
  read: (piece, into) =>
    piece.text.split(",").some((it) => TARGETED.test(it.trim())) ? undefined : LEVEL.read(piece, into),
};

const WATCHDOG = orWord(
  timeSpan("a time span in seconds or with units, `default` or `off`"),
  { text: "default", summary: "Leaves the timeout as the firmware or the kernel has set it.", amount: "infinity" },
  { text: "off", summary: "Does not use the watchdog.", amount: 0n },
  { ...INFINITY, summary: "Leaves the timeout as the firmware or the kernel has set it." },
);

const TERMINAL = orYesNo(
  termOf(integer({ low: -INT_MAX - 1n, high: INT_MAX, form: "the number of a virtual terminal, or a boolean" })),
);

const CPUS = "a list of CPUs and ranges such as `0-3`";

/** Value types of system.conf and user.conf. */
export const MANAGER_TYPES = {
  level2: single("level2", LEVELS, { empty: "invalid", code: "value/enumeration" }),
  crashChvt: single("crash_chvt", TERMINAL, { empty: "invalid", code: "value/number" }),
  watchdogSec: single("watchdog_sec", termOf(WATCHDOG), { empty: "invalid", code: "value/time-span" }),
  defaultTimeoutAbort: single(
    "default_timeout_abort",
    termOf(
      orWord(timeSpan("a time span in seconds or with units, or `infinity`"), {
        ...INFINITY,
        summary: "Waits without a limit.",
      }),
    ),
    { empty: "unset" },
  ),
  cpuAffinity2: numberSet("cpu_affinity2", { form: CPUS, what: "CPU", specifiers: () => "none" }),
  numaMask: numberSet("numa_mask", {
    form: "a list of NUMA nodes and ranges such as `0-1`, or `all`",
    what: "NUMA node",
    word: { text: "all", summary: "All nodes.", since: 248 },
    specifiers: () => "none",
  }),
  environ: managerEnvironment(ENVIRONMENT_GRAMMARS.environ),
} as const satisfies Record<string, unknown>;
