import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import { signalOf, statusOf } from "../../failures/evidence.ts";
import { failuresIn } from "../../failures/failureLog.ts";
import {
  failureHeadingText,
  type Heading,
  headingsOf,
  resultHeading,
  signalHeading,
  statusHeading,
} from "../../failures/headings.ts";
import { LOG_CHARACTERS } from "../../failures/logLines.ts";
import { isResult } from "../../failures/meanings.ts";
import { failuresOf } from "../../features/failure.ts";
import { failureTitle, NO_FAILURE } from "../../features/failureSentences.ts";
import type { UnitContext } from "../../findings/rule.ts";
import { LineTable } from "../../syntax/lineTable.ts";
import { RepeatedTexts } from "../../syntax/textTable.ts";
import { append } from "../../text/append.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { loadedText } from "../../units/loadedFiles.ts";
import { attemptEach } from "../attempts.ts";
import { MOST_LINES } from "../checkFile.ts";
import { type InputFile, type InputUnit, inputFile } from "../files.ts";
import { unreadDropIns } from "../gathering.ts";
import type { Host } from "../host.ts";
import { isUnitThere, type NameOptions, namedPaths } from "../names.ts";
import { readNeighbours } from "../neighbours.ts";
import { type Ending, ending } from "../outcome.ts";
import { readInput } from "../readInput.ts";
import { failureBlocks, failureJson } from "./failureReport.ts";
import { type Explanation, explanationsText, type Page } from "./layout.ts";

/** Explains an exit status such as `226/NAMESPACE`, a signal or a result; `[]` for other text. */
export function explainStatus(name: string): Explanation[] {
  const found = headingFor(name);
  return found ? [explained(found)] : [];
}

function headingFor(name: string): Heading | undefined {
  const words = name.split(/[\s,;]+/).map((it) => it.replace(/^(?:status|result|code)=/i, ""));
  const killed = /\bcode=(?:killed|dumped)\b/.test(name);
  for (const word of words) {
    if (/^(?:exited|killed|dumped)$/.test(word)) continue;
    const status = killed ? undefined : statusOf(word);
    if (status !== undefined) return statusHeading(status);
    const signal = /^\d+$/.test(word) && !killed ? undefined : signalOf(word);
    if (signal !== undefined) return signalHeading(signal);
    if (isResult(word)) return resultHeading(word);
  }
  return undefined;
}

function explained(heading: Heading): Explanation {
  const settings = heading.meaning?.settings.map((it) => `${it}=`) ?? [];
  const lead = settings.length > 0 ? `Settings that can cause this: ${settings.join(", ")}` : undefined;
  return { title: heading.name, parts: [failureHeadingText(heading), lead, heading.meaning?.find] };
}

/**
 * Whether the names ask about a failure of a unit: the last one is a unit file or drop-in, its description comes before.
 * A special unit after single names without a failure is one more name.
 */
export function asksAboutFailure(names: readonly string[], host: Host, options: NameOptions): boolean {
  const last = names.at(-1) ?? "";
  if (names.includes("-")) return true;
  if (names.length < 2) return false;
  const isFailure = names.slice(0, -1).some((it) => /\s/.test(it) || headingFor(it) !== undefined);
  if (inputFile(host, last, options.scope)?.unit !== undefined) return isFailure || !isSpecial(last);
  // A word such as a directive is the name of a unit only after a failure.
  return isFailure && isUnitThere(host, last, options);
}

const isSpecial = (name: string): boolean =>
  Object.values(SPECIAL_UNITS).some((list) => list.some((it) => it.name === name));

/** What is asked about a failure. */
interface FailureQuery {
  /** The description, then the path of the unit; `-` stands for standard input. */
  readonly names: readonly string[];
  readonly format: "text" | "json";
  readonly scope: "system" | "user" | undefined;
  readonly root: string | undefined;
  readonly version: SystemdVersion;
}

/** Explains a failure of a unit, or, of `-` alone, every status that standard input names. */
export function explainUnitFailure(query: FailureQuery, host: Host, page: Page): Ending {
  const { names, scope, root } = query;
  const word = names.at(-1) ?? "";
  const unread: string[] = [];
  const [read = ""] = names.includes("-") ? attemptEach(["standard input"], unread, () => piped(host)) : [];
  if (unread.length > 0) return ending("", unread, false);
  if (word === "-") return general(read, page);
  const given = names.filter((it) => it !== word).map((it) => (it === "-" ? read : it));
  const named = namedPaths(host, [word], { scope, root, instances: true });
  const [path = word] = named.paths;
  if (named.problems.length > 0) return ending("", named.problems, false);
  const file = inputFile(host, path, scope);
  if (!isUnit(file)) return ending("", [`${path}: this is no name of a unit file or drop-in`], false);
  const problems: string[] = [];
  const texts = attemptEach([path], problems, () => {
    const { unit, files, loaded } = readInput(host, file, { systemd: query.version, root });
    const log = failuresOf(unit, given.join("\n"), around(host, path, root));
    if (log.failures.length === 0 && log.now?.kind !== "running") {
      problems.push(NO_FAILURE);
      return undefined;
    }
    if (query.format === "json") return failureJson(log, files, loaded);
    return failureBlocks(unit.path.name, log, files, page, loaded && loadedText(loaded, file.path));
  });
  append(problems, unreadDropIns(host));
  const as = query.format === "json" ? "json" : "report";
  return ending([{ text: texts.join(""), as }], problems, false);
}

/** The most bytes that UTF-8 needs for one of the characters that are counted. */
const BYTES_OF_CHARACTER = 4;

/** What counts of standard input, which may be all that a journal has. */
const piped = (host: Host): string => decodeUtf8(host.stdinEnd(LOG_CHARACTERS * BYTES_OF_CHARACTER));

/** The units besides the one that failed. */
const around = (host: Host, path: string, root: string | undefined): UnitContext =>
  readNeighbours(host, [path], root, { lines: new LineTable(MOST_LINES), repeated: new RepeatedTexts() })(path);

const isUnit = (file: InputFile | undefined): file is InputUnit => file?.unit !== undefined;

function general(given: string, page: Page): Ending {
  const { failures } = failuresIn(given);
  const blocks = failures.map((it) => ({ title: failureTitle(it), headings: headingsOf(it.evidence).map(explained) }));
  const found = blocks.filter((it) => it.headings.length > 0);
  if (found.length === 0) return ending("", ["nothing here tells of an exit status, a signal or a result"], false);
  const all = found.flatMap(({ title, headings }) =>
    found.length > 1 ? [{ title, parts: [] }, ...headings] : headings,
  );
  return ending(`${explanationsText(all, page)}\n`, [], false);
}
