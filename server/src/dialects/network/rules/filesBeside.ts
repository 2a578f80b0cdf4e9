import type { SystemdVersion } from "../../../facts/version.ts";
import { checkedPath, isConfigPath, pathWithText } from "../../../families/checkedPath.ts";
import { orderDropIns } from "../../../families/unitFiles/dropIns.ts";
import type { UnitContext } from "../../../findings/rule.ts";
import type { FileBeside } from "../../../units/index/gather.ts";
import { memo, memoBy } from "../../../units/memo.ts";
import { readUnit } from "../../../units/readUnit.ts";
import type { Unit } from "../../../units/unit.ts";

/** Another file that the same program reads. */
export interface OtherFile {
  /** Its name without folders, by which such files are sorted. */
  readonly name: string;
  readonly path: string;
  readonly text: string | undefined;
  /** Its drop-ins. */
  readonly inside: readonly FileBeside[];
  readonly version: SystemdVersion;
}

/** Another file with its drop-ins; undefined where one of them cannot be read, or is not this program's. */
export const otherUnit = memo(({ path, text, inside, version }: OtherFile): Unit | undefined =>
  readWhole(path, text, inside, version),
);

/** The files next to one, and its own name among them. */
export interface Beside {
  readonly own: string;
  readonly others: readonly OtherFile[];
}

const splitAt = (path: string): readonly [folder: string, name: string] => {
  const at = path.lastIndexOf("/");
  return [path.slice(0, at), path.slice(at + 1)];
};

/** What is read together with a file; undefined where that is unknown, or a stronger file of its name hides it. */
export function filesBeside(unit: Unit, context: UnitContext | undefined): Beside | undefined {
  if (!context?.beside) return undefined;
  const [folder, name] = splitAt(context.path);
  const isDropIn = name.endsWith(".conf");
  const own = isDropIn ? splitAt(folder)[1].replace(/\.d$/, "") : name;
  const files = filesAmong(context.beside, unit.version);
  const same = files.find((it) => it.name === own);
  if (!isDropIn && same && same.path !== context.path) return undefined;
  return { own, others: files.filter((it) => it.name !== own) };
}

/** The strongest file of each name in the order of names, without those that only hide others. */
const filesAmong = memoBy((all: readonly FileBeside[], version: SystemdVersion): readonly OtherFile[] => {
  const names = new Map<string, FileBeside>();
  const inside = new Map<string, FileBeside[]>();
  for (const file of all) {
    const [folder, name] = splitAt(file.path);
    const of = name.endsWith(".conf") ? splitAt(folder)[1].replace(/\.d$/, "") : undefined;
    if (of !== undefined) inside.set(of, [...(inside.get(of) ?? []), file]);
    else if (!names.has(name)) names.set(name, file);
  }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { text }]) => text !== "")
    .map(([name, { path, text }]) => ({ name, path, text, inside: inside.get(name) ?? [], version }));
});

function readWhole(
  path: string,
  text: string | undefined,
  inside: readonly FileBeside[],
  version: SystemdVersion,
): Unit | undefined {
  const checked = text === undefined ? undefined : pathWithText(path, checkedPath(path), text);
  if (text === undefined || !checked || !isConfigPath(checked)) return undefined;
  const folders = inside.map((it) => ({ folder: splitAt(it.path)[0], files: [splitAt(it.path)[1]] }));
  const dropIns: string[] = [];
  for (const { folder, file } of orderDropIns(folders)) {
    const added = inside.find((it) => it.path === `${folder}/${file}`)?.text;
    if (added === undefined) return undefined;
    dropIns.push(added);
  }
  return readUnit(checked, text, version, { dropIns });
}

/** Whether a word is no placeholder of a template, as far as such files have any. */
export const isPlain = (word: string): boolean => /^[\w.:*?![\]-]+$/.test(word) && !word.startsWith("__");
