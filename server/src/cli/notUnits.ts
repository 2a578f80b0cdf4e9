import { lookAlikeIn, lookAlikeText } from "../families/lookAlikes.ts";
import { lookAlikeAt } from "../families/unitFiles/unitPath.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { Host } from "./host.ts";

/** So many bytes of a file show what it is; long comments may stand before the first section. */
const START = 1 << 16;

/** Nothing else lies where managers look for units: those need not be opened for it. */
const LOAD_PATH = /\/systemd\/(?:system|user)\/[^/]+$/;

/** Why a file that is named like a unit is none, by its place and how it begins; undefined where it may be one. `is` is what a folder showed it to be. */
export function whyNoUnit(host: Host, path: string, is?: "file"): string | undefined {
  const kind = lookAlikeAt(path) ?? (LOAD_PATH.test(path) ? undefined : kindIn(host, path, is));
  return kind && sentenceOf(kind);
}

/** The same of a text that is not read from a file. */
export function whyNoUnitText(path: string, text: string): string | undefined {
  const kind = lookAlikeIn(path, text);
  return kind && sentenceOf(kind);
}

const sentenceOf = (kind: string): string => `not a unit: ${lookAlikeText(kind)?.sentence ?? kind}`;

function kindIn(host: Host, path: string, is: "file" | undefined): ReturnType<typeof lookAlikeIn> {
  try {
    return is === "file" || host.kind(path) === "file"
      ? lookAlikeIn(path, decodeUtf8(host.start(path, START, is)))
      : undefined;
  } catch {
    return undefined;
  }
}
