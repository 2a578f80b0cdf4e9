import * as files from "./releaseFiles.ts";

/** A directive that a release brought. */
interface NewDirective {
  readonly summary: string;
  /** The name of its value type. */
  readonly type: string;
  /** The manual page without its section number. */
  readonly page: string;
  readonly default?: string;
  readonly many?: true;
}

/** What a release brought and what it gave up, as its file in data/releases has it. */
export interface Release {
  readonly version: number;
  /** The new directives by their sections, which blanks part. */
  readonly directives?: Readonly<Record<string, Readonly<Record<string, NewDirective>>>>;
  /** What it ignores from now on, as `Section.Name`. */
  readonly ignores?: readonly string[];
  /** New words with what each does, by the routine that reads them without `config_parse_`. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** New members of groups of system calls, which blanks part. */
  readonly calls?: Readonly<Record<string, string>>;
  /** New specifiers with what each stands for. */
  readonly specifiers?: Readonly<Record<string, string>>;
  /** New names of exit statuses. */
  readonly exitStatuses?: Readonly<Record<string, { readonly number: number; readonly summary: string }>>;
}

/** All of them, the oldest first. */
export const RELEASES: readonly Release[] = (Object.values(files) as readonly Release[]).toSorted(
  (a, b) => a.version - b.version,
);

/** What each release says of something, with the release as what brought it. */
export const fromReleases = <T, R>(
  of: (release: Release) => Readonly<Record<string, T>> | undefined,
  make: (name: string, it: T, since: number) => R,
): R[] =>
  RELEASES.flatMap((release) => Object.entries(of(release) ?? {}).map(([name, it]) => make(name, it, release.version)));
