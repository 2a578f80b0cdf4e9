import type { UnitFile } from "../../syntax/tree.ts";

/** What of a file counts where one of several branches does: all of a finished one. */
export const countedFile = (file: UnitFile): UnitFile => file.template?.variant(0) ?? file;

/** The files of a unit as they count, the drop-ins after its own. */
export const countedFiles = ({
  file,
  dropIns,
}: {
  readonly file: UnitFile;
  readonly dropIns: readonly UnitFile[];
}): readonly UnitFile[] => [file, ...dropIns].map(countedFile);
