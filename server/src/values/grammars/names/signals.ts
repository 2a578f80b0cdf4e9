import { EXIT_STATUSES, type ExitStatus } from "../../../facts/exitStatuses.ts";
import { REALTIME, SIGNALS } from "../../../facts/signals.ts";
import { holdsIn, thoseIn } from "../../../facts/version.ts";
import { list, single } from "../../combine.ts";
import type { Grammar, Offer, Reader, Term } from "../../grammar.ts";
import { parseUnsigned } from "../../number.ts";
import { meant } from "../../oneOf.ts";
import { issueAt, titledTopic, wordTopic } from "../../piece.ts";
import { parseSignal } from "../../signal.ts";
import { unknown } from "../../wording.ts";

const REALTIME_OFFERS: readonly Offer[] = Array.from({ length: REALTIME.last - REALTIME.first + 1 }, (_, steps) => ({
  text: steps === 0 ? "SIGRTMIN" : `SIGRTMIN+${steps}`,
  summary: `Real-time signal, number ${REALTIME.first + steps}`,
  role: "word",
}));

const SIGNAL_OFFERS: readonly Offer[] = [
  ...SIGNALS.map(({ name, number, summary }) => ({
    text: name,
    summary: `${summary} (number ${number})`,
    role: "word" as const,
  })),
  ...REALTIME_OFFERS,
];

const SIGNAL_NAMES = SIGNALS.flatMap(({ name }) => [name, name.slice("SIG".length)]);

/** Says what a signal is by its number, which is the same for all its spellings. */
function signalTopic(number: number) {
  const known = SIGNALS.find((it) => it.number === number);
  if (known) return wordTopic(known.name, `${known.summary}. Its number is ${number}.`);
  const name = number < REALTIME.first ? `Signal ${number}` : `\`SIGRTMIN+${number - REALTIME.first}\``;
  return titledTopic(name, `A real-time signal, number ${number}: its meaning is up to the program.`);
}

/** A signal by name or number. */
export const SIGNAL: Term = {
  form: "a signal such as `SIGTERM` or `SIGRTMIN+3`, or its number",
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => SIGNAL_OFFERS);
    const number = parseSignal(text);
    if (number !== undefined) {
      into.token(from, to, /^[+0-9]/.test(text) ? "number" : "word", () => signalTopic(number)());
      return undefined;
    }
    const wording = unknown(piece, "signal");
    return { from, to, code: "value/signal", ...wording, fixes: into.brief ? [] : nearSignals(piece) };
  },
};

/** Names that the kernel has for other ones, and those that are a matter of letter case. */
const SAME: Readonly<Record<string, string>> = { IOT: "SIGABRT", CLD: "SIGCHLD", POLL: "SIGIO" };

function nearSignals(piece: Parameters<Term["read"]>[0]) {
  const upper = piece.text.toUpperCase();
  const same = SAME[upper.replace(/^SIG/, "")];
  const text = same ?? (parseSignal(upper) === undefined ? undefined : upper);
  return text === undefined
    ? meant({ ...piece, text: upper }, SIGNAL_NAMES)
    : [{ title: `Change to ${text}`, from: piece.from, to: piece.to, text }];
}

const statusesIn = ({ where }: Reader): readonly ExitStatus[] => thoseIn(EXIT_STATUSES, where.version);

const STATUS_BY_NAME: ReadonlyMap<string, ExitStatus> = new Map(EXIT_STATUSES.map((it) => [it.name, it]));
const STATUS_BY_NUMBER: ReadonlyMap<number, ExitStatus> = new Map(EXIT_STATUSES.map((it) => [it.number, it]));

const statusOffers = (into: Reader): Offer[] =>
  statusesIn(into).map(({ name, number, summary }) => ({
    text: name,
    summary: `${summary} (exit status ${number})`,
    role: "word",
  }));

const statusTopic = ({ name, number, class: origin, summary }: ExitStatus) =>
  wordTopic(name, `Exit status ${number}, named by ${origin}. ${summary}.`);

/** An exit status by number or name, or a signal by name. */
const STATUS: Term = {
  form: "an exit status from 0 to 255, its name, or a signal",
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => [...statusOffers(into), ...SIGNAL_OFFERS]);
    const number = parseUnsigned(text);
    const found = number === undefined ? STATUS_BY_NAME.get(text) : STATUS_BY_NUMBER.get(number);
    const status = found && holdsIn(found, into.where.version) ? found : undefined;
    const signal = number === undefined && !status ? parseSignal(text) : undefined;
    if ((number !== undefined && number <= 255) || status || signal !== undefined) {
      const topic = status
        ? () => statusTopic(status)()
        : signal === undefined
          ? undefined
          : () => signalTopic(signal)();
      into.token(from, to, number === undefined ? "word" : "number", topic);
      return undefined;
    }
    const wording = unknown(piece, "exit status or signal");
    if (into.brief) return issueAt(piece, "value/exit-status", wording);
    const upper = text.toUpperCase();
    const names = [...statusesIn(into).map((it) => it.name), ...SIGNAL_NAMES];
    return issueAt(piece, "value/exit-status", wording, meant({ ...piece, text: upper }, names));
  },
};

/** Signals, and the exit statuses and signals that count as success or decide about a restart. */
export const SIGNAL_GRAMMARS = {
  signal: single("signal", SIGNAL, { empty: "invalid", code: "value/signal" }),
  /** Numbers are always exit statuses here; quotes are none. */
  setStatus: list("set_status", STATUS, {
    form: "a list of exit statuses, names of exit statuses, and signals",
    splitting: "plain",
    empty: "reset",
    effect: "word",
    same: (word) => word.replace(/^SIG/, ""),
  }),
} as const satisfies Record<string, Grammar>;
