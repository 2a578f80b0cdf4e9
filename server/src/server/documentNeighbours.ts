import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { WantedScope } from "../units/scope.ts";
import type { StatedText } from "../units/statedText.ts";
import type { TemplateChoice } from "../units/template/finished.ts";

/** What lies outside a document and the workspace that decides which files count for it. */
export interface Neighbours {
  /** Whether the folders of the machine may be looked into. */
  readonly trusted: () => boolean;
  /** The path of the unit file of a name that lies elsewhere in what can be seen, for a drop-in without one next to it. */
  readonly elsewhere: (name: string, near: string) => string | undefined;
  /** The paths of the folders whose source may be read; none where the workspace is not trusted. */
  readonly sourceRoots?: () => readonly string[];
  /** Whose units the reader says that those of a folder are. */
  readonly scope: (uri: string) => WantedScope;
  /** Whether files may be templates; missing where nothing is set. */
  readonly templates?: (uri: string) => TemplateChoice;
  /** More ways to write a placeholder, always the same list as long as nothing changes. */
  readonly placeholders?: (uri: string) => readonly string[] | undefined;
  /** What a team states of the service of a file; always the same list as long as nothing changes. */
  readonly stated?: (uri: string) => readonly StatedText[] | undefined;
  /** The podman that quadlets are read for; the newest where missing. */
  readonly podman?: (uri: string) => PodmanVersion;
}
