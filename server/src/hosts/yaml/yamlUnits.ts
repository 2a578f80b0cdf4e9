import type { Span } from "../../text/span.ts";
import type { HostedFile, HostedUnit, UnreadText } from "../hostedUnit.ts";
import { isUnitPathAt, rawUnit } from "../rawUnit.ts";
import { yamlSign } from "../signs.ts";
import { isUnitText, unreadHeaders } from "../unread.ts";
import { yamlParts, yamlValue } from "./scalars.ts";
import { type WrittenFile, writtenFiles } from "./yamlFiles.ts";
import { bodyOf, type YamlText, yamlRoot } from "./yamlTree.ts";

/** The units of a file for cloud-init, Butane, Ignition or Ansible. */
export function yamlUnits(text: string): HostedFile {
  const sign = yamlSign(text);
  const root = sign && yamlRoot(text);
  const all = writtenFiles(text, root, sign);
  const read = all.map((it) => ({ ...it, unit: unitOf(text, it) }));
  const units = read.flatMap((it) => it.unit ?? []);
  const unread = read.flatMap((it) => (it.unit ? [] : (unreadOf(text, it) ?? [])));
  // What a text in JSON says has no lines of its own.
  const others =
    sign === "ignition"
      ? []
      : unreadHeaders(
          text,
          [...units, ...unread].map(({ extent }) => extent),
        );
  return {
    text,
    units: withDropIns(units),
    comments: [],
    marks: new Map(),
    unread: [...unread.map(({ extent: _, ...it }) => it), ...others].toSorted((one, other) => one.start - other.start),
  };
}

/** The path of a file; undefined where it has none. */
function pathOf(text: string, { named, folder }: WrittenFile): string | undefined {
  const written = named && yamlValue(text, named);
  return written === undefined || folder === undefined ? written : `${folder}/${written}`;
}

/** The unit that a file is; undefined where it is none, or its text is made up elsewhere. */
function unitOf(text: string, file: WrittenFile): HostedUnit | undefined {
  const { named, contents, why } = file;
  const path = pathOf(text, file);
  const read = contents && why === undefined ? yamlParts(text, contents) : undefined;
  if (!named || !contents || path === undefined || !read || read.parts.length === 0) return undefined;
  return rawUnit({ path, name: bodyOf(named), extent: extentOf(named, contents), raw: read.parts });
}

function extentOf(named: YamlText, contents: YamlText): Span {
  const [name, body] = [bodyOf(named), bodyOf(contents)];
  return { start: Math.min(name.start, body.start), end: Math.max(name.end, body.end) };
}

/** What is said of a file that becomes a unit, as far as its path or text shows, and was not read. */
function unreadOf(text: string, file: WrittenFile): (UnreadText & { readonly extent: Span }) | undefined {
  const { named, contents, why } = file;
  const path = pathOf(text, file);
  if (!named || !contents || path === undefined) return undefined;
  const extent = extentOf(named, contents);
  const place = bodyOf(named);
  if (isUnitPathAt(path))
    return why === undefined && !contents.tagged
      ? undefined
      : { ...place, extent, why: why ?? "a tag makes something else of its text" };
  const isUnit = isUnitText(yamlValue(text, contents) ?? "");
  return isUnit ? { ...place, extent, why: "the file that it goes into is not named like a unit" } : undefined;
}

/** Drop-ins of the file count for the units that it has, too. */
function withDropIns(units: readonly HostedUnit[]): readonly HostedUnit[] {
  const texts = new Map<string, string[]>();
  for (const { path, raw = [] } of units)
    if (path.role === "drop-in" && path.name !== undefined)
      texts.set(path.name, [...(texts.get(path.name) ?? []), raw.map((it) => it.text).join("")]);
  return units.map((it) => {
    const { role, name = "" } = it.path;
    const dropIns = role === "unit" ? texts.get(name) : undefined;
    return dropIns ? { ...it, dropIns } : it;
  });
}
