import { SHELL_FOLDERS } from "../facts/programFolders.ts";
import { append } from "../text/append.ts";
import type { ProgramCommand } from "./command.ts";
import { configurationOfProgram } from "./configuration.ts";
import type { ConfigurationFact } from "./daemons/fact.ts";
import { readDaemons } from "./daemons/readDaemons.ts";
import { rightsOfFile } from "./fileRights.ts";
import type { ProgramFiles } from "./files.ts";
import { lookedOnce } from "./lookedOnce.ts";
import type { PackageStatement } from "./packages/statement.ts";
import { packageStatements } from "./packages/statements.ts";
import type { FileReading, ProgramReading, UnreadFile } from "./reading.ts";
import { readNativeProgram } from "./readNativeProgram.ts";
import { readScriptProgram } from "./readScriptProgram.ts";
import { assemblyStartedBy } from "./script/dotnetProject.ts";

/** More programs than one service starts of its own. */
const MOST_PROGRAMS = 40;

/**
 * Reads the programs of some commands with all that belongs to them: libraries and modules, what they start of their own, and the
 * configuration that they are told of, with the scripts in it. Programs of others that they start are not read: a sign says that
 * they are started.
 */
export function readPrograms(commands: readonly ProgramCommand[], files: ProgramFiles): ProgramReading {
  const session = new ProgramSession(commands, lookedOnce(files));
  session.readAll();
  session.readConfiguration();
  // Scripts of the configuration may be told of more, but no more is followed.
  session.readAll();
  return session.reading;
}

class ProgramSession {
  readonly #files: ProgramFiles;
  readonly #waiting: ProgramCommand[];
  readonly #packages: ReadonlySet<string | undefined>;
  readonly #read = new Map<string, FileReading>();
  readonly #unread = new Map<string, UnreadFile>();
  readonly #seen = new Set<string>();
  readonly #packaged: readonly PackageStatement[];
  #configuration: readonly ConfigurationFact[] = [];
  #next = 0;

  constructor(commands: readonly ProgramCommand[], files: ProgramFiles) {
    this.#files = files;
    this.#waiting = [...commands];
    const [first] = commands;
    this.#packaged = first ? packageStatements(files.look(first.path)?.path ?? first.path, files) : [];
    this.#packages = new Set(commands.map((it) => files.packageOf(it.path)));
  }

  get reading(): ProgramReading {
    return {
      files: [...this.#read.values()],
      unread: [...this.#unread.values()],
      configuration: this.#configuration,
      packaged: this.#packaged,
    };
  }

  /** Reads all that waits, which grows meanwhile. */
  readAll(): void {
    for (; this.#next < this.#waiting.length; this.#next++) {
      const command = this.#waiting[this.#next];
      if (command) this.#readProgram(command);
    }
  }

  readConfiguration(): void {
    const daemons = readDaemons(this.#waiting, this.#files);
    this.#configuration = daemons.facts;
    const options = [...new Set([...this.#waiting.flatMap(pathsTold), ...daemons.read])].filter(
      (it) => !this.#read.has(it),
    );
    const named = [...new Set([...this.#read.values()].flatMap((it) => (it.own ? it.paths : [])))];
    const isOwn = (it: string): boolean => this.#packages.has(this.#files.packageOf(it));
    const { files, unread, starts } = configurationOfProgram({ options, named }, this.#files, isOwn);
    this.#add(files, [...daemons.unread, ...unread]);
    this.#wait(starts);
  }

  #readProgram(command: ProgramCommand): void {
    const found = this.#files.look(command.path);
    const path = found?.path ?? command.path;
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    if (found?.kind !== "file") {
      this.#add([], [{ path: command.path, why: found ? "is no file" : "is not on this machine" }]);
      return;
    }
    // By the path as it is named: an environment of Python is known by its link to the interpreter.
    const assembly = assemblyStartedBy(path, this.#files);
    const script = readScriptProgram(assembly ?? command.path, this.#files, {
      ...command,
      ...(assembly !== undefined && { interpreter: "dotnet" }),
    });
    // What interprets a script is machine code itself, whose own signs are not those of the script.
    const isScript = script.files.length > 0 || script.unread.some((it) => it.path !== command.path);
    const { files, unread, starts } = isScript ? script : readNativeProgram(command.path, this.#files);
    // The kernel heeds neither modes nor capabilities of scripts.
    const rights = isScript ? [] : rightsOfFile(found, this.#files.capabilitiesOf?.(path));
    this.#add(
      files.map((it, i) => (i === 0 && rights.length > 0 ? { ...it, signs: [...it.signs, ...rights] } : it)),
      unread,
    );
    const started = starts.flatMap((it) => this.#startedPath(it) ?? []);
    this.#wait(started.filter((it) => this.#packages.has(this.#files.packageOf(it))));
  }

  #add(files: readonly FileReading[], unread: readonly UnreadFile[]): void {
    for (const it of files) if (this.#read.get(it.path)?.own !== true) this.#read.set(it.path, it);
    for (const it of unread) this.#unread.set(it.path, it);
  }

  #wait(programs: readonly string[]): void {
    const environment = this.#waiting[0]?.environment ?? {};
    const room = Math.max(0, MOST_PROGRAMS - this.#waiting.length);
    for (const path of programs.slice(room))
      if (!this.#seen.has(path)) this.#add([], [{ path, why: "is one more program than is read of a service" }]);
    append(
      this.#waiting,
      programs.slice(0, room).map((path) => ({ path, args: [], environment })),
    );
  }

  #startedPath(program: string): string | undefined {
    const places = program.startsWith("/") ? [program] : SHELL_FOLDERS.map((it) => `${it}/${program}`);
    return places.map((it) => this.#files.look(it)).find((it) => it?.kind === "file")?.path;
  }
}

/** The paths that a command is told of: absolute ones, and those that may begin in its folder. */
function pathsTold({ args, environment, folder }: ProgramCommand): readonly string[] {
  const relative = args.flatMap((it) => (folder === undefined ? [] : (RELATIVE.exec(it)?.[1] ?? [])));
  return [...args, ...Object.values(environment)].flatMap(pathsIn).concat(relative.map((it) => `${folder}/${it}`));
}

/** A word, or what stands after the name of an option, that may name a file. */
const RELATIVE = /^(?:-[\w-]*=)?(?![-/])([\w.+@%~-][\w.+@%~/-]*)$/;

/** The absolute paths in an option or a variable. */
const pathsIn = (text: string): readonly string[] => text.match(/(?<![\w.])\/[\w.+@%~-][\w.+@%~/-]*/g) ?? [];
