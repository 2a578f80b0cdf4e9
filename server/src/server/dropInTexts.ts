import { dropInFolders, orderDropIns } from "../units/dropIns.ts";
import type { UnitPath } from "../units/unitPath.ts";
import type { Files } from "./files.ts";

/** The texts of the drop-ins beside a unit file, in systemd's order; none for anything but a unit file. */
export async function readDropIns(files: Files, uri: string, unit: UnitPath): Promise<readonly string[]> {
  if (unit.role !== "unit" || unit.name === undefined) return [];
  const beside = uri.slice(0, uri.lastIndexOf("/") + 1);
  const names = async (folder: string): Promise<string[]> => (await files.list(folder)).map((it) => it.name);
  const present = new Set(await names(beside));
  const folders = dropInFolders(unit.name).filter((name) => present.has(name));
  const listed = await Promise.all(
    folders.map(async (name) => {
      const folder = beside + encodeURIComponent(name);
      return { folder, files: await names(folder) };
    }),
  );
  const texts = await Promise.all(
    orderDropIns(listed).map(({ folder, file }) => files.read(`${folder}/${encodeURIComponent(file)}`)),
  );
  return texts.filter((it) => it !== undefined);
}
