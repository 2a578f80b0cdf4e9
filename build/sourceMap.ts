import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * The same source map with the lines of the sources alone, which is what a stack is read for: without columns and names it has
 * a sixth of the size, so that it can be part of the package.
 */
export function lineMap(json: string): string {
  const { sources, mappings } = JSON.parse(json) as SourceMap;
  const lines = decode(mappings).map((segments) =>
    segments.filter((it, i) => i === 0 || !sameLine(it, segments[i - 1])).map(atLineStart),
  );
  return JSON.stringify({ version: 3, sources, names: [], mappings: encode(lines) });
}

const sameLine = (one: SourceMapSegment, other: SourceMapSegment | undefined): boolean =>
  one[1] === other?.[1] && one[2] === other?.[2];

const atLineStart = (it: SourceMapSegment): SourceMapSegment => (it.length === 1 ? it : [it[0], it[1], it[2], 0]);
