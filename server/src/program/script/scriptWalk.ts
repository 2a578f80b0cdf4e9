import { SHELL_FOLDERS } from "../../facts/programFolders.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramFile, ProgramFiles } from "../files.ts";
import type { FileReading, ProgramForm, UnreadFile } from "../reading.ts";
import { ScriptFindings } from "./findings.ts";

/** A script that is still to be read, and how it is run. */
export interface ScriptTask {
  /** The path of the file, or the name of a module. */
  readonly path: string;
  readonly isModule?: boolean;
  /** The program that is given the script; else its first line says it. */
  readonly interpreter?: string;
  /** The script that loads it as a module, next to which others stand. */
  readonly script?: string;
  /** What it is run with; undefined where that is not known. */
  readonly args?: readonly string[];
}

const MAX_FILE = 4 << 20;
/** Of an archive only parts are read. */
export const MAX_ARCHIVE = 32 << 20;
const MAX_FILES = 600;
const MAX_ALL = 64 << 20;
/** Folders in which the packages of a language are installed, each with a name of its own. */
const PACKAGES = /\/(?:site-packages|dist-packages|node_modules|gems|vendor|vendor_ruby|perl5|bower_components)\//;
/** Folders of what comes with an interpreter. */
const OF_LANGUAGE =
  /\/lib\/python[\d.]+\/|^\/usr\/(?:lib|share)\/(?:[\w-]+\/)?(?:perl|ruby|node|nodejs|lua|php)[\d.]*\//;

/** One reading of a script with all that belongs to it: what is still to be read, and what was found. */
export class ScriptWalk {
  readonly files: ProgramFiles;
  readonly environment: Readonly<Record<string, string>>;
  /** The folder that it is run in; undefined where that is not known. */
  readonly folder: string | undefined;
  readonly tasks: ScriptTask[] = [];
  /** The files of modules that were looked for, each once. */
  readonly modules = new Map<string, string | undefined>();
  readonly #readings: ScriptFindings[] = [];
  readonly #unread = new Map<string, string>();
  readonly #starts = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #named = new Set<string>();
  #program: string;
  /** The folder of an installed package that is all its own. */
  #package = "";
  #bytes = 0;

  constructor(files: ProgramFiles, program: string, environment: Readonly<Record<string, string>>, folder?: string) {
    this.files = files;
    this.environment = environment;
    this.folder = folder;
    this.#program = "";
    this.belongsTo(program);
  }

  get result(): { files: FileReading[]; unread: UnreadFile[]; starts: string[] } {
    return {
      files: this.#readings.map((it) => it.reading),
      unread: [...this.#unread].map(([path, why]) => ({ path, why })),
      starts: [...this.#starts],
    };
  }

  /** Whether a file belongs to the program that is read. */
  isOwn(path: string): boolean {
    if (path === this.#program) return true;
    const owner = this.files.packageOf(path);
    if (owner !== this.files.packageOf(this.#program)) return false;
    if (owner !== undefined || (this.#package !== "" && path.startsWith(this.#package))) return true;
    return !PACKAGES.test(path) && !OF_LANGUAGE.test(path);
  }

  /** Names the file to which all that is its own belongs. */
  belongsTo(program: string): void {
    this.#program = this.files.look(program)?.path ?? program;
    this.#package = installedPackage(this.#program);
  }

  /** Counts the installed package as its own that holds what the program is made to call. */
  calls(module: string): void {
    this.#package ||= installedPackage(module);
  }

  findingsOf(path: string): ScriptFindings | undefined {
    return this.#readings.findLast((it) => it.path === path);
  }

  findings(path: string, form: ProgramForm, own = this.isOwn(path)): ScriptFindings {
    const made = new ScriptFindings(path, form, own);
    this.#readings.push(made);
    return made;
  }

  add(task: ScriptTask): void {
    const file = this.files.look(task.path);
    const key = file?.path ?? task.path;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.tasks.push(task);
  }

  unread(path: string, why: string): void {
    if (this.#unread.size < MAX_FILES) this.#unread.set(path, why);
  }

  /** A program that a script starts; a name is looked for as the shell does. */
  start(program: string): void {
    if (this.#named.has(program)) return;
    this.#named.add(program);
    if (this.#starts.size < MAX_FILES) this.#starts.add(this.programAt(program) ?? program);
  }

  programAt(name: string): string | undefined {
    if (name.startsWith("/")) return name;
    if (name.includes("/")) return this.folder === undefined ? undefined : pathFrom(this.folder, name);
    const folders = this.environment.PATH?.split(":", 50) ?? SHELL_FOLDERS;
    return folders.map((it) => `${it}/${name}`).find((it) => this.files.look(it)?.kind === "file");
  }

  /** The first bytes of a file, by which it is recognised. */
  head(path: string): Uint8Array | undefined {
    return this.files.read(path, 0, 512);
  }

  /** The file behind a path if it may be read; else what is wrong with it is noted. */
  fileAt(path: string, most = MAX_FILE): ProgramFile | undefined {
    const file = this.files.look(path);
    const problem =
      file === undefined
        ? "is not on this machine"
        : file.kind !== "file"
          ? "is not a file"
          : file.bytes > most
            ? `is larger than ${most >> 20} MB`
            : this.#readings.length >= MAX_FILES || this.#bytes + file.bytes > MAX_ALL
              ? "was left out, as its program has too many files"
              : undefined;
    if (problem === undefined) return file;
    this.unread(path, problem);
    return undefined;
  }

  bytesOf(file: ProgramFile): Uint8Array | undefined {
    const bytes = this.files.read(file.path, 0, MAX_ARCHIVE);
    if (!bytes) this.unread(file.path, "cannot be read");
    this.#bytes += bytes?.length ?? 0;
    return bytes;
  }

  textAt(path: string): string | undefined {
    const file = this.fileAt(path);
    const bytes = file && this.bytesOf(file);
    return bytes && decodeUtf8(bytes);
  }
}

/** The folder of the installed package of a language that holds a file; empty for files of none. */
function installedPackage(path: string): string {
  const found = [...path.matchAll(new RegExp(PACKAGES, "g"))].at(-1);
  const end = found ? path.indexOf("/", found.index + found[0].length) : -1;
  return end < 0 ? "" : path.slice(0, end + 1);
}

/** A path below a folder, without `.` and `..`. */
export function pathFrom(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The folder of a path. */
export const folderHolding = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
