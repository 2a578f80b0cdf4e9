import { directive, isRead, sectionsWith } from "../catalog/catalog.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { snippetText } from "../text/snippetText.ts";
import type { Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import { parseQuadletName } from "../values/quadletName.ts";
import { pathFromStem } from "../values/unitName.ts";
import { userFor } from "./newUnit/naming.ts";

/** A row of the files in `snippets/`. */
export interface Snippet {
  readonly prefix: string;
  /** The kind of the units that it writes, `drop-in`, or the section that it is for. */
  readonly for: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** What a snippet takes from the file that it is for. */
export interface SnippetFile {
  /** The name of the file up to an `@`, where a path can have it. */
  readonly name?: string | undefined;
  /** Whether it is a template, whose instances must not share what they keep. */
  readonly isTemplate?: boolean;
  /** Whose manager reads it; the system's where missing. */
  readonly scope?: "system" | "user";
  /** What a mount unit mounts, as its name says. */
  readonly mountPoint?: string | undefined;
}

/** What a unit gives to its snippets. */
export function snippetFile(unit: Unit): SnippetFile {
  const { name: full, kind, scope } = unit.path;
  if (full === undefined) return { scope };
  const name = parseQuadletName(full) ?? whereOf(unit).unit;
  return {
    ...(PLAIN.test(name.prefix) ? { name: name.prefix } : {}),
    isTemplate: full.includes("@."),
    scope,
    mountPoint: kind === "mount" ? pathFromStem(name.stem) : undefined,
  };
}

/** A name without what snippets, values and paths read otherwise. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** The lines of a snippet but those of directives that a version does not know, and what is said of them. */
export function snippetLines({ body }: Snippet, version: SystemdVersion): readonly string[] {
  return body.filter((line) => {
    const [, name = ""] = /^(?:# .* )?([A-Za-z]+)=/.exec(line) ?? [];
    const [home] = sectionsWith(name);
    const row = home && directive(home, name);
    return !row || isRead(row, version);
  });
}

/**
 * The lines of a snippet for a file, with its places: `${TM_FILENAME_BASE:…}` is its name, as not every client knows the
 * variable, `${INSTANCE:…}` is for templates alone, `${MOUNT_POINT:…}` is what the name of a mount unit says. The manager of a
 * user has no target of the system and no /run.
 */
export function snippetBody(snippet: Snippet, version: SystemdVersion, file: SnippetFile): string {
  const { name, isTemplate = false, scope = "system", mountPoint } = file;
  const account = name === undefined ? undefined : userFor(name);
  const body = snippetLines(snippet, version)
    .join("\n")
    .replace(/(?<=User=(?:\$\{\d+:)?)\$\{TM_FILENAME_BASE:([^${}]*)\}/g, (_, other: string) => account ?? other)
    .replace(/\$\{TM_FILENAME_BASE:([^${}]*)\}/g, (_, other: string) => name ?? other)
    .replace(/\$\{INSTANCE:([^${}]*)\}/g, (_, instance: string) => (isTemplate ? instance : ""))
    .replace(/\$\{MOUNT_POINT:([^${}]*)\}/g, (_, other: string) => (mountPoint ?? other).replace(/[\\$}]/g, "\\$&"));
  if (scope === "system") return body;
  return body
    .replace(/\$\{(\d+)\|multi-user\.target,default\.target\|\}/g, (_, stop: string) => `\${${stop}:default.target}`)
    .replaceAll("multi-user.target", "default.target")
    .replace(/(?<=^ListenStream=\$\{\d+:)\/run\//gm, "%t/");
}

/** What a snippet writes to a file before anything in it is changed. */
export const snippetDefaults = (snippet: Snippet, version: SystemdVersion, file: SnippetFile): string =>
  snippetText(snippetBody(snippet, version, file));
