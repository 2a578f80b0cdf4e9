import type { FileAccess, ListedEntry } from "../../server/src/server/files.ts";

/** FileAccess by their URIs; `asked` takes down what was looked at, `links` says which of the files are links, and where to. */
export function memoryFiles(
  texts: Readonly<Record<string, string>>,
  asked: string[] = [],
  links: Readonly<Record<string, string>> = {},
): FileAccess {
  return {
    machine: true,
    reach: () => "near",
    read(uri) {
      asked.push(uri);
      return Promise.resolve(texts[decodeURIComponent(uri)]);
    },
    list(folder) {
      asked.push(folder);
      const prefix = `${decodeURIComponent(folder).replace(/\/$/, "")}/`;
      const entries = new Map<string, ListedEntry>();
      for (const uri of Object.keys(texts)) {
        if (!uri.startsWith(prefix)) continue;
        const [name = "", ...rest] = uri.slice(prefix.length).split("/");
        entries.set(name, { name, folder: rest.length > 0, ...(uri in links ? { link: true } : {}) });
      }
      return Promise.resolve([...entries.values()]);
    },
    linkTarget: (uri) => Promise.resolve(links[decodeURIComponent(uri)]),
    kind(uri) {
      asked.push(uri);
      const path = decodeURIComponent(uri);
      const text = texts[path];
      if (text !== undefined) return Promise.resolve(isProgram(text) ? "program" : "file");
      return Promise.resolve(Object.keys(texts).some((it) => it.startsWith(`${path}/`)) ? "folder" : "missing");
    },
    programs(folder) {
      asked.push(folder);
      const prefix = `${decodeURIComponent(folder).replace(/\/$/, "")}/`;
      const names = Object.entries(texts).flatMap(([uri, text]) =>
        uri.startsWith(prefix) && isProgram(text) ? [uri.slice(prefix.length)] : [],
      );
      return Promise.resolve(names.filter((it) => !it.includes("/")));
    },
  };
}

/** Whether a file may be executed: what begins so is meant to be. */
const isProgram = (text: string): boolean => text.startsWith("#!");
