import type { DocumentLink } from "vscode-languageserver-types";
import { manualUrl } from "../catalog/manualLink.ts";
import type { ManualPlace } from "../manual/place.ts";
import { sourceSpan } from "../syntax/cooked.ts";
import { openManualUri } from "./manual.ts";
import { rangeOf, type View } from "./view.ts";
import type { World } from "./world.ts";

/** The addresses in `Documentation=`: web pages, files and manual pages, these in the client's view where it has one. */
export function documentLinks(view: View, views: boolean, world: World): DocumentLink[] {
  const units = view.unit.file.sections.filter((it) => it.name === "Unit");
  const settings = units.flatMap(({ nodes }) =>
    nodes.filter((it) => it.kind === "assignment" && it.key === "Documentation"),
  );
  return settings.flatMap((node) => {
    if (node.kind !== "assignment") return [];
    return [...node.value.text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
      const link = linkOf(word, views, world);
      return link ? [{ range: rangeOf(view, sourceSpan(node.value, index, index + word.length)), ...link }] : [];
    });
  });
}

/** Where a word leads; nowhere with a specifier in it, or to a manual page that the client cannot show and the web does not have. */
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
  return /^(?:https?:\/\/[^\s/]|file:\/)/.test(word) && URL.canParse(word) ? { target: word } : undefined;
}

/** The page that a URI such as `man:systemd.exec(5)` names. */
function manualPlace(word: string): ManualPlace | undefined {
  const [, page, section] = /^man:([\w.@:+-]+)\((\d[A-Za-z]*)\)$/.exec(word) ?? [];
  return page === undefined || section === undefined ? undefined : { page, section };
}
