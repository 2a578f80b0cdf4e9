/** The lines of a log in which each error at the end of a Python trace also says which line of the program failed. */
export function withFailedCalls(lines: readonly string[]): readonly string[] {
  let source: string | undefined;
  let wasPlace = false;
  return lines.map((line) => {
    const isPlace = PLACE.test(line);
    const isMark = MARK.test(line);
    if (wasPlace) source = line.replace(SPEAKER, "").trim();
    wasPlace = isPlace;
    if (isPlace || isMark || source === undefined || !ERROR.test(line)) return line;
    const joined = `${line} (${source})`;
    source = undefined;
    return joined;
  });
}

const SPEAKER = /^.*?\]: /;
const PLACE = /(?:^|\]: )\s*File "[^"]+", line \d+, in /;
const MARK = /(?:^|\]: )\s*[~^]+\s*$/;
const ERROR = /(?:^|\]: )[\w.]*(?:Error|Exception|error|timeout): /;
