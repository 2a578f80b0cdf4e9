import { SIGNALS } from "../../facts/signals.ts";
import type { BundleHead } from "../../learn/bundle.ts";
import { textOf } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { KIND_SIGNALS } from "./logEnd.ts";

/** Looks at the logs of a bundle as they are read: whether they can be all that the service did. */
export interface BundleEnd {
  /** Takes a piece of a log such as `ExecStart-1`, which is there also where it has no bytes. */
  readonly add: (log: string, piece: Uint8Array) => void;
  /** Why they show too little, the end of a sentence; undefined where nothing says so. */
  readonly trouble: (head: BundleHead, unit: Unit) => string | undefined;
}

/** Begins with no log. */
export function bundleEnd(): BundleEnd {
  const last = new Map<string, number | undefined>();
  let odd: string | undefined;
  return {
    add(log, piece) {
      last.set(log, piece.at(-1) ?? last.get(log));
      if (piece.includes(0)) odd ??= log;
    },
    trouble({ checked }, unit) {
      if (odd !== undefined) return `the log of ${commandOf(odd)} has bytes that strace never writes`;
      if (last.size === 0) return "it has no log of any command";
      if (last.has(MAIN) && last.get(MAIN) === undefined) return `the log of ${commandOf(MAIN)} is empty`;
      if (checked || !last.has(MAIN) || last.get(MAIN) === NEWLINE || !leavesWholeLines(unit)) return undefined;
      return `the log of ${commandOf(MAIN)} ends in the middle of a line`;
    },
  };
}

const MAIN = "ExecStart-1";
const NEWLINE = 10;

const commandOf = (log: string): string => log.replace(/-1$/, "");

/** Whether a stop of the service ends strace so that its last line is whole. */
function leavesWholeLines(unit: Unit): boolean {
  const written = textOf(unit, "KillSignal") ?? "SIGTERM";
  const name = written.startsWith("SIG") ? written : `SIG${written}`;
  const number = SIGNALS.find((it) => it.name === name)?.number ?? written;
  return (textOf(unit, "KillMode") ?? "control-group") === "control-group" && KIND_SIGNALS.includes(String(number));
}
