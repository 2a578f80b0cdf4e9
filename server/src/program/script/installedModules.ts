import type { ScriptFindings } from "./findings.ts";
import { signsOfModule } from "./languageTable.ts";
import type { ModuleSearch } from "./moduleFiles.ts";
import { folderHolding } from "./scriptWalk.ts";

/** The modules that are installed for one program alone, and the list that names them. */
interface Installed {
  readonly path: string;
  readonly names: readonly string[];
}

const MAX_LEVELS = 4;
const MAX_LIST = 4 << 20;
/** Folders that all programs share. */
const SHARED = /^\/(?:usr|lib|opt|srv|home|var|etc)?(?:\/(?:local|lib|share|bin|sbin|local\/bin|local\/lib))?$/;

/** Notes what modules show that are installed for a program alone: each of them may be loaded by a name that is not in its text. */
export function noteInstalledModules(search: ModuleSearch, findingsOf: (path: string) => ScriptFindings): void {
  const installed = installedFor(search);
  if (!installed) return;
  const findings = findingsOf(installed.path);
  for (const name of installed.names.slice(0, 5000))
    for (const it of signsOfModule(search.form, name)) findings.sign(it, "library", name);
}

function installedFor({ form, script, interpreter, walk }: ModuleSearch): Installed | undefined {
  const { files } = walk;
  const text = (path: string): string | undefined => {
    const bytes = files.read(path, 0, MAX_LIST);
    return bytes && new TextDecoder().decode(bytes);
  };
  const named = (path: string, pattern: RegExp): Installed | undefined => {
    const list = text(path);
    return list === undefined
      ? undefined
      : { path, names: [...new Set([...list.matchAll(pattern)].map(([, name = ""]) => name))] };
  };
  if (form === "python") {
    const environment = interpreter === undefined ? "" : folderHolding(folderHolding(interpreter));
    const version = files.list(`${environment}/lib`).find((it) => /^python\d/.test(it));
    if (version === undefined || !files.look(`${environment}/pyvenv.cfg`)) return undefined;
    const path = `${environment}/lib/${version}/site-packages`;
    return {
      path,
      names: files
        .list(path)
        .map((it) => it.replace(/\.py$/, ""))
        .filter((it) => /^\w+$/.test(it)),
    };
  }
  let folder = folderHolding(files.look(script)?.path ?? script);
  for (let i = 0; i < MAX_LEVELS && !SHARED.test(folder); i++, folder = folderHolding(folder)) {
    if (form === "node") {
      const path = `${folder}/node_modules`;
      const names = files.list(path);
      if (names.length > 0)
        return {
          path,
          names: names.flatMap((it) =>
            it.startsWith("@") ? files.list(`${path}/${it}`).map((inner) => `${it}/${inner}`) : [it],
          ),
        };
    }
    const [list, pattern] = LISTS[form] ?? [];
    const found = list === undefined || pattern === undefined ? undefined : named(`${folder}/${list}`, pattern);
    if (found) return found;
  }
  return undefined;
}

/** Lists of all that is to be installed, and how they name it. */
const LISTS: Readonly<Record<string, readonly [file: string, name: RegExp]>> = {
  node: ["package-lock.json", /"node_modules\/(?:[^"]{0,200}\/node_modules\/)?([^"]{1,100})"/g],
  ruby: ["Gemfile.lock", /^ {4}([\w.-]+) \(/gm],
  php: ["composer.lock", /"name":\s*"([\w.-]+\/[\w.-]+)"/g],
};
