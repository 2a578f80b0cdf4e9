import assert from "node:assert/strict";
import { resolve } from "node:path/posix";
import type { FileWrite } from "../../server/src/cli/fileWrite.ts";
import type { Host, HostOwner } from "../../server/src/cli/host.ts";
import { run } from "../../server/src/cli/main.ts";
import { type Outcome, withoutFile } from "../../server/src/cli/outcome.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";

/** What a path holds: text, bytes, or an error that reading it throws. */
export type Content = string | Uint8Array | Error;

/** A file system in memory; folders are there where files are below them. */
export interface MemoryHost extends Host {
  /** Writes one; throws where the text before is another, or where the file is new and there already. */
  write(write: FileWrite): void;
  /** The files as they are now. */
  readonly files: ReadonlyMap<string, Content>;
  /** Which files were written, in order. */
  readonly written: readonly string[];
}

/**
 * A host of these files; `links` are folders that stand for others, `piped` is standard input, relative paths begin in `cwd`.
 * What has no owner among `owners` is root's.
 */
export function memoryHost(
  contents: Readonly<Record<string, Content>>,
  options: {
    readonly links?: Readonly<Record<string, string>>;
    readonly piped?: string | Uint8Array;
    readonly cwd?: string;
    readonly today?: string;
    readonly owners?: Readonly<Record<string, HostOwner>>;
  } = {},
): MemoryHost {
  const files = new Map(Object.entries(contents));
  const written: string[] = [];
  const bytes = (content: Content): Uint8Array => {
    if (content instanceof Error) throw content;
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  const absolute = (path: string): string =>
    /^\/(?!.*\/(?:\.{0,2}\/|\.{0,2}$))/s.test(path) ? path : resolve(options.cwd ?? "/", path);
  const links = new Map(Object.entries(options.links ?? {}).map(([link, target]) => [absolute(link), target]));
  /** The files by their absolute paths, of which some were given from the working directory. */
  const given = new Map([...files.keys()].map((it) => [absolute(it), it]));
  /** The absolute path behind all links. */
  const real = (path: string): string => {
    const its = absolute(path);
    for (const [link, target] of links)
      if (its === link || its.startsWith(`${link}/`)) return real(target + its.slice(link.length));
    return its;
  };
  const keyOf = (path: string): string => given.get(real(path)) ?? real(path);
  const below = (folder: string): string[] => {
    const prefix = `${real(folder)}/`.replace("//", "/");
    const all = [...given.keys(), ...links.keys()];
    return all.filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length));
  };
  /** A path behind the links of the folders on the way to it. */
  const entryOf = (path: string): string => {
    const [, folder = "", name = ""] = /^(.*)\/([^/]*)$/.exec(absolute(path)) ?? [];
    return `${real(folder || "/")}/${name}`.replace("//", "/");
  };
  const stdin = (): Uint8Array => {
    assert.ok(options.piped !== undefined, "standard input was read");
    return bytes(options.piped);
  };
  return {
    files,
    written,
    name: () => "box",
    time: () => new Date(`${options.today ?? "2026-11-30"}T12:00:00Z`),
    read(path) {
      const content = files.get(keyOf(path));
      if (content === undefined) throw new Error("no such file");
      return bytes(content);
    },
    start(path, most) {
      return this.read(path).subarray(0, most);
    },
    write({ path, before, text }) {
      const now = files.get(keyOf(path));
      assert.equal(now === undefined ? undefined : decodeUtf8(bytes(now)), before, path);
      const key = keyOf(path);
      files.set(key, text);
      given.set(absolute(key), key);
      written.push(path);
    },
    kind: (path) => (files.has(keyOf(path)) ? "file" : below(path).length > 0 ? "folder" : undefined),
    isLink: (path) => links.has(entryOf(path)),
    owner(path) {
      const kind = this.kind(path);
      return kind && (options.owners?.[path] ?? { uid: 0, gid: 0, mode: kind === "folder" ? 0o755 : 0o644 });
    },
    linkTarget: (path) => links.get(entryOf(path)),
    absolute,
    realPath: real,
    list: (folder) => [...new Set(below(folder).map((it) => it.split("/")[0] ?? ""))].sort(),
    entries(folder) {
      return this.list(folder).map((name) => {
        const path = `${folder.replace(/\/$/, "")}/${name}`;
        return { name, is: this.isLink(path) ? "link" : (this.kind(path) ?? "other") };
      });
    },
    stdin,
    stdinEnd: (most) => stdin().slice(-most),
  };
}

/** Runs a command line over a host, without colours, to its end. */
export function runOver(host: Host, ...argv: readonly string[]): Outcome {
  return runOn(argv, host, { colours: false, progress: () => undefined });
}

/** The same on any terminal; what is to be written is written where the host is one that takes it. */
export function runOn(
  argv: readonly string[],
  host: Host & Partial<Pick<MemoryHost, "write">>,
  ...rest: Parameters<typeof run> extends [unknown, unknown, ...infer R] ? R : never
): Outcome {
  const { writes, end } = run(argv, host, ...rest);
  const written = (files: readonly FileWrite[]): Map<string, string> => {
    const failures = new Map<string, string>();
    for (const it of files) {
      assert.ok(host.write, "nothing can be written");
      try {
        host.write(it);
      } catch (error) {
        failures.set(it.path, error instanceof Error ? error.message : String(error));
      }
    }
    return failures;
  };
  const outcome = end(written(writes));
  return outcome.file ? withoutFile(outcome, written([outcome.file])) : outcome;
}
