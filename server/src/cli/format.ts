import { formatEdits } from "../syntax/format.ts";
import { parse } from "../syntax/parse.ts";
import { applyEdits } from "../text/span.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { FormatArguments } from "./arguments.ts";
import { unifiedDiff } from "./diff.ts";
import { findTargets, reason, targetOf } from "./files.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";

const LEFT = "this is not plain UTF-8 text with ordinary line ends: the file is left as it is";

/** Runs `format` over all unit files and drop-ins that are named or found; what cannot be laid out is named. */
export function runFormat(
  args: FormatArguments,
  host: Host,
  colours: boolean,
  progress: (done: number, total: number) => void,
): Outcome {
  if (args.stdinPath !== undefined) return formatPiped(args.stdinPath, host);
  const found = findTargets(host, args.paths, undefined);
  const problems = [...found.problems];
  const named = (path: string): boolean => args.paths.includes(path);
  for (const { path, unit } of found.targets)
    if (!unit && named(path)) problems.push(`${path}: only unit files and drop-ins can be formatted`);
  // A link in a folder stands for a file that has its own place; one that is named is meant.
  const targets = found.targets.filter(({ path, unit }) => unit && (named(path) || !host.isLink(path)));
  let stdout = "";
  let open = false;
  for (const [i, { path }] of targets.entries()) {
    try {
      const text = decodeUtf8(host.read(path));
      const edits = formatEdits(parse(text));
      if (!edits) problems.push(`${path}: ${LEFT}`);
      else if (edits.length > 0) {
        const after = applyEdits(text, edits);
        if (args.mode === "write") host.write(path, after);
        else open = true;
        stdout += args.mode === "diff" ? unifiedDiff(path, text, after, colours) : `${path}\n`;
      }
    } catch (error) {
      problems.push(reason(path, error));
    }
    progress(i + 1, targets.length);
  }
  return { stdout, stderr: listed(problems), status: problems.length > 0 ? 2 : open ? 1 : 0 };
}

/** Standard input laid out on standard output; what cannot be laid out is no output, so that no file is overwritten by it. */
function formatPiped(path: string, host: Host): Outcome {
  const failed = (problem: string): Outcome => ({ stdout: "", stderr: listed([`${path}: ${problem}`]), status: 2 });
  if (!targetOf(host, path, undefined)?.unit) return failed("this is no name of a unit file or drop-in");
  const text = decodeUtf8(host.stdin());
  const edits = formatEdits(parse(text));
  return edits ? { stdout: applyEdits(text, edits), stderr: "", status: 0 } : failed(LEFT);
}

const listed = (problems: readonly string[]): string => problems.map((it) => `unit-warden: ${it}\n`).join("");
