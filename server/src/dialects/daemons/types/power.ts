import { grammar, list, single } from "../../../values/combine.ts";
import type { Effect, Grammar, Offer, Term } from "../../../values/grammar.ts";
import { readEvent } from "../../../values/grammars/calendarGrammars.ts";
import { INFINITY, orWord, type Quantity, termOf, within } from "../../../values/grammars/numbers/quantity.ts";
import { share } from "../../../values/grammars/numbers/shares.ts";
import { size } from "../../../values/grammars/numbers/sizes.ts";
import { timeSpan } from "../../../values/grammars/numbers/times.ts";
import { oneOf } from "../../../values/oneOf.ts";
import { parsePermyriad } from "../../../values/percentage.ts";
import { silenced, wordTopic } from "../../../values/piece.ts";
import { noValue } from "../../../values/wording.ts";

const SLEEPS = oneOf(
  [
    { text: "suspend-then-hibernate", summary: "Suspends to memory, and hibernates after a while." },
    { text: "hybrid-sleep", summary: "Writes the memory to disk and suspends, so that both can bring it back." },
    { text: "suspend", summary: "Suspends to memory." },
    { text: "hibernate", summary: "Writes the memory to disk and switches off." },
  ],
  {
    code: "value/enumeration",
    what: "sleep operation",
    form: "operations such as `suspend-then-hibernate` and `suspend`",
  },
);

const MEMORY = "a size to the base of 1024, or a percentage of the memory";

/** Follows config_parse_tmpfs_size(), systemd 257 and 262: what is no percentage up to 100% counts as a size. */
const TMPFS: Quantity = {
  form: MEMORY,
  measure(piece, into) {
    const permyriad = parsePermyriad(piece.text);
    if (permyriad !== undefined)
      return within(share({ of: "the memory", form: MEMORY }), { low: 1n }, "value/size").measure(piece, into);
    return within(size({ form: MEMORY }), { low: 1n }, "value/size", (it) => noValue(it, "a size above 0")).measure(
      piece,
      into,
    );
  },
};

const word = (text: string, summary: string): Offer => ({ text, summary, role: "word" });

/** A word that is handed to the kernel, with those that it may know. */
const handed = (form: string, offers: readonly Offer[]): Term => ({
  form,
  read(piece, into) {
    into.slot(piece.from, piece.to, () => offers);
    const known = offers.find(({ text }) => text === piece.text);
    into.token(piece.from, piece.to, "word", known && wordTopic(known.text, known.summary ?? ""));
    return undefined;
  },
});

/** Words, `broken` says what an unbalanced quote costs. */
const handedWords = (routine: string, item: Term, broken: Effect): Grammar =>
  list(routine, item, { form: item.form, splitting: "retain", empty: "reset", effect: "word", broken });

const DISK_MODES = handed("modes such as `platform` and `shutdown`", [
  word("platform", "Switches off as the firmware wants it."),
  word("shutdown", "Switches the machine off."),
  word("reboot", "Reboots."),
  word("suspend", "Suspends to memory afterwards, as hybrid sleep does."),
  word("test_resume", "Resumes at once, for a test."),
]);
const STATES = handed("states such as `mem`, `freeze` and `standby`", [
  word("mem", "Suspends in the way that MemorySleepMode= says."),
  word("standby", "Sleeps lightly."),
  word("freeze", "Suspends without the firmware."),
]);

const USERS: Term = {
  form: "names of users",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [], { kind: "users" });
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

const SECOND = 1_000_000_000n;
const DURATION = timeSpan("a time span of at least a second, such as `30s`");

const LONG_ENOUGH = within(orWord(DURATION, INFINITY), { low: SECOND, high: 2n ** 127n }, "value/time-span");

/** A time span of nothing stands for the default. */
const orDefault = (quantity: Quantity): Quantity => ({
  form: quantity.form,
  measure(piece, into) {
    const amount = DURATION.measure(piece, silenced(into));
    return amount === 0n ? amount : quantity.measure(piece, into);
  },
});

/** Value types of logind.conf, sleep.conf, oomd.conf and homed.conf. */
export const POWER_TYPES = {
  handleActionSleep: handedWords("handle_action_sleep", SLEEPS, "refused"),
  tmpfsSize: single("tmpfs_size", termOf(TMPFS), { empty: "invalid", code: "value/size" }),
  calendar: grammar("calendar", "a calendar event such as `Sat 03:00`", "unset", (value, into) => {
    readEvent(value, into);
    return undefined;
  }),
  sleepMode: handedWords("sleep_mode", DISK_MODES, "refused"),
  /** Follows config_parse_strv(), as the next one does. */
  sleepStates: handedWords("strv", STATES, "assignment"),
  users: handedWords("strv", USERS, "assignment"),
  /** Follows config_parse_duration(), systemd 257 and 262: 0 is the default. */
  duration: single("duration", termOf(orDefault(LONG_ENOUGH)), { empty: "unset" }),
} as const satisfies Record<string, unknown>;
