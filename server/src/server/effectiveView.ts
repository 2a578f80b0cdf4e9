import type { TextDocument } from "vscode-languageserver-textdocument";
import type { SystemdVersion } from "../facts/version.ts";
import { unitDocument } from "../families/document.ts";
import { folderBefore } from "../families/pathParts.ts";
import { unitPath } from "../families/unitFiles/unitPath.ts";
import { type View, viewOf } from "../features/view.ts";
import { EFFECTIVE_SCHEME } from "./protocol.ts";
import { addressOf, pathOfUri } from "./uris.ts";

/** The document that shows an effective unit, as it is read for a hover on one of its lines. */
export interface EffectiveView {
  readonly view: View;
  /** The file that it was shown for. */
  readonly source: string;
}

/**
 * Reads a document that shows an effective unit as the unit that it shows, for hovers alone: it is no unit file and has no
 * findings. A line that is not in force is a comment there; the one that is asked about is read all the same.
 */
export function effectiveView(
  document: TextDocument | undefined,
  line: number,
  target: (uri: string) => SystemdVersion,
): EffectiveView | undefined {
  if (!document) return undefined;
  const { scheme, query: source } = addressOf(document.uri);
  if (scheme !== EFFECTIVE_SCHEME) return undefined;
  const rows = document.getText().split("\n");
  const name = /^# (\S+) as systemd reads it$/.exec(rows[0] ?? "")?.[1];
  const own = unitPath(pathOfUri(source));
  const folder = folderBefore(pathOfUri(source));
  // A drop-in lies one folder below its unit.
  const path = own?.role === "unit" ? own : unitPath(`${folder.replace(/(?<![^/\\])[^/\\]*[/\\]$/, "")}${name ?? ""}`);
  if (!path) return undefined;
  // The same offsets without the mark of a comment.
  const text = rows.map((it, i) => (i === line ? it.replace(/^# (?=[\w-]+=|\[)/, "  ") : it)).join("\n");
  return { view: viewOf(unitDocument(path, text), target(source)), source };
}
