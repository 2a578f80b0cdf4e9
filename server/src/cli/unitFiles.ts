import type { CheckedPath } from "../families/checkedPath.ts";
import type { GatheredFile } from "../units/index/seenFiles.ts";
import type { LearntText } from "../units/learntText.ts";
import type { LoadedFiles } from "../units/loadedFiles.ts";
import { fileOf, type InputFile } from "./files.ts";
import type { Host } from "./host.ts";
import { loadOf, type UnitOptions } from "./loadedUnit.ts";
import { unitText } from "./unitText.ts";

/** The files that are read for the unit of a path. */
export interface UnitTexts extends GatheredFile {
  readonly dropIns: readonly GatheredFile[];
  readonly learnt: LearntText | undefined;
  /** Missing of a file of a repository, for which nothing counts but what lies next to it. */
  readonly loaded: LoadedFiles | undefined;
}

/** A path with what it says of a unit. */
type PathOfUnit = Pick<InputFile, "path" | "is"> & { readonly unit: CheckedPath };

/**
 * The files of a unit, which every command reads it from: all that systemd loads for one in a load path, else the file with
 * the drop-ins next to it. Throws where one cannot be read; a `text` that is given is that of the file itself.
 */
export function unitFiles(host: Host, { path, unit, is }: PathOfUnit, options: UnitOptions): UnitTexts {
  const file = is === "file" ? path : fileOf(host, path);
  // A link of another system is followed in that one.
  const isRead = is === "file" || (file === path && host.kind(path) === "file" && !host.isLink(path));
  const text = options.text ?? (isRead ? unitText(host, path, is) : undefined);
  const load = unit.role === "unit" ? loadOf(host, path, { root: options.root, text, unit }) : undefined;
  const { fragment, dropIns = [], learnt } = load?.gathered ?? {};
  if (load?.loaded && fragment) return { ...fragment, dropIns, learnt, loaded: load.loaded };
  return { path: file, text: text ?? unitText(host, file, is), dropIns, learnt, loaded: undefined };
}
