import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the recipes and entries in packaging/ leave open. */
export interface ReleaseFacts {
  readonly version: string;
  /** The address of the repository's page. */
  readonly repository: string;
  /** The SHA-256 of the npm package. */
  readonly sha256: Buffer;
}

/** The files of packaging/ that others get, by their path in it, with all that they leave open filled in. */
export function packagingTexts({ version, repository, sha256 }: ReleaseFacts): ReadonlyMap<string, string> {
  const values: Readonly<Record<string, string>> = {
    VERSION: version,
    REPOSITORY: repository,
    SHA256: sha256.toString("hex"),
    SRI: `sha256-${sha256.toString("base64")}`,
  };
  const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .map((it) => it.replaceAll("\\", "/"))
    .filter((it) => statSync(join(FOLDER, it)).isFile() && !OURS.some((ours) => it.startsWith(ours)));
  return new Map(
    paths
      .sort()
      .map((it) => [
        it,
        readFileSync(join(FOLDER, it), "utf8").replace(/@([A-Z\d]+)@/g, (_, name) => values[name] ?? name),
      ]),
  );
}

const FOLDER = "packaging";

/** What is used where it is. */
const OURS = ["README.md", "github/"];
