import type { QuadletSectionName } from "../../facts/quadletKinds.ts";

/** The name of another quadlet in a value; offsets count in the value. */
export interface QuadletLink {
  readonly from: number;
  readonly to: number;
  readonly written: string;
}

/** The types that the value of a key can name, and where in it. */
const LINKED: Readonly<Record<string, { readonly at: RegExp; readonly kinds: RegExp }>> = {
  Network: { at: /^()([^:]+)/g, kinds: /\.(?:network|container)$/ },
  Volume: { at: /^()([^:]+)(?=:)/g, kinds: /\.volume$/ },
  Mount: { at: /((?:^|[,\s"'])(?:source|src)=)([^,\s"']+)/g, kinds: /\.(?:volume|image|artifact|build)$/ },
  Image: { at: /^()(\S+)$/g, kinds: /\.(?:image|build)$/ },
  Pod: { at: /^()(\S+)$/g, kinds: /\.pod$/ },
};

/** The quadlets that the value of a key names. */
export function quadletLinks(section: QuadletSectionName, key: string, value: string): readonly QuadletLink[] {
  const linked = LINKED[key];
  // An [Image] names what is pulled.
  if (!linked || (section === "Image" && key === "Image")) return [];
  return [...value.matchAll(linked.at)].flatMap(({ index, 1: before = "", 2: written = "" }) => {
    const from = index + before.length;
    return linked.kinds.test(written) ? [{ from, to: from + written.length, written }] : [];
  });
}
