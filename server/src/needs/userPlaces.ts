import { withoutLastSlashes } from "../families/pathParts.ts";
import type { ProgramFile, ProgramFiles } from "../program/files.ts";
import type { PackageStatement } from "../program/packages/statement.ts";
import type { OwnedPlace, ProgramReading } from "../program/reading.ts";
import type { Facts } from "../service/facts.ts";
import { type FileUser, fileUserOf } from "../service/fileUser.ts";
import { textOf, words } from "../service/settings.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { memoBy } from "../units/memo.ts";

/** So many paths are looked at, more than programs name that keep data. */
const MOST_NAMED = 2000;

/** The user of a service; one of root may hand its rights to users that its package makes or its configuration names. */
export const usersOf = ({ user, configured }: Facts, packaged: readonly PackageStatement[] = []): readonly string[] =>
  user === undefined
    ? [...new Set([...packaged, ...configured].flatMap((it) => (it.kind === "user" ? it.value : [])))]
    : [user];

/** The accounts that a service runs as on its machine: its user, or of root those to whom it may hand its rights. */
export function fileUsersOf(
  facts: Facts,
  packaged: ProgramReading["packaged"],
  files: ProgramFiles,
): readonly FileUser[] {
  if (facts.dynamic || facts.personal || facts.unit.path.scope === "user") return [];
  const read = (path: string): string => decodeUtf8(files.read(path, 0, MOST_BYTES) ?? new Uint8Array());
  const { user, unit } = facts;
  if (user === undefined) return usersOf(facts, packaged).flatMap((it) => fileUserOf(read, { user: it }) ?? []);
  const own = fileUserOf(read, { user, group: textOf(unit, "Group"), more: words(unit, "SupplementaryGroups") });
  return own ? [own] : [];
}

/** More than the files of accounts of a machine have. */
const MOST_BYTES = 1_000_000;

/**
 * The places of the machine that a service names, by its own files, options or configuration, and that belong to its user, or to a group
 * of it that may write them: such a place is likely written, whatever shows of the program. What everybody may write tells nothing.
 */
export function userPlaces(facts: Facts, reading: ProgramReading, files: ProgramFiles): readonly OwnedPlace[] {
  const accounts = fileUsersOf(facts, reading.packaged, files);
  if (accounts.length === 0) return [];
  const { unit, paths, configured } = facts;
  const ofUnit = [...paths.map((it) => [it, unit.path.name ?? ""] as const), ...configured.map(pathAndFile)];
  const found = new Map<string, OwnedPlace>();
  for (const { path, by, file } of [...thereOf(ofUnit, files), ...thereByFiles(reading, files)]) {
    const owner = accounts.find((it) => owns(it, file));
    if (owner && !found.has(path)) found.set(path, { path, owner: owner.name, by });
  }
  return [...found.values()];
}

const pathAndFile = ({ value, path }: Facts["configured"][number]): readonly [path: string, by: string] => [
  value,
  path,
];

const owns = ({ uid, gids }: FileUser, { kind, user, group, mode }: ProgramFile): boolean =>
  kind !== "other" && (mode & 0o002) === 0 && (user === uid || (gids.has(group) && (mode & 0o020) !== 0));

/** A path that may be written and is there, with the file or unit that names it. */
interface NamedFile {
  readonly path: string;
  readonly by: string;
  readonly file: ProgramFile;
}

/** What the own files of programs name; looked at once for a reading, however often its unit is edited. */
const thereByFiles = memoBy(({ files: read }: ProgramReading, files: ProgramFiles): readonly NamedFile[] =>
  thereOf(
    read.filter((it) => it.own).flatMap((it) => it.paths.map((path) => [path, it.path] as const)),
    files,
  ),
);

function thereOf(named: readonly (readonly [path: string, by: string])[], files: ProgramFiles): readonly NamedFile[] {
  const first = new Map<string, string>();
  for (const [written, by] of named) {
    const path = withoutLastSlashes(written);
    if (first.size < MOST_NAMED && PLACE.test(path) && !first.has(path)) first.set(path, by);
  }
  return [...first].flatMap(([path, by]) => {
    const file = files.look(path);
    return file ? [{ path, by, file }] : [];
  });
}

/** Where services write, by a path that is written out and is no top of the tree; what comes with packages belongs to root. */
const PLACE =
  /^\/(?!(?:proc|sys|dev|tmp|home|root|usr|s?bin|lib\w*|var\/tmp|run\/(?:user|systemd))(?:\/|$))[\w.+@-]+(?:\/[\w.+@-]+)+$/;
