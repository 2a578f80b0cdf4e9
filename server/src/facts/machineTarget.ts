import { targetNamed } from "./targets.ts";
import { releaseOf, type SystemdVersion } from "./version.ts";

const LIBRARY = /^libsystemd-shared-(\d+)[^/]*\.so$/;

/** Which release of systemd the name of a file is a library of; undefined for any other name. */
export function releaseOfLibrary(name: string): SystemdVersion | undefined {
  const release = LIBRARY.exec(name)?.[1];
  return release === undefined ? undefined : Number(release);
}

/** Where that library lies; `triplets` are the folders of architectures below /usr/lib. */
export const libraryFolders = (triplets: readonly string[]): readonly string[] => [
  "/usr/lib/systemd",
  "/usr/lib64/systemd",
  ...triplets.map((it) => `/usr/lib/${it}/systemd`),
  "/lib/systemd",
  "/run/current-system/systemd/lib/systemd",
];

/** The files that say which distribution it is, the one that counts first. */
export const OS_RELEASE_FILES: readonly string[] = ["/etc/os-release", "/usr/lib/os-release"];

/** The build that a distribution makes of a release, told by its os-release; the release itself where none is known. */
export function buildOf(release: SystemdVersion, osRelease: string): SystemdVersion {
  const field = (name: string): string => new RegExp(`^${name}=["']?([^"'\\n]*)`, "m").exec(osRelease)?.[1] ?? "";
  const id = field("ID") === "amzn" ? "amazon" : field("ID");
  // What is rebuilt from RHEL says so.
  const rebuilt = /^platform:el(\d+)$/.exec(field("PLATFORM_ID"))?.[1];
  const names = [id, ...(rebuilt ? ["rhel"] : [])].flatMap((it) => {
    const version = field("VERSION_ID");
    return [`${it}-${version}`, `${it}-${version.split(".")[0]}`];
  });
  const versions = names.map((it) => targetNamed(it)?.version);
  return versions.find((it) => it !== undefined && releaseOf(it) === release) ?? release;
}
