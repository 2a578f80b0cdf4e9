import type { ProgramFiles } from "../files.ts";
import type { Loader } from "./loader.ts";

const MAX_FOLDERS = 200;
const LIBRARY = /\.so(?:\.\d+)*$/;

/** The libraries that paths in a program lead to: by themselves, or all of a folder that is not one for all programs. */
export function pluginsOf(paths: readonly string[], loader: Loader, files: ProgramFiles): readonly string[] {
  const shared = new Set(["/", "/lib", "/usr/lib", ...loader.folders].map((it) => files.look(it)?.path ?? it));
  const found = new Set<string>();
  for (const path of paths.filter((it) => LIBRARY.test(it) || MAY_HOLD.test(it)).slice(0, MAX_FOLDERS * 5)) {
    const place = placesOf(path, loader)
      .map((it) => files.look(it))
      .find((it) => it !== undefined);
    if (place?.kind === "file" && LIBRARY.test(place.path)) found.add(place.path);
    // Tables of characters of the C library, which programs with that linked in name.
    if (place?.kind !== "folder" || shared.has(place.path) || place.path.endsWith("/gconv")) continue;
    for (const name of files.list(place.path)) {
      const plugin = LIBRARY.test(name) ? files.look(`${place.path}/${name}`) : undefined;
      if (plugin?.kind === "file") found.add(plugin.path);
    }
  }
  return [...found];
}

const MAY_HOLD = /^\/(?:usr\/|opt\/|lib|srv\/|var\/lib\/)/;

/** Programs may name the folder without the part for the kind of processor, and add that later. */
function placesOf(path: string, { folders }: Loader): readonly string[] {
  const below = /^\/usr\/lib\/(.+)$/.exec(path)?.[1];
  return below === undefined
    ? [path]
    : [path, ...folders.filter((it) => it.startsWith("/usr/lib/")).map((it) => `${it}/${below}`)];
}
