import type { QuadletFileKind } from "../../facts/quadletKinds.ts";
import type { Profile } from "../../hardening/hardening.ts";

/** Whom a service runs as: a user of the system by name, a user that exists only while it runs, or root. */
export type RunAs = { readonly kind: "user"; readonly name: string } | { readonly kind: "dynamic" | "root" };

/** The same, or `suited` where nothing is said: what the command can run as, with the fewest rights. */
export type WantedRunAs = RunAs | { readonly kind: "suited" };

/** When a service runs. */
export type Start =
  | { readonly kind: "boot" | "manual" }
  | { readonly kind: "timer"; readonly calendar: string }
  | { readonly kind: "socket"; readonly listen: string }
  | { readonly kind: "path"; readonly condition: PathCondition; readonly path: string };

/** What a path unit waits for, by the directive that says so. */
export type PathCondition = "PathChanged" | "PathModified" | "PathExists" | "DirectoryNotEmpty";

/** What a new service is to be. */
export interface WantedService {
  /** With or without `.service`. */
  readonly name: string;
  /** The command as it would be typed in a terminal. */
  readonly exec: string;
  /** What its owner states of what it needs, to stand in it as comments. */
  readonly statements?: readonly string[];
  readonly runAs: WantedRunAs;
  readonly start: Start;
  /** The TCP port that it serves. */
  readonly port?: number;
  readonly description?: string;
  /** Addresses as Documentation= takes them. */
  readonly documentation?: readonly string[];
  readonly profile: Profile;
  /** Whether it is a unit of a user's own manager, where it runs as that user. */
  readonly scope: "system" | "user";
  readonly version: number;
}

/** A file that is to be written. */
export interface NewFile {
  /** The name of the unit. */
  readonly name: string;
  readonly text: string;
  /** What the reader should look at first, as offsets in the text. */
  readonly look: { readonly start: number; readonly end: number };
}

/** The files that were asked for, the one to look at first in front, or why there are none. */
export type NewUnits =
  | { readonly kind: "files"; readonly files: readonly NewFile[]; readonly notes: readonly string[] }
  /** `about` says which answer has to change. */
  | { readonly kind: "refused"; readonly about: WantedDetail; readonly message: string };

/** What is asked about a new file that runs no command of the reader's. */
export type FileAnswers = { readonly scope: "system" | "user" } & (
  | {
      readonly kind: "mount";
      readonly what: string;
      readonly where: string;
      readonly type: string;
      readonly options: string;
    }
  | { readonly kind: "target"; readonly name: string; readonly wants: readonly string[]; readonly isAtBoot: boolean }
  /** `main` is what its kind cannot do without, such as the image of a container. */
  | { readonly kind: "quadlet"; readonly of: WantedQuadlet; readonly name: string; readonly main: string }
);

/** What such a file is to be. */
export type WantedFile = FileAnswers & { readonly profile: Profile; readonly version: number };

/** The quadlets that can be asked for. */
export type WantedQuadlet = Exclude<QuadletFileKind, "quadlets">;

/** What a reader is asked for. */
export type WantedDetail =
  | ("name" | "exec" | "user" | "port" | "calendar" | "listen" | "path" | "description" | "documentation")
  | ("what" | "where" | "type" | "options" | "wants" | "main");
