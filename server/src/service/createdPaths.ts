import type { ProgramFiles } from "../program/files.ts";
import { pathsCreatedBy, TMPFILES_FOLDERS } from "../program/tmpfiles.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";

/** Whether tmpfiles.d creates a folder, or something in it, at boot; undefined where nobody can tell. */
export function isCreatedAtBoot(unit: Unit, folder: string): boolean | undefined {
  const { files, tree } = unit.defaults ?? {};
  const read = files ?? tree;
  if (!read) return undefined;
  return createdOn(read).some((it) => isWithin(it, folder)) || (files ? false : undefined);
}

const createdOn = memo((files: ProgramFiles): readonly string[] =>
  TMPFILES_FOLDERS.flatMap((folder) => files.list(folder).map((it) => `${folder}/${it}`))
    .slice(0, MOST_FILES)
    .flatMap((it) => {
      const bytes = it.endsWith(".conf") ? files.read(it, 0, MOST_BYTES) : undefined;
      return bytes ? pathsCreatedBy(decodeUtf8(bytes)) : [];
    }),
);

const MOST_FILES = 500;
const MOST_BYTES = 100_000;
