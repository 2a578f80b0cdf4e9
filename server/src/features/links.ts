import type { DocumentLink } from "vscode-languageserver-types";
import { manualUrl } from "../catalog/manualLink.ts";
import type { ManualPlace } from "../manual/place.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import { escapedPart } from "../text/percent.ts";
import { findUnit } from "../units/index/lookup.ts";
import { openManualUri } from "./manual.ts";
import { namedUnits, type ReferenceContext } from "./referenceContext.ts";
import { rangeOf, type View } from "./view.ts";
import type { World } from "./world.ts";

/**
 * The addresses in `Documentation=`: web pages, files and manual pages, these in the client's view where it has one; the
 * files that other values name, where they are on this machine; and the files of units, where they can be seen.
 */
export function documentLinks(view: View, views: boolean, world: World, context?: ReferenceContext): DocumentLink[] {
  return [...documentation(view, views, world), ...files(view, world), ...(context ? units(view, context) : [])];
}

/** Names of other units, each with its unit file. */
function units(view: View, context: ReferenceContext): DocumentLink[] {
  const { index, path, uriOf } = context;
  const files = new Map<string, string | undefined>();
  return namedUnits(view, context).flatMap(({ name, mention }) => {
    if (!files.has(name)) {
      const unit = findUnit(index, name, path);
      files.set(name, unit?.masked || unit?.fragment?.path === path ? undefined : unit?.fragment?.path);
    }
    const file = files.get(name);
    return file === undefined
      ? []
      : [
          {
            range: rangeOf(view, mention),
            target: uriOf(file),
            tooltip: `Open ${file.slice(file.lastIndexOf("/") + 1)}`,
          },
        ];
  });
}

/** More folders than this are not looked into for one answer. */
const MAX_FOLDERS = 200;

/** An absolute path where a word, a field or the value of an option begins. */
const PATH = /(?<![^\s=:,"'@+!|-])\/(?!\/)[^\s"':,;\\]+/g;

/** These hold no text, or change by being read. */
const NO_FILES = /^\/(?:dev|proc|sys)\//;

function files(view: View, world: World): DocumentLink[] {
  const inFolder = new Map<string, ReadonlySet<string>>();
  const filesIn = (folder: string): ReadonlySet<string> | undefined => {
    const known = inFolder.get(folder);
    if (known || inFolder.size >= MAX_FOLDERS) return known;
    const names = world.entries(folder).filter((it) => !it.folder);
    const found = new Set(names.map((it) => it.name));
    inFolder.set(folder, found);
    return found;
  };
  return view.unit.file.nodes.flatMap((node) => {
    if (node.kind !== "assignment" || node.line.written || UNLINKED.has(node.key) || !node.text.includes("/"))
      return [];
    return [...node.text.matchAll(PATH)].flatMap(({ 0: path, index }): DocumentLink[] => {
      const slash = path.lastIndexOf("/");
      if (path.includes("%") || path.includes("/../") || NO_FILES.test(path)) return [];
      if (!filesIn(path.slice(0, slash + 1))?.has(path.slice(slash + 1))) return [];
      const range = rangeOf(view, sourceSpan(node.value, index, index + path.length));
      return [{ range, target: `file://${path.split("/").map(escapedPart).join("/")}` }];
    });
  });
}

/** Addresses, which have links of their own, and names of sockets, which no editor opens. */
const UNLINKED: ReadonlySet<string> = new Set([
  "Documentation",
  "ListenStream",
  "ListenDatagram",
  "ListenSequentialPacket",
]);

function documentation(view: View, views: boolean, world: World): DocumentLink[] {
  const units = view.unit.file.sections.filter((it) => it.name === "Unit");
  const settings = units.flatMap(({ nodes }) =>
    nodes.filter((it) => it.kind === "assignment" && it.key === "Documentation"),
  );
  return settings.flatMap((node) => {
    if (node.kind !== "assignment" || node.line.written) return [];
    return [...node.value.text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
      const link = linkOf(word, views, world);
      return link ? [{ range: rangeOf(view, sourceSpan(node.value, index, index + word.length)), ...link }] : [];
    });
  });
}

/** Where a word leads; nowhere with a specifier in it, to another machine by `file:`, or to a manual page that the client cannot show and the web does not have. */
function linkOf(word: string, views: boolean, world: World): Pick<DocumentLink, "target" | "tooltip"> | undefined {
  if (/%(?![\dA-Fa-f]{2})/.test(word)) return undefined;
  const place = manualPlace(word);
  if (place) {
    const tooltip = `Open ${place.page}(${place.section}) in the manual`;
    if (views) return { target: openManualUri(place), tooltip };
    const manual = world.manual()?.manual;
    return manual?.isOurs(place.page, place.section)
      ? { target: manualUrl(place.page, undefined, manual.version) }
      : undefined;
  }
  return /^(?:https?:\/\/[^\s/]|file:\/(?:\/\/)?[^/])/.test(word) && URL.canParse(word) ? { target: word } : undefined;
}

/** The page that a URI such as `man:systemd.exec(5)` names. */
function manualPlace(word: string): ManualPlace | undefined {
  const [, page, section] = /^man:([\w.@:+-]+)\((\d[A-Za-z]*)\)$/.exec(word) ?? [];
  return page === undefined || section === undefined ? undefined : { page, section };
}
