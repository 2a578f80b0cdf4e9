import type { FileAccess, ListedEntry } from "../../server/src/server/fileAccess.ts";

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
      const path = decodeURIComponent(uri);
      return Promise.resolve(texts[path] ?? texts[`file://${realPathIn(texts, links, path)}`]);
    },
    list(folder) {
      asked.push(folder);
      const real = realPathIn(texts, links, decodeURIComponent(folder)) ?? new URL(folder).pathname;
      const prefix = `file://${real.replace(/\/$/, "")}/`;
      const entries = new Map<string, ListedEntry>();
      for (const uri of Object.keys(links)) {
        const name = uri.startsWith(prefix) ? uri.slice(prefix.length) : "";
        if (name === "" || name.includes("/")) continue;
        const target = realPathIn(texts, links, uri);
        const isFolder = target !== undefined && texts[`file://${target}`] === undefined;
        entries.set(name, { name, folder: isFolder, link: true });
      }
      for (const uri of Object.keys(texts)) {
        if (!uri.startsWith(prefix)) continue;
        const [name = "", ...rest] = uri.slice(prefix.length).split("/");
        if (!entries.has(name)) entries.set(name, { name, folder: rest.length > 0 });
      }
      return Promise.resolve([...entries.values()]);
    },
    realPath: (uri) => Promise.resolve(realPathIn(texts, links, decodeURIComponent(uri))),
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

/** Follows the links on the way to an address, as often as a kernel does. */
function realPathIn(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
  uri: string,
): string | undefined {
  let at = uri.replace(/(?<!\/)\/$/, "");
  for (let step = 0; step < 40; step++) {
    const link = Object.keys(links).find((it) => `${at}/`.startsWith(`${it}/`));
    if (link === undefined) {
      const isThere = at === "file://" || Object.keys(texts).some((it) => `${it}/`.startsWith(`${at}/`));
      return isThere ? new URL(at).pathname : undefined;
    }
    const target = new URL(links[link] ?? "", link).href.replace(/\/$/, "");
    at = target + at.slice(link.length);
  }
  return undefined;
}

/** Whether a file may be executed: what begins so is meant to be. */
const isProgram = (text: string): boolean => text.startsWith("#!");
