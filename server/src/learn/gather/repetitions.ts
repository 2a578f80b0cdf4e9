import { kept } from "../log/lines.ts";
import { credentialsKey } from "../process/credentials.ts";
import type { Process } from "../process/processes.ts";
import { type Tally, tallyAgain } from "./tally.ts";

/** Lines whose meaning is known, because the same line of a process in the same state was read before. */
export interface Repetitions {
  /** Counts what the line shows once more; `false` where it has to be read. */
  readonly again: (text: string, process: Process, time: number) => boolean;
  readonly remember: (text: string, process: Process, tallies: readonly Tally[]) => void;
  readonly forget: () => void;
}

interface Remembered {
  readonly who: string;
  readonly cwd: string;
  readonly root: string;
  readonly tallies: readonly Tally[];
}

const MOST = 16384;
const LONGEST = 1024;

export function repetitions(): Repetitions {
  const known = new Map<string, Remembered>();
  const keys = new WeakMap<object, string>();
  const keyOfUser = ({ who }: Process): string => {
    let key = keys.get(who);
    if (key === undefined) {
      key = credentialsKey(who);
      keys.set(who, key);
    }
    return key;
  };
  return {
    again: (text, process, time) => {
      const before = known.get(text);
      const { cwd, root } = process.view;
      if (before === undefined || before.cwd !== cwd || before.root !== root) return false;
      if (before.who !== keyOfUser(process)) return false;
      for (const tally of before.tallies) tallyAgain(tally, time);
      return true;
    },
    remember: (text, process, tallies) => {
      if (text.length > LONGEST) return;
      if (known.size >= MOST) known.clear();
      const { cwd, root } = process.view;
      known.set(kept(text), { who: keyOfUser(process), cwd, root, tallies });
    },
    forget: () => known.clear(),
  };
}
