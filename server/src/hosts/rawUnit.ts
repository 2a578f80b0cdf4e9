import { type CheckedPath, checkedPath, isConfigPath, pathWithText } from "../families/checkedPath.ts";
import { pathParts } from "../families/pathParts.ts";
import type { Span } from "../text/span.ts";
import type { HostedPart, HostedUnit } from "./hostedUnit.ts";

/** A text that goes into a file of its own. */
export interface WrittenText {
  /** The path of the file as far as it is known; what others fill in stands there as it is written. */
  readonly path: string;
  /** What names the file. */
  readonly name: Span;
  readonly extent: Span;
  readonly raw: readonly HostedPart[];
  /** Whether the path may be another one. */
  readonly unsure?: boolean;
}

/** A longer path is none. */
const LONGEST_PATH = 4096;
/** What others put something else for, in a path and in a text. */
const FILLED = /\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|\$[A-Za-z_]\w{0,99}/g;
/** What says of a text that it is a template, whose variables are not systemd's. */
const FILLED_IN = /\{\{|\{%|%\{|\$\{/;
/** The same in the last names of a path, whose unit nobody knows then. */
const UNKNOWN = /[${`*?]/;

/** The unit or configuration that a text becomes; undefined where its path is that of none. */
export function rawUnit({ path, name, extent, raw, unsure }: WrittenText): HostedUnit | undefined {
  const found = writtenPath(path, raw.map((it) => it.text).join(""));
  if (!found) return undefined;
  // What is put in may be anything, so that nothing can be called missing.
  const isWhole = found.name !== undefined && !unsure && raw.every((it) => it.certain);
  const own: CheckedPath = isWhole ? found : { ...found, ...(unsure && { name: undefined }), role: "drop-in" };
  return { path: own, name, extent, settings: [], open: !isWhole, sets: new Map(), sectionNames: false, raw };
}

/** Whether a path is that of a unit or configuration, whatever its text. */
export const isUnitPathAt = (path: string): boolean =>
  path.length < LONGEST_PATH && checkedPath(path.replace(FILLED, "x")) !== undefined;

function writtenPath(path: string, text: string): CheckedPath | undefined {
  if (path.length >= LONGEST_PATH) return undefined;
  const filled = path.replace(FILLED, "x");
  const found = pathWithText(filled, checkedPath(filled), text);
  if (!found) return undefined;
  const parts = pathParts(path).slice(found.role === "drop-in" ? -2 : -1);
  const named = parts.some((it) => UNKNOWN.test(it)) ? { ...found, name: undefined } : found;
  return FILLED_IN.test(text) && !isConfigPath(named) ? { ...named, template: "any" } : named;
}
