import { append } from "../text/append.ts";
/** What is new in the logs of a run that goes on. */
export interface Novelty {
  /** Takes more of a log, cut at lines, and gives the absolute paths in it that were not seen before. */
  add(text: string): readonly string[];
  /** What was new since this was asked last, for the reader; undefined for nothing. */
  take(): string | undefined;
}

/** More names than these are not kept. */
const MOST_KEPT = 200_000;

/** So many are named. */
const MOST_NAMED = 3;

/** The call of a line; its process and its time stand before it. */
const CALL = /^(?:(\d+) +)?(?:\d+\.\d+ +)?([a-z_]\w{1,30})\(/;

/** The folder where a process is, as a call says it that opens from there. */
const FOLDER = /^[^(]*\(AT_FDCWD<(\/[^>]*)>/;

/** A path as the first argument of a call, which counts from there where it is relative. */
const FIRST_PATH = /^[^(]*\("([^"\\]+)"/;

/** A change of it that succeeded, by name or by descriptor. */
const CHANGE = /^[^(]*\bf?chdir\((?:"|\d+<(\/[^>]*)>)[^)]*\) += 0/;

/** So many processes are known by their folders. */
const MOST_PROCESSES = 4096;

/** Notes names of system calls and paths the first time that they are seen, without a look at what they mean. */
export function novelty(): Novelty {
  const [calls, paths] = [new Set<string>(), new Set<string>()];
  let [newCalls, newPaths]: [string[], string[]] = [[], []];
  const folders = new Map<string, string>();
  /** That of the last process that told one, which may have made those of which nothing is known. */
  let lastFolder: string | undefined;
  /** Notes where a process is, and gives the path of a first argument that counts from there. */
  const fromFolder = (line: string, process: string): string | undefined => {
    const name = FIRST_PATH.exec(line)?.[1];
    const named = name === undefined ? undefined : absolute(folders.get(process) ?? lastFolder, name);
    const change = CHANGE.exec(line);
    const folder = change ? (change[1] ?? named) : FOLDER.exec(line)?.[1];
    if (folder !== undefined && folder.length <= MOST_LENGTH) {
      lastFolder = folder;
      if (folders.size < MOST_PROCESSES || folders.has(process)) folders.set(process, folder);
    }
    return name?.startsWith("/") ? undefined : named;
  };
  const isNew = (known: Set<string>, name: string): boolean => {
    if (known.size >= MOST_KEPT || known.has(name)) return false;
    known.add(name);
    return true;
  };
  return {
    add(text) {
      const fresh: string[] = [];
      for (const line of text.split("\n")) {
        const [, process = "", call] = CALL.exec(line) ?? [];
        if (call === undefined) continue;
        if (isNew(calls, call)) newCalls.push(call);
        const named = fromFolder(line, process);
        for (const path of named === undefined ? pathsIn(line) : [named, ...pathsIn(line)])
          if (isNew(paths, path)) fresh.push(path);
      }
      append(newPaths, fresh);
      return fresh;
    },
    take() {
      const parts = [counted(newCalls, "system call"), counted(newPaths, "path")].filter((it) => it !== undefined);
      [newCalls, newPaths] = [[], []];
      return parts.length > 0 ? parts.join(", ") : undefined;
    },
  };
}

/** Longer paths has no system. */
const MOST_LENGTH = 4096;

/** The paths in quotes, of a relative one with the folder of the descriptor before it, and those of descriptors. */
function pathsIn(line: string): string[] {
  const found: (string | undefined)[] = [];
  let folder: string | undefined;
  let after = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char !== '"' && char !== "<") continue;
    const end = char === "<" ? line.indexOf(">", at) : quoteEnd(line, at);
    if (end < 0) break;
    const name = line.slice(at + 1, end);
    if (name.length > MOST_LENGTH) folder = undefined;
    else if (char === "<") {
      folder = name.startsWith("/") ? name : undefined;
      found.push(absolute(undefined, name));
    } else {
      found.push(absolute(line.slice(after, at) === ", " ? folder : undefined, name));
      folder = undefined;
    }
    after = end + 1;
    at = end;
  }
  return found.filter((it) => it !== undefined);
}

function quoteEnd(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line.charAt(at) === "\\") at++;
    else if (line.charAt(at) === '"') return at;
  }
  return -1;
}

function absolute(folder: string | undefined, name: string): string | undefined {
  const path = name.startsWith("/") ? name : folder === undefined ? undefined : `${folder}/${name}`;
  if (path === undefined) return undefined;
  return unescaped(path).replace(/(?<=\/)(?:\.?\/)+|(?<=.)\/\.?$/g, "");
}

/** The path itself: strace writes bytes that are no plain ASCII, and the brackets around descriptors, in octal. */
function unescaped(path: string): string {
  if (!path.includes("\\")) return path;
  const bytes = path.replace(/\\([0-7]{1,3}|.)/g, (_, it: string) =>
    /^[0-7]/.test(it) ? String.fromCharCode(Number.parseInt(it, 8) & 255) : (CONTROLS[it] ?? it),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (it) => it.charCodeAt(0)));
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f" };

function counted(names: readonly string[], what: string): string | undefined {
  if (names.length === 0) return undefined;
  const more = names.length > MOST_NAMED ? ", …" : "";
  return `${names.length} ${what}${names.length === 1 ? "" : "s"} (${names.slice(0, MOST_NAMED).join(", ")}${more})`;
}
