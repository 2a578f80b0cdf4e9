import {
  type Location,
  type LocationLink,
  type Range,
  SymbolKind,
  type TextEdit,
  type WorkspaceSymbol,
} from "vscode-languageserver-types";
import { type DeviceMention, deviceMentions, matchesDevice } from "../dialects/network/deviceNames.ts";
import { isConfigPath } from "../families/checkedPath.ts";
import { parse } from "../syntax/parse.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { memo } from "../units/memo.ts";
import { INTERFACE_NAME_MAX, isInterfaceName } from "../values/interfaceName.ts";
import { rangeOf, type View } from "./view.ts";

/** The files of the network that are read together, as the reader of one of them sees them. */
export interface DeviceFiles {
  /** The texts by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  readonly uriOf: (path: string) => string;
}

/** Whether a document names interfaces that other files create. */
export const namesDevices = ({ unit: { path } }: View): boolean =>
  isConfigPath(path) && ["network", "netdev", "link"].includes(path.kind);

/** The name of an interface under the cursor; a cursor right after it still touches it. */
export function deviceAt(view: View, offset: number): DeviceMention | undefined {
  return namesDevices(view)
    ? mentionsOf(view.unit.file).find(({ start, end }) => start <= offset && offset <= end)
    : undefined;
}

/** All places of the document itself that name the interface under the cursor; undefined where there is none. */
export function sameDevice(view: View, offset: number): readonly DeviceMention[] | undefined {
  const named = deviceAt(view, offset);
  return named && mentionsOf(view.unit.file).filter((it) => it.name === named.name);
}

const mentionsOf = memo((file: View["unit"]["file"]) => deviceMentions(file));

/** Where the interface under the cursor gets its name; on the name itself, and for a pattern of [Match], all that it has. */
export function deviceDefinition(view: View, offset: number, files: DeviceFiles): LocationLink[] {
  const named = deviceAt(view, offset);
  if (!named) return [];
  return placesIn(files)
    .filter(({ mention }) => mention.role === "definition" && meets(named, mention))
    .map(({ uri, range }) => ({
      originSelectionRange: rangeOf(view, named),
      targetUri: uri,
      targetRange: range,
      targetSelectionRange: range,
    }));
}

/** All places that name the interface under the cursor, patterns of [Match] that have it among them. */
export function deviceReferences(view: View, offset: number, files: DeviceFiles, declaration: boolean): Location[] {
  const named = deviceAt(view, offset);
  if (!named) return [];
  return placesIn(files)
    .filter(({ mention }) => (declaration || mention.role !== "definition") && meets(named, mention))
    .map(({ uri, range }) => ({ uri, range }));
}

/** Whether two places speak of one interface: patterns meet plain names only. */
function meets(a: DeviceMention, b: DeviceMention): boolean {
  if (a.name === b.name) return true;
  if (a.role === "match" && b.role !== "match") return matchesDevice(a.name, b.name);
  return b.role === "match" && a.role !== "match" && matchesDevice(b.name, a.name);
}

/** The edits that give the interface under the cursor another name, by document; a sentence where the name is none. */
export function renamedDevice(
  view: View,
  offset: number,
  to: string,
  files: DeviceFiles,
): { readonly [uri: string]: TextEdit[] } | { readonly refused: string } | undefined {
  const named = deviceAt(view, offset);
  if (!named) return undefined;
  if (!isInterfaceName(to, INTERFACE_NAME_MAX, view.unit.version))
    return { refused: `"${to}" is no name of an interface: these have up to ${INTERFACE_NAME_MAX} characters` };
  const changes: Record<string, TextEdit[]> = {};
  for (const { mention, uri, range } of placesIn(files)) {
    if (mention.name !== named.name) continue;
    const edits = changes[uri] ?? [];
    edits.push({ range, newText: to });
    changes[uri] = edits;
  }
  return changes;
}

/** The virtual devices whose names hold a query, each with the place of its name. */
export function deviceSymbols(query: string, files: DeviceFiles): WorkspaceSymbol[] {
  const wanted = query.toLowerCase();
  return placesIn(files)
    .filter(({ mention }) => mention.section === "NetDev" && mention.name.toLowerCase().includes(wanted))
    .map(({ mention, uri, range }) => ({ name: mention.name, kind: SymbolKind.Interface, location: { uri, range } }));
}

interface Place {
  readonly mention: DeviceMention;
  readonly uri: string;
  readonly range: Range;
}

function placesIn({ texts, uriOf }: DeviceFiles): readonly Place[] {
  return [...texts].flatMap(([path, text]) => {
    const file = parse(text);
    const lines = lineIndex(text);
    return deviceMentions(file).map((mention) => ({
      mention,
      uri: uriOf(path),
      range: { start: lines.positionAt(mention.start), end: lines.positionAt(mention.end) },
    }));
  });
}
