const MAX_PATHS = 5000;
/** Below one of the folders that machines have: what only looks like a path is a part of an address, or of another path. */
const PATH =
  /^\/(?:app|bin|boot|data|dev|etc|home|lib\w*|media|mnt|nix|opt|proc|root|run|s?bin|snap|srv|sys|tmp|usr|var)(?:\/[\w.@+=,~-]+)*\/?$/;
const WITH_SCHEME = /^(?:unix|file|fd|ipc|local|tcp\+unix):(?:\/\/)?(?=\/)/;
const SOURCE_FILE = /\.(?:c|cc|cpp|cxx|h|hh|hpp|rs|go|s|S|y|l|inl|ipp|tcc)$|^\/(?:rustc|build|usr\/src)\//;

/** The absolute paths that texts are, without placeholders: one, a list with colons, or the address of a socket. */
export function wholePaths(texts: Iterable<string>): readonly string[] {
  const paths = new Set<string>();
  for (const text of texts) {
    if (!text.includes("/")) continue;
    for (const part of text.replace(WITH_SCHEME, "").split(":"))
      if (part.length > 1 && PATH.test(part) && !SOURCE_FILE.test(part) && paths.size < MAX_PATHS)
        paths.add(part.replace(/(?<=[^/])\/+$/, ""));
  }
  return [...paths].sort();
}

/** Whether a text is the name of a file of sources, which compilers leave in messages. */
export const isSourceFile = (text: string): boolean => SOURCE_FILE.test(text);
