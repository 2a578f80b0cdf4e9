import type { RunOptions } from "../cli/machine.ts";

/** A program that is told to end has so many seconds to do it. */
const GRACE = 3;

/** The status of timeout(1). */
const TOO_LATE = 124;

/** What ends a program before it ends by itself. */
export interface EarlyEnd {
  /** Tells it to end, and has it killed where it does not. */
  end(): void;
  /** The status of the program, or that of timeout(1) where its time was over. */
  statusOf(status: number): number;
  /** Called once the program has ended: nothing is sent any longer. */
  clear(): void;
}

/** Ends a program by signals where its time is over, or where who waits for it gives up. */
export function earlyEnd(
  { seconds, stop }: { readonly [Key in "seconds" | "stop"]?: RunOptions[Key] | undefined },
  send: (signal: "TERM" | "KILL") => void,
): EarlyEnd {
  const timers: NodeJS.Timeout[] = [];
  const after = (time: number, act: () => void): void => void timers.push(setTimeout(act, time * 1000));
  let isLate = false;
  const end = (): void => {
    send("TERM");
    after(GRACE, () => send("KILL"));
  };
  if (seconds !== undefined)
    after(seconds, () => {
      isLate = true;
      end();
    });
  stop?.addEventListener("abort", end);
  return {
    end,
    statusOf: (status) => (isLate ? TOO_LATE : status),
    clear() {
      for (const it of timers) clearTimeout(it);
      stop?.removeEventListener("abort", end);
    },
  };
}
