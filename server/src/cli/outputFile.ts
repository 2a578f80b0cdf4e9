import { decodeUtf8 } from "../text/utf8.ts";
import type { Printer } from "./batch.ts";
import type { Host } from "./host.ts";
import { UsageError } from "./option.ts";
import { type OutputPart, shown } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";

/** A terminal for what goes into a file: colours are there only for whoever wants them everywhere. */
export const fileTerminal = (terminal: Terminal): Terminal => ({
  ...terminal,
  colours: terminal.coloursExact === true,
  isTerminal: false,
});

/** Throws UsageError for the path of something else than a file. */
export function demandOutputFile(host: Host, path: string | undefined): void {
  const kind = path === undefined ? undefined : host.kind(path);
  if (kind !== undefined && kind !== "file") throw new UsageError(`--output-file takes a file, and ${path} is none`);
}

/** Collects what would be printed for a file that is written last, whole or not at all. */
export function intoFile<R>(printer: Printer<R>, path: string, host: Host, terminal: Terminal): Printer<R> {
  const before = host.kind(path) === "file" ? decodeUtf8(host.read(path)) : undefined;
  const { as } = printer;
  let text = "";
  const write = (part: OutputPart): void => {
    text += shown(part, fileTerminal(terminal));
  };
  return {
    as,
    add(result) {
      write({ text: printer.add(result), as });
      return "";
    },
    end(problems) {
      const { stdout, ...ended } = printer.end(problems);
      for (const it of stdout) write(it);
      return { ...ended, stdout: [], file: { path, before, text } };
    },
  };
}
