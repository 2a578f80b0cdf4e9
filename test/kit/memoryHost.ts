import assert from "node:assert/strict";
import { resolve } from "node:path/posix";
import type { Host } from "../../server/src/cli/host.ts";
import { run } from "../../server/src/cli/main.ts";

/** What a path holds: text, bytes, or an error that reading it throws. */
export type Content = string | Uint8Array | Error;

/** A file system in memory; folders are there where files are below them. */
export interface MemoryHost extends Host {
  /** The files as they are now. */
  readonly files: ReadonlyMap<string, Content>;
  /** Which files were written, in order. */
  readonly written: readonly string[];
}

/** A host of these files; `links` are folders that stand for others, `piped` is standard input, relative paths begin in `cwd`. */
export function memoryHost(
  contents: Readonly<Record<string, Content>>,
  options: {
    readonly links?: Readonly<Record<string, string>>;
    readonly piped?: string | Uint8Array;
    readonly cwd?: string;
  } = {},
): MemoryHost {
  const files = new Map(Object.entries(contents));
  const written: string[] = [];
  const bytes = (content: Content): Uint8Array => {
    if (content instanceof Error) throw content;
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  /** The path behind all links. */
  const real = (path: string): string => {
    for (const [link, target] of Object.entries(options.links ?? {}))
      if (path === link || path.startsWith(`${link}/`)) return real(target + path.slice(link.length));
    return path.replace(/\/$/, "");
  };
  const below = (folder: string): string[] => {
    const prefix = `${real(folder)}/`;
    const all = [...files.keys(), ...Object.keys(options.links ?? {})];
    return all.filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length));
  };
  const stdin = (): Uint8Array => {
    assert.ok(options.piped !== undefined, "standard input was read");
    return bytes(options.piped);
  };
  return {
    files,
    written,
    read(path) {
      const content = files.get(real(path));
      if (content === undefined) throw new Error("no such file");
      return bytes(content);
    },
    write(path, text) {
      assert.ok(files.has(real(path)), `${path} is new`);
      files.set(real(path), text);
      written.push(path);
    },
    create(path, text) {
      assert.ok(!files.has(real(path)), `${path} is there already`);
      files.set(real(path), text);
      written.push(path);
    },
    kind: (path) => (files.has(real(path)) ? "file" : below(path).length > 0 ? "folder" : undefined),
    isLink(path) {
      const [, folder = "", name = ""] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
      return `${real(folder)}/${name}` in (options.links ?? {});
    },
    linkTarget(path) {
      const [, folder = "", name = ""] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
      return options.links?.[`${real(folder)}/${name}`];
    },
    absolute: (path) => resolve(options.cwd ?? "/", path),
    realPath: real,
    list: (folder) => [...new Set(below(folder).map((it) => it.split("/")[0] ?? ""))].sort(),
    stdin,
    stdinEnd: (most) => stdin().slice(-most),
  };
}

/** Runs a command line over a host, without colours. */
export function runOver(host: Host, ...argv: readonly string[]): ReturnType<typeof run> {
  return run(argv, host, { colours: false, progress: () => undefined });
}
