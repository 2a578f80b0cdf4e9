import { NEWEST_VERSION } from "../../facts/version.ts";
import { pathWithText } from "../../families/checkedPath.ts";
import { formatEdits } from "../../syntax/format.ts";
import { append } from "../../text/append.ts";
import { onOneLine } from "../../text/printable.ts";
import { applyEdits } from "../../text/span.ts";
import { type ReadPath, readFile } from "../../units/template/templateFile.ts";
import { attemptEach } from "../attempts.ts";
import { command } from "../command.ts";
import {
  CONFIGURATION_OPTIONS,
  type Configurations,
  configurationProblems,
  configurationsOn,
} from "../configurations.ts";
import { asConfigured } from "../configuredFiles.ts";
import { unifiedDiff } from "../diff.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { findOnly, type InputFile, type InputUnit, inputFile } from "../files.ts";
import type { Host } from "../host.ts";
import { withoutStdin } from "../names.ts";
import { whyNoUnitText } from "../notUnits.ts";
import { anyText, flag, UsageError } from "../option.ts";
import { type Ending, ending, type OutputPart } from "../outcome.ts";
import { checkedText, unitText } from "../unitText.ts";
import { IN_PLACE, isOfPackage, OF_PACKAGE } from "../vendorFiles.ts";
import { afterWriting, type FileResult } from "../writes.ts";

export const formatCommand = command(
  {
    name: "format",
    synopsis: ["format PATH… [--check | --write]", "format --stdin-path PATH"],
    summary: "removes meaningless blanks and puts one blank line before each section",
    details:
      "The meaning of a file stays the same, and so do comments and continued lines. Without --check and --write it prints a diff for patch -p0.",
    options: {
      check: flag("only name the files that would change"),
      write: flag("change the files and name them"),
      ...IN_PLACE,
      "stdin-path": anyText("PATH", "format standard input as if it were this file, to standard output", "files"),
      ...CONFIGURATION_OPTIONS,
    },
    operands: "files",
  },
  ({ options, operands: written }, { host, terminal }) => {
    const { check, write, "stdin-path": piped } = options;
    const operands = withoutStdin(written, piped);
    if (check && write) throw new UsageError("--check and --write exclude each other");
    if (piped === undefined && operands.length === 0) throw new UsageError("name a unit file or a folder to format");
    if (piped !== undefined && (check || write || operands.length > 0))
      throw new UsageError("--stdin-path formats standard input alone: no PATH, no --check, no --write");
    const configurations = configurationsOn(host, options);
    if (piped !== undefined) return formatPiped(piped, host, configurations);
    const refusal = "only unit files and drop-ins can be formatted";
    const { files, problems } = findOnly(isUnit, refusal, host, operands, { skipLinks: true });
    if (problems.length === 0) append(problems, emptyFolders(host, operands, files, "unit file or drop-in"));
    const work = (found: InputUnit): FileResult<OutputPart> | undefined => {
      const configuration = configurations.for(found.path);
      if (configuration?.excluded && !operands.includes(found.path)) return undefined;
      const { path, unit } = asConfigured(found, configuration);
      const before = unitText(host, path);
      const recognized = pathWithText(path, unit, before);
      if (!recognized) {
        if (operands.includes(path)) throw new Error(refusal);
        return undefined;
      }
      const text = formatted(recognized, before);
      if (text === before) return undefined;
      const named: OutputPart = { text: `${onOneLine(path)}\n`, as: "report" };
      if (write && !options["in-place"] && isOfPackage(host, path)) throw new Error(`not written: ${OF_PACKAGE}`);
      if (write) return { value: named, write: { path, before, text } };
      return { value: check ? named : { text: unifiedDiff(path, before, text, terminal.colours), as: "exact" } };
    };
    const made = attemptEach(files, problems, work, terminal.progress);
    append(problems, configurationProblems(configurations));
    return afterWriting(made, problems, (changes, failed) => ending(changes, failed, !write && changes.length > 0));
  },
);

const isUnit = (file: InputFile): file is InputUnit => file.unit !== undefined;

/** Throws where the text has to be left alone. */
function formatted(path: ReadPath, text: string): string {
  const edits = formatEdits(readFile(path, NEWEST_VERSION, text));
  if (!edits) throw new Error("this is not plain UTF-8 text with ordinary line ends: the file is left as it is");
  return applyEdits(text, edits);
}

/** What cannot be formatted is no output, so that no file is overwritten by it. */
function formatPiped(path: string, host: Host, configurations: Configurations): Ending {
  const problems: string[] = [];
  const texts = attemptEach([path], problems, () => {
    const file = inputFile(host, path, undefined);
    const unit = file && asConfigured(file, configurations.for(path)).unit;
    if (!unit) throw new Error("this is no name of a unit file or drop-in");
    const text = checkedText(host.stdin());
    const why = whyNoUnitText(path, text);
    if (why !== undefined) throw new Error(why);
    return formatted(unit, text);
  });
  append(problems, configurationProblems(configurations));
  return ending([{ text: texts.join(""), as: "exact" }], problems, false);
}
