import type { Host } from "./host.ts";

/** Contents of no more bytes than these wait to be read again. */
const MOST_BYTES = 4 << 20;

/**
 * A host for a walk over many files that are then read one by one: what a folder held is not asked again of the disk, and a
 * file that was read is given once more from memory.
 */
export function rememberedHost(host: Host): Host {
  /** Of each folder that was listed the names in it that end in `.d`. */
  const dropInFolders = new Map<string, readonly string[]>();
  const read = new Map<string, Uint8Array>();
  let bytes = 0;
  return {
    ...host,
    entries(folder) {
      const entries = host.entries(folder);
      dropInFolders.set(
        folder.endsWith("/") ? folder.slice(0, -1) : folder,
        entries.filter(({ name }) => name.endsWith(".d")).map(({ name }) => name),
      );
      return entries;
    },
    kind(path) {
      if (!path.endsWith(".d")) return host.kind(path);
      const slash = path.lastIndexOf("/");
      const known = dropInFolders.get(path.slice(0, Math.max(0, slash)));
      return known && !known.includes(path.slice(slash + 1)) ? undefined : host.kind(path);
    },
    read(path) {
      const known = read.get(path);
      if (known) {
        read.delete(path);
        bytes -= known.length;
        return known;
      }
      const content = host.read(path);
      if (bytes + content.length <= MOST_BYTES) {
        // The buffer may be larger than what was read into it.
        read.set(path, content.slice());
        bytes += content.length;
      }
      return content;
    },
  };
}
