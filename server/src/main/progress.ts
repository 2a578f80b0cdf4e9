/** How often a bar is drawn at most, in milliseconds: a terminal takes its time for each, and a reader sees no more. */
const BETWEEN = 50;

/** A bar on a terminal, for work that is counted. */
export interface ProgressBar {
  readonly show: (done: number, total: number) => void;
  /** Makes room for a text on the same terminal. */
  readonly beforeText: (text: string) => void;
}

/** A bar on a terminal's standard error, shown only while more than a second of work is left. */
export function progressBar(stream: NodeJS.WriteStream, now: () => number): ProgressBar {
  const start = now();
  let drawn: number | undefined;
  let isOver = !stream.isTTY || process.env.TERM === "dumb";
  const wipe = (): void => {
    if (drawn !== undefined) stream.write(`\r${" ".repeat(60)}\r`);
    drawn = undefined;
  };
  return {
    show(done, total) {
      if (isOver) return;
      if (done === total) return wipe();
      const time = now();
      const remaining = ((time - start) / done) * (total - done);
      if (drawn === undefined ? remaining < 1000 : time - drawn < BETWEEN) return;
      drawn = time;
      const width = Math.round((done / total) * 30);
      stream.write(`\r[${"#".repeat(width)}${" ".repeat(30 - width)}] ${done}/${total}`);
    },
    beforeText(text) {
      wipe();
      // It would be drawn over a line that is not yet at its end.
      if (!text.endsWith("\n")) isOver = true;
    },
  };
}
