import { Recent } from "../text/recent.ts";
import type { ProgramFiles } from "./files.ts";
import { isElf } from "./native/bytes.ts";
import { type Loader, loaderFor, type NeedingFile } from "./native/loader.ts";
import { type NativeFile, readForeignFile, readOwnFile } from "./native/nativeFile.ts";
import { signOfLibrary } from "./native/nativeTable.ts";
import { libraryOwnership } from "./native/ownership.ts";
import { pluginsOf } from "./native/plugins.ts";
import type { FileReading, UnreadFile } from "./reading.ts";

/** What was read of a program in machine code, its libraries and plugins. */
export interface NativeReading {
  readonly files: readonly FileReading[];
  readonly unread: readonly UnreadFile[];
  /** Programs that it names to start them: paths, and names for the search path. */
  readonly starts: readonly string[];
}

/** Of larger files only the beginning is read, and of programs with more files or bytes only the first ones. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_FILES = 600;

/**
 * Reads a program in machine code with all that the loader puts next to it, and the plugins that it names; nothing for a file of
 * another form.
 */
export function readNativeProgram(path: string, files: ProgramFiles): NativeReading {
  const found = files.look(path);
  const header = found?.kind === "file" ? files.read(found.path, 0, 20) : undefined;
  if (!found || !header || !isElf(header)) return { files: [], unread: [], starts: [] };
  const closure = new Closure(files, loaderFor(header, files), found.path);
  closure.readAll();
  const { files: read, ...rest } = closure.reading();
  const name = nameFor(path, found.path, files);
  return { ...rest, files: read.map((it) => (it.path === found.path ? { ...it, path: name } : it)) };
}

/** The path by which people know a program: as it is written, unless that is a link of no package to the file of one. */
const nameFor = (written: string, real: string, files: ProgramFiles): string =>
  files.packageOf(written) === files.packageOf(real) ? written : real;

/** Programs of a machine share libraries: so many files are kept, some kilobytes each. */
const MOST_KEPT = 1000;
/** By what reads the files, which is the same for all readings of a machine. */
const FILES_OF = new WeakMap<ProgramFiles["read"], Recent<string, NativeFile>>();

/** A file to be read, with the one that needs it. */
interface WaitingFile {
  readonly path: string;
  readonly own: boolean;
  readonly by?: NeedingFile;
}

class Closure {
  readonly #files: ProgramFiles;
  readonly #loader: Loader;
  readonly #isOwn: (path: string) => boolean;
  readonly #waiting: WaitingFile[] = [];
  readonly #known = new Set<string>();
  readonly #read: NativeFile[] = [];
  readonly #unread = new Map<string, UnreadFile>();
  #bytes = 0;
  #plugins = 0;

  constructor(files: ProgramFiles, loader: Loader, program: string) {
    this.#files = files;
    this.#loader = loader;
    this.#isOwn = libraryOwnership(program, loader, files);
    this.#add({ path: program, own: true });
  }

  readAll(): void {
    // It grows while it is read.
    for (const it of this.#waiting) {
      if (this.#read.length >= MAX_FILES || this.#bytes > (this.#files.mostBytes ?? MAX_BYTES))
        this.#leave(it.path, "is more than is read of a program");
      else this.#readFile(it);
    }
  }

  reading(): NativeReading {
    const own = this.#read.filter((it) => it.reading.own);
    const compilers = this.#read
      .map((it) => it.reading)
      .filter((it) => !it.own && signOfLibrary(it.path) === "compiles");
    return {
      files: this.#read.map((it, i) =>
        withCompilers(this.#plugins > 0 ? it.reading : withHiddenPlugins(it), i === 0 ? compilers : []),
      ),
      unread: [...this.#unread.values()],
      starts: [...new Set([...own.flatMap((it) => it.starts), ...this.#programsIn(own)])],
    };
  }

  #readFile({ path, own, by }: WaitingFile): void {
    const size = this.#files.look(path)?.bytes ?? 0;
    const file = this.#fileAt(path, own);
    if (typeof file === "string") {
      this.#leave(path, file);
      return;
    }
    // Imports stand at the beginning, which is all that counts of foreign ones.
    if (own && size > MAX_FILE_BYTES) this.#leave(path, "is larger than 64 MB: its end is not read");
    this.#bytes += Math.min(size, MAX_FILE_BYTES);
    this.#read.push(file);
    const needing: NeedingFile = { path, file, ...(by && { by }) };
    for (const it of file.needed) this.#addLibrary(it, needing, true);
    for (const it of file.loads) if (it !== undefined) this.#addLibrary(it, needing, false);
    if (!own) return;
    const packaged = file.loads.includes(undefined) ? (this.#files.pluginsOf?.(path) ?? []) : [];
    for (const it of [...pluginsOf(file.reading.paths, this.#loader, this.#files), ...packaged]) {
      if (!this.#isOwn(it)) continue;
      this.#plugins++;
      this.#add({ path: it, own: true, by: needing });
    }
  }

  /** What a file shows, read once for all programs that share it; why not, where it cannot be read. */
  #fileAt(path: string, own: boolean): NativeFile | string {
    const { bytes: size = 0, changed = 0 } = this.#files.look(path) ?? {};
    const known = FILES_OF.get(this.#files.read) ?? new Recent<string, NativeFile>(MOST_KEPT);
    FILES_OF.set(this.#files.read, known);
    const key = `${own} ${size} ${changed} ${path}`;
    const kept = known.get(key);
    if (kept) return kept;
    const bytes = this.#files.read(path, 0, MAX_FILE_BYTES);
    if (!bytes) return "cannot be read";
    const file = (own ? readOwnFile : readForeignFile)(path, bytes);
    if (!file) return "is machine code of another order of bytes";
    known.set(key, file);
    return file;
  }

  #addLibrary(name: string, by: NeedingFile, needed: boolean): void {
    if (LEFT_OUT.test(name.slice(name.lastIndexOf("/") + 1))) return;
    const path = this.#loader.find(name, by);
    if (path !== undefined) this.#add({ path, own: this.#isOwn(path), by });
    else if (needed) this.#unread.set(name, { path: name, why: "is not where the loader looks", isLibrary: true });
  }

  #add(it: WaitingFile): void {
    if (this.#known.has(it.path)) return;
    this.#known.add(it.path);
    this.#waiting.push(it);
  }

  #leave(path: string, why: string): void {
    this.#unread.set(path, { path, why });
  }

  /** Programs of the machine whose whole paths stand in code that starts some. */
  #programsIn(own: readonly NativeFile[]): readonly string[] {
    return own
      .filter(({ reading }) => reading.signs.some((it) => it.sign === "exec"))
      .flatMap(({ reading }) => reading.paths)
      .filter((it) => PROGRAM.test(it) && !/\.so(?:\.|$)/.test(it) && this.#isProgram(it));
  }

  #isProgram(path: string): boolean {
    const found = this.#files.look(path);
    return found?.kind === "file" && (found.mode & 0o111) !== 0;
  }
}

const PROGRAM = /^\/(?:usr\/(?:local\/)?)?(?:s?bin|lib|libexec)\/|^\/opt\//;

/** They hold all calls, so that what they can do says nothing of a program. */
const LEFT_OUT =
  /^(?:ld-linux|ld-musl|ld64|libc\.musl|(?:libc|libm|libmvec|libstdc\+\+|libpthread|libdl|librt|libresolv|libutil|libanl|libgcc_s)\.so)/;

/** A compiler that any library brings makes code in the program, whoever asked for it. */
function withCompilers(reading: FileReading, compilers: readonly FileReading[]): FileReading {
  const signs = compilers
    .map(({ path }) => ({ sign: "compiles", form: "library", what: path.slice(path.lastIndexOf("/") + 1) }) as const)
    .filter(({ what }) => !reading.signs.some((it) => it.sign === "compiles" && it.what === what));
  return signs.length === 0 ? reading : { ...reading, signs: [...reading.signs, ...signs] };
}

function withHiddenPlugins({ reading, loads }: NativeFile): FileReading {
  if (!reading.own || !loads.includes(undefined)) return reading;
  return { ...reading, hides: [...reading.hides, "loads plugins whose names are not in its text"] };
}
