import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * The same source map with what a stack is read for: the places in our sources, to some lines, without columns and names, where a
 * call may be under way. A twentieth is left, which can be part of the package. Frames in libraries stay those of the bundle.
 */
export function lineMap(json: string, code: string): string {
  const { sources, mappings } = JSON.parse(json) as SourceMap;
  const texts = code.split("\n");
  const lines = decode(mappings).map((segments, i) => {
    const own = segments.map((it): SourceMapSegment => (isLibrary(sources[it[1] ?? -1]) ? [it[0]] : it));
    const shown = own.map(atPlace).filter((it, n, all) => !sameLine(it, all[n - 1]));
    const text = texts[i] ?? "";
    return shown
      .filter((it, n) => it.length === 1 || MAY_CALL.test(text.slice(it[0], shown[n + 1]?.[0]).replace(STRING, "")))
      .filter((it, n, kept) => !sameLine(it, kept[n - 1]));
  });
  return JSON.stringify({ version: 3, sources, names: [], mappings: encode(lines) });
}

const isLibrary = (source: string | undefined): boolean => source?.includes("node_modules/") === true;

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** What may call a function, also one of a property or an iterator, or throw. */
const MAY_CALL = /[(.[`]|\b(?:await|in|instanceof|new|of|throw|yield)\b|\}=/;

const sameLine = (one: SourceMapSegment, other: SourceMapSegment | undefined): boolean =>
  one[1] === other?.[1] && one[2] === other?.[2];

/** So many lines have one place, about a function: a map of single lines is several times as large. */
export const LINES_OF_PLACE = 10;

const atPlace = (it: SourceMapSegment): SourceMapSegment =>
  it.length === 1 ? it : [it[0], it[1], it[2] - (it[2] % LINES_OF_PLACE), 0];
