import { code, join, link, type Prose, plainProse, proseParagraphs, sentence } from "../reports/markup.ts";
import { findUnit } from "../units/index/lookup.ts";
import { descriptionIn, type ReferenceContext } from "./referenceContext.ts";
import { referencesOf } from "./references.ts";

/** What the files on disk make of a unit. */
export interface UnitState {
  /** Its main name. */
  readonly id: string;
  /** What its `Description=` is in the end. */
  readonly description: string | undefined;
  readonly file: string;
  /** The address of its file; missing where there is nothing to see, as it is a link to /dev/null. */
  readonly uri: string | undefined;
  readonly masked: boolean;
  readonly dropIns: number;
  /** The folders with an entry that pulls it in, such as `multi-user.target.wants`, with where they lie. */
  readonly enabledBy: readonly { readonly name: string; readonly folder: string }[];
}

/** What the files on disk make of the unit of a name; undefined where it has none. */
export function unitState(name: string, context: ReferenceContext): UnitState | undefined {
  const { index, path, uriOf } = context;
  const unit = findUnit(index, name, path);
  if (!unit?.fragment) return undefined;
  const { fragment, masked, id, dropIns } = unit;
  const files = [fragment, ...dropIns].flatMap((it) => index.files.get(it.path) ?? []);
  return {
    id,
    description: masked ? undefined : descriptionIn(files),
    file: fragment.path,
    uri: masked && fragment.link !== undefined ? undefined : uriOf(fragment.path),
    masked,
    dropIns: dropIns.filter((it) => !it.masks).length,
    enabledBy: referencesOf(name, context).flatMap(({ path: entry }) => {
      if (index.files.get(entry)?.placed.place.role.kind !== "dependency") return [];
      const folder = entry.slice(0, entry.lastIndexOf("/"));
      const slash = folder.lastIndexOf("/");
      return [{ name: folder.slice(slash + 1), folder: folder.slice(0, slash) }];
    }),
  };
}

/** More folders are not listed. */
const MAX_LISTED_FOLDERS = 3;

/** The state in a few lines, with a link to the file. */
export function describeState(name: string, state: UnitState): Prose {
  const { file, uri, masked, dropIns, enabledBy, id } = state;
  const path: Prose = uri === undefined ? code(file) : { markdown: link(file, uri).markdown, plain: file };
  if (masked) return sentence(plainProse("Masked by"), join([path, plainProse(": systemd does not read it.")], ""));
  const more =
    enabledBy.length > MAX_LISTED_FOLDERS ? plainProse(`and ${enabledBy.length - MAX_LISTED_FOLDERS} more`) : undefined;
  const enabled = enabledBy
    .slice(0, MAX_LISTED_FOLDERS)
    .map((it) => sentence(code(it.name), plainProse("in"), code(it.folder)));
  return proseParagraphs(
    join(
      [
        path,
        dropIns === 0 ? undefined : plainProse(dropIns === 1 ? "1 drop-in" : `${dropIns} drop-ins`),
        id === name ? undefined : sentence(plainProse("another name of"), code(id)),
      ],
      " · ",
    ),
    enabled.length === 0 ? undefined : sentence(plainProse("Enabled by"), join(enabled, ", "), more),
  );
}
