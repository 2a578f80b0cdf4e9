import type { ProgramForm } from "../reading.ts";
import { isNamedStandard } from "./languageTable.ts";
import { folderHolding, pathFrom, type ScriptWalk } from "./scriptWalk.ts";

/** Where a module of a script is looked for. */
export interface ModuleSearch {
  readonly form: ProgramForm;
  /** The file that loads it. */
  readonly from: string;
  /** The file that was run, at whose side modules stand. */
  readonly script: string;
  /** The program that runs it; an environment of its own has modules next to it. */
  readonly interpreter: string | undefined;
  /** Folders that the script adds. */
  readonly folders: readonly string[];
  readonly walk: ScriptWalk;
  /** The folders of all modules, those of the script first; they are found when the first one is looked for. */
  places?: readonly string[];
}

/** The file of a module; undefined where none of the folders has it. */
export function moduleFile(name: string, isPath: boolean, search: ModuleSearch): string | undefined {
  const isRelative = isPath || name.startsWith(".") || search.form === "node" || search.form === "ruby";
  const key = `${isRelative ? search.from : search.script}\n${name}\n${isPath}\n${search.folders.join("\n")}`;
  const { modules } = search.walk;
  if (!modules.has(key)) modules.set(key, findModule(name, isPath, search));
  return modules.get(key);
}

function findModule(name: string, isPath: boolean, search: ModuleSearch): string | undefined {
  const { form, from, walk } = search;
  const isFile = (path: string): boolean => walk.files.look(path)?.kind === "file";
  const endings = isPath && form !== "node" ? ["", ".rb"] : (ENDINGS[form] ?? [""]);
  const first = (base: string): string | undefined => endings.map((it) => base + it).find(isFile);
  if (form === "node" && isPath) return nodeFile(pathFrom(folderHolding(from), name), first, search);
  if (isPath)
    return (
      first(pathFrom(folderHolding(from), name)) ??
      (form === "perl" || form === "ruby" ? inFolders(name, search, first) : undefined)
    );
  if (form === "node") return nodeModule(name, first, search);
  return inFolders(
    form === "python" ? pythonPath(name, from) : name.replaceAll(SEPARATORS[form] ?? "/", "/"),
    search,
    first,
  );
}

const SEPARATORS: Partial<Record<ProgramForm, string>> = { perl: "::", lua: ".", php: "\\" };
const ENDINGS: Partial<Record<ProgramForm, readonly string[]>> = {
  python: [".py", "/__init__.py", ".abi3.so", ".so", "/__main__.py"],
  node: ["", ".js", ".mjs", ".cjs", ".ts", ".json", "/index.js", "/index.mjs", "/index.cjs", "/index.ts"],
  perl: [".pm"],
  ruby: [".rb", ".so"],
  lua: [".lua", "/init.lua"],
};

/** Whether a module comes with its language: by its name, or as a file of its library on this machine. */
export function isStandardModule(name: string, { form, walk }: ModuleSearch): boolean {
  if (isNamedStandard(form, name)) return true;
  const path = name.replaceAll(SEPARATORS[form] ?? "/", "/");
  const folders = (LIBRARIES[form] ?? []).flatMap(({ folder, version }) =>
    walk.files
      .list(folder)
      .filter((it) => version.test(it))
      .map((it) => `${folder}/${it}`),
  );
  return folders.some((it) => (ENDINGS[form] ?? []).some((end) => walk.files.look(`${it}/${path}${end}`)));
}

/** Where the library of a language is, in a folder by its version. */
const LIBRARIES: Partial<Record<ProgramForm, readonly { readonly folder: string; readonly version: RegExp }[]>> = {
  perl: [
    { folder: "/usr/share/perl", version: /^5/ },
    { folder: "/usr/lib/x86_64-linux-gnu", version: /^perl-base$/ },
    { folder: "/usr/lib/aarch64-linux-gnu", version: /^perl-base$/ },
    { folder: "/usr/lib/x86_64-linux-gnu/perl", version: /^5/ },
    { folder: "/usr/lib/aarch64-linux-gnu/perl", version: /^5/ },
  ],
  ruby: [
    { folder: "/usr/lib/ruby", version: /^\d/ },
    { folder: "/usr/lib/x86_64-linux-gnu/ruby", version: /^\d/ },
    { folder: "/usr/lib/aarch64-linux-gnu/ruby", version: /^\d/ },
  ],
};

type First = (base: string) => string | undefined;

/** `..a.b` begins at the package of the file. */
function pythonPath(name: string, from: string): string {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const path = name.slice(dots).replaceAll(".", "/");
  if (dots === 0) return path;
  let folder = folderHolding(from);
  for (let i = 1; i < dots; i++) folder = folderHolding(folder);
  return `${folder}/${path}`;
}

function inFolders(path: string, search: ModuleSearch, first: First): string | undefined {
  if (path.startsWith("/")) return first(path.replace(/\/$/, ""));
  for (const folder of modulePlaces(search)) {
    const found = first(`${folder}/${path}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The folders in which an interpreter looks for modules, those of the script first. */
export function modulePlaces(search: ModuleSearch): readonly string[] {
  search.places ??= foldersOf(search);
  return search.places;
}

function foldersOf({ form, script, interpreter, folders, walk, from }: ModuleSearch): readonly string[] {
  const beside = folderHolding(walk.files.look(script)?.path ?? script);
  const own = [...folders.map((it) => pathFrom(beside, it)), beside];
  if (walk.folder !== undefined) own.push(walk.folder);
  const list = (folder: string, name: RegExp, below = ""): readonly string[] =>
    walk.files
      .list(folder)
      .filter((it) => name.test(it))
      .slice(0, 20)
      .map((it) => `${folder}/${it}${below}`);
  if (form === "python") {
    const environment = interpreter === undefined ? undefined : folderHolding(folderHolding(interpreter));
    const venv =
      environment === undefined || environment === "/usr"
        ? []
        : list(`${environment}/lib`, /^python\d/, "/site-packages");
    const local = list("/usr/local/lib", /^python\d/, "/dist-packages");
    const path = walk.environment.PYTHONPATH?.split(":").slice(0, 20) ?? [];
    return [
      ...own,
      ...path,
      ...venv,
      ...local,
      "/usr/lib/python3/dist-packages",
      ...list("/usr/lib", /^python3\.\d+$/),
    ];
  }
  if (form === "perl")
    return [
      ...own,
      `${beside}/lib`,
      `${folderHolding(beside)}/lib`,
      "/usr/local/share/perl5",
      "/usr/share/perl5",
      "/usr/lib/x86_64-linux-gnu/perl5",
      "/etc/perl",
    ];
  if (form === "ruby")
    return [
      ...own,
      `${beside}/lib`,
      `${folderHolding(beside)}/lib`,
      folderHolding(from),
      "/usr/lib/ruby/vendor_ruby",
      ...list("/usr/share/rubygems-integration/all/gems", /./, "/lib"),
    ];
  if (form === "lua")
    return [
      ...own,
      `${folderHolding(beside)}/lib`,
      ...["5.1", "5.2", "5.3", "5.4"].map((it) => `/usr/share/lua/${it}`),
      "/usr/local/share/lua/5.1",
    ];
  return own;
}

/** A file of Node by its path: as it is, with an ending, or what the folder calls its main file. */
function nodeFile(base: string, first: First, { walk }: ModuleSearch): string | undefined {
  const found = first(base) ?? (base.endsWith(".js") ? first(base.replace(/\.js$/, "")) : undefined);
  if (found !== undefined) return found;
  const main = /"main"\s*:\s*"([^"]{1,200})"/.exec(packageText(`${base}/package.json`, walk))?.[1];
  return main === undefined ? undefined : (first(pathFrom(base, main)) ?? first(`${pathFrom(base, main)}/index`));
}

function packageText(path: string, walk: ScriptWalk): string {
  const bytes = walk.files.read(path, 0, 20_000);
  return bytes ? new TextDecoder().decode(bytes) : "";
}

function nodeModule(name: string, first: First, search: ModuleSearch): string | undefined {
  const { from, walk } = search;
  if (name.startsWith("node:")) return undefined;
  const folders: string[] = [];
  for (let folder = folderHolding(from); folders.length < 20; folder = folderHolding(folder)) {
    folders.push(`${folder === "/" ? "" : folder}/node_modules`);
    if (folder === "/") break;
  }
  for (const folder of [...folders, "/usr/share/nodejs", "/usr/lib/nodejs"]) {
    if (!walk.files.look(folder)) continue;
    const found = nodeFile(`${folder}/${name}`, first, search);
    if (found !== undefined) return found;
  }
  return undefined;
}
