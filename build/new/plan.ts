import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A place to visit for something new, in the order of visiting. */
export interface Visit {
  readonly place: string;
  /** What to do there. */
  readonly todo: string;
  /** What fails if it is forgotten. */
  readonly toldBy: string;
}

/** What makes something new. */
export interface Plan {
  /** Files to write, by their paths; none of them may be there yet. */
  readonly files: ReadonlyMap<string, string>;
  /** Files to change, by their paths, with their new texts; all that was in them stays. */
  readonly changes: ReadonlyMap<string, string>;
  readonly visits: readonly Visit[];
}

/** Why there is no plan, for whoever asked for it. */
export class Refusal extends Error {}

/** The sources as they are. */
export interface Sources {
  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** The paths of the TypeScript files below a folder. */
  list(folder: string): readonly string[];
}

/** Those below a folder. */
export const sourcesIn = (root: string): Sources => ({
  read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined),
  list: (folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((it) => it.endsWith(".ts"))
      .map((it) => `${folder}/${it}`),
});

/** Those of the folder that this runs in. */
export const SOURCES: Sources = sourcesIn(".");

/** What was written where a person has to say more; a test finds it. */
export const OPEN = "TODO";

/** The text of a file that must be there. */
export function textOf(sources: Sources, path: string): string {
  const text = sources.read(path);
  if (text === undefined) throw new Refusal(`there is no ${path}`);
  return text;
}

/** The file that declares an exported name of the product, wherever it stands by now. */
export function fileDeclaring(sources: Sources, name: string): string {
  const declares = new RegExp(`^export (?:const|function|interface|type|class) ${name}\\b`, "m");
  const path = sources.list("server/src").find((it) => declares.test(sources.read(it) ?? ""));
  if (path === undefined) throw new Refusal(`nothing in server/src exports ${name}`);
  return path;
}

/** Lines that import names into a file, each from where it is declared; `type X` for a type. */
export function importsInto(sources: Sources, path: string, names: readonly string[]): string {
  const byFile = new Map<string, string[]>();
  for (const name of names) {
    const file = fileDeclaring(sources, name.replace(/^type /, ""));
    byFile.set(file, [...(byFile.get(file) ?? []), name]);
  }
  return [...byFile]
    .map(([file, all]) => {
      const isType = all.every((it) => it.startsWith("type "));
      const list = isType ? all.map((it) => it.slice("type ".length)) : all;
      return `import ${isType ? "type " : ""}{ ${list.join(", ")} } from "${relativePath(path, file)}";\n`;
    })
    .join("");
}

/** How a file imports another one. */
export function relativePath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}

/** Puts an import before the first one; the formatter sorts them. */
export function withImport(text: string, line: string): string {
  return `${line}\n${text}`;
}

/** Puts text before the last place where `mark` stands. */
export function insertBefore(text: string, mark: string, added: string): string {
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new Refusal(`nothing to add to: "${mark.trim()}" is missing`);
  return text.slice(0, at) + added + text.slice(at);
}

/** `foo-bar` and `foo_bar` as `fooBar`. */
export const camelCase = (name: string): string =>
  name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());

/** `fooBar` as `foo_bar`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `foo-bar` as `FooBar`. */
export const pascalCase = (name: string): string => camelCase(`-${name}`);
