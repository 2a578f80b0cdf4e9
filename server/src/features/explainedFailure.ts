import type { TextEdit as LspTextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { FailureFix } from "../failures/cause.ts";
import type { LoggedFailure } from "../failures/failureLog.ts";
import { failureHeadingText } from "../failures/headings.ts";
import type { UnitNow } from "../failures/serviceLog.ts";
import type { UnitContext } from "../findings/rule.ts";
import { unescaped } from "../text/percent.ts";
import type { TextEdit } from "../text/span.ts";
import { lineIndexOf } from "../units/fileLines.ts";
import { causePlace, certaintyOf, failuresOf, type ShownCause } from "./failure.ts";
import { failureMarkdown } from "./failureMarkdown.ts";
import { lspEdit, type View } from "./view.ts";

/** What a client shows of one cause. */
export interface FailureCause {
  readonly setting: string;
  readonly certainty: ReturnType<typeof certaintyOf>;
  /** A sentence without a full stop, with backquotes around what is literal. */
  readonly reason: string;
  /** The lines of the log that speak for it. */
  readonly lines: readonly string[];
  /** Where it stands; missing where no line of the unit says it. */
  readonly place?: { readonly uri: string; readonly line: number; readonly label: string };
  readonly fixes: readonly { readonly title: string; readonly edit: WorkspaceEdit }[];
}

/** What a client shows of one failure, or of what a running unit complains of. */
export interface ShownFailure extends Pick<LoggedFailure, "kind" | "isPresent" | "count" | "first" | "last"> {
  /** What each status, signal or result stands for, in sentences with backquotes. */
  readonly headings: readonly { readonly name: string; readonly text: string; readonly find: string }[];
  readonly causes: readonly FailureCause[];
  /** The lines that say something of it. */
  readonly lines: readonly string[];
}

/** The explanation for a client: a document, and the same in parts with the edits of its changes. */
export interface ExplainedFailure {
  readonly markdown: string;
  /** The name of the unit; missing where the file has none yet. */
  readonly name?: string;
  readonly scope: "system" | "user";
  readonly now?: UnitNow;
  readonly failures: readonly ShownFailure[];
  readonly more: number;
}

/** The same for a client; `dropIns` are the addresses of the drop-ins. */
export function explainFailure(
  view: View,
  uri: string,
  given: string,
  dropIns: readonly string[],
  context?: UnitContext,
): ExplainedFailure {
  const { unit } = view;
  const log = failuresOf(unit, given, context);
  const names = dropIns.map((it) => unescaped(it).split("/").slice(-2).join("/"));
  const { name, scope } = unit.path;
  return {
    markdown: failureMarkdown(unit, log, names),
    ...(name === undefined ? {} : { name }),
    scope,
    ...(log.now ? { now: log.now } : {}),
    more: log.more,
    failures: log.failures.map(({ kind, isPresent, count, first, last, headings, causes, lines }) => ({
      ...{ kind, isPresent, count, first, last },
      headings: headings.map((it) => ({ name: it.name, text: failureHeadingText(it), find: it.meaning?.find ?? "" })),
      lines,
      causes: causes.map((it) => shownCause(it, view, [uri, ...dropIns], names)),
    })),
  };
}

function shownCause(
  cause: ShownCause,
  view: View,
  [uri = "", ...dropIns]: readonly string[],
  names: readonly string[],
): FailureCause {
  const { origin, setting, reason, lines } = cause;
  const at = origin?.dropIn === undefined ? uri : dropIns[origin.dropIn];
  const label = causePlace(cause, view.unit.path.name ?? "this unit", names);
  const line =
    origin?.dropIn === undefined && origin ? view.lines.positionAt(origin.node.start).line : origin?.node.firstLine;
  return {
    ...{ setting, certainty: certaintyOf(cause), reason, lines },
    ...(at === undefined || label === undefined || line === undefined ? {} : { place: { uri: at, line, label } }),
    fixes: cause.fixes.flatMap((fix) => {
      const changes = changesOf(fix, view, uri, dropIns);
      return changes ? [{ title: fix.title, edit: { changes } }] : [];
    }),
  };
}

/** The edits of a change by address; undefined where a file that it is in cannot be named. */
function changesOf(
  { edits, inDropIns = [] }: FailureFix,
  view: View,
  uri: string,
  dropIns: readonly string[],
): Record<string, LspTextEdit[]> | undefined {
  const changes: Record<string, LspTextEdit[]> = {};
  const own = edits();
  if (own.length > 0) changes[uri] = own.map((it) => lspEdit(view, it));
  for (const { at, edits: editsThere } of inDropIns) {
    const address = dropIns[at];
    const file = view.unit.dropIns[at];
    if (address === undefined || !file) return undefined;
    const lines = lineIndexOf(file);
    const edit = ({ start, end, newText }: TextEdit): LspTextEdit => ({
      range: { start: lines.positionAt(start), end: lines.positionAt(end) },
      newText,
    });
    changes[address] = [...(changes[address] ?? []), ...editsThere().map(edit)];
  }
  return Object.keys(changes).length > 0 ? changes : undefined;
}
