import { EXIT_STATUSES } from "../facts/exitStatuses.ts";
import { SIGNALS } from "../facts/signals.ts";
import type { Evidence } from "./evidence.ts";
import { type Meaning, RESULTS, type Result, SIGNAL_MEANINGS, STEPS } from "./meanings.ts";

/** A status, a signal or a result, for people. */
export interface Heading {
  /** As systemd prints it: `226/NAMESPACE`, `31/SYS`, `watchdog`. */
  readonly name: string;
  /** What it stands for, in sentences. */
  readonly summary: string;
  readonly meaning: Meaning | undefined;
}

/** What it stands for and what systemd does then. */
export const failureHeadingText = ({ summary, meaning }: Heading): string =>
  [summary, meaning?.does].filter(Boolean).join(" ");

/** What an exit status stands for; undefined above 255. */
export function statusHeading(status: number): Heading | undefined {
  if (status > 255) return undefined;
  const known = EXIT_STATUSES.find((it) => it.number === status);
  const meaning = STEPS.get(status);
  if (known) {
    const own = known.class === "systemd" && status < 255;
    const origin = own ? "The status is set by systemd: the program was not run." : WHOSE[known.class];
    return { name: `${status}/${known.name}`, summary: `${known.summary}. ${origin}`, meaning };
  }
  const ofPodman = PODMAN.get(status);
  if (status === 126 || status === 127) {
    const what = status === 126 ? "found a command that it could not run" : "did not find a command";
    return {
      name: `${status}`,
      summary: `A shell ${what}; the sandbox may hide that command or make it not executable. ${ofPodman}`,
      meaning,
    };
  }
  const signal = status > 128 ? SIGNALS.find((it) => it.number === status - 128) : undefined;
  if (signal) {
    const meaning = SIGNAL_MEANINGS.get(signal.name);
    const ended = `A shell reports this when its command was killed by ${signal.name}.`;
    return { name: `${status}`, summary: meaning ? ended : `${ended} ${signal.summary}.`, meaning };
  }
  return {
    name: `${status}`,
    summary: `A status chosen by the program itself; see its documentation.${ofPodman === undefined ? "" : ` ${ofPodman}`}`,
    meaning,
  };
}

/** What `podman run` says with the statuses that it takes for itself; all others are those of the program in the container. */
const PODMAN: ReadonlyMap<number, string> = new Map([
  [125, "Of a container it means that podman itself failed: an option, the image, storage, a volume or the network."],
  [
    126,
    "Of a container it means that podman or its runtime could not set the container up, or could not run its command.",
  ],
  [
    127,
    "Of a container it means that its command was not found in the image, or that the runtime did not find a file.",
  ],
]);

/** Who gave the statuses of programs their names. */
const WHOSE = {
  libc: "The status comes from the program.",
  LSB: "The status comes from the program, as the Linux Standard Base defines it for init scripts.",
  BSD: "The status comes from the program, as defined in sysexits(3).",
  systemd: "The status comes from the program.",
} as const;

/** What a signal stands for; undefined where none has the name. */
export function signalHeading(name: string): Heading | undefined {
  const signal = SIGNALS.find((it) => it.name === name);
  return (
    signal && {
      name: `${signal.number}/${name.replace(/^SIG/, "")}`,
      summary: SIGNAL_MEANINGS.get(name) ? `The signal ${name}.` : `The signal ${name}. ${signal.summary}.`,
      meaning: SIGNAL_MEANINGS.get(name),
    }
  );
}

/** What `Result=` stands for. */
export function resultHeading(name: Result): Heading {
  return { name: `Result=${name}`, summary: "", meaning: RESULTS.get(name) };
}

/** The results that say no more than the status or signal next to them. */
const PLAIN = new Set<Result>(["exit-code", "signal", "core-dump"]);

/** Everything that is to be explained of a failure, what says most first. */
export function headingsOf({ statuses, signals, results }: Evidence): readonly Heading[] {
  const bare = statuses.length === 0 && signals.length === 0;
  return [
    ...statuses.map(statusHeading),
    ...signals.map(signalHeading),
    ...results.filter((it) => bare || !PLAIN.has(it)).map(resultHeading),
  ].filter((it) => it !== undefined);
}
