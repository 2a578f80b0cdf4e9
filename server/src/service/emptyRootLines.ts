/** The directory of the root, as the service finds it in the root itself: its own user could write it there. */
const ITSELF = "InaccessiblePaths=-+/run/confinement/%n";

/**
 * The lines of an empty root directory around those that bind something into it; the root itself is closed (seen with
 * 257). TemporaryFileSystem=/ is no way to one: next to ProtectSystem=strict systemd drops it.
 */
export function emptyRootLines(binds: readonly string[]): readonly string[] {
  return ["RuntimeDirectory=confinement/%n", "RootDirectory=/run/confinement/%n", ...binds, ITSELF];
}
