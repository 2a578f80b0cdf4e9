/** Where the repository of the project shows its files to everyone. */
export interface Repository {
  readonly home: string;
  readonly issues: string;
  /** The page about a file. */
  page(path: string): string;
  /** The bytes of a file. */
  raw(path: string): string;
}

/** How each host names a file of the newest commit, and its bytes. */
const HOSTS: Readonly<Record<string, readonly [page: string, raw: string]>> = {
  "github.com": ["blob/HEAD", "raw/HEAD"],
  "gitlab.com": ["-/blob/HEAD", "-/raw/HEAD"],
  "codeberg.org": ["src/branch/main", "raw/branch/main"],
};

/**
 * The repository that the manifest names in `repository`, the one place for its address; undefined where it names none. Fails
 * for a host whose pages are not known here.
 */
export function repositoryOf(stated: string | { readonly url: string } | undefined): Repository | undefined {
  if (stated === undefined) return undefined;
  const text = typeof stated === "string" ? stated : stated.url;
  const { protocol, host, pathname } = new URL(text.replace(/^git\+/, "").replace(/\.git$/, ""));
  const paths = HOSTS[host];
  if (protocol !== "https:" || !paths || !/^\/[^/]+\/[^/]+$/.test(pathname))
    throw new Error(`"repository" in package.json: ${text} is no https address of a repository at a known host`);
  const home = `https://${host}${pathname}`;
  return {
    home,
    issues: `${home}/${host === "gitlab.com" ? "-/issues" : "issues"}`,
    page: (path) => `${home}/${paths[0]}/${path}`,
    raw: (path) => `${home}/${paths[1]}/${path}`,
  };
}
