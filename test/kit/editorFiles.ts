import { compileFunction } from "node:vm";
import { build } from "esbuild";
import { URI } from "vscode-uri";
import type { answerFileRequests } from "../../client/files.ts";

/** What is in a file: its text or bytes, where a link leads to, or that it fails; of a long one only how long it is. */
export type Content = string | Uint8Array | { readonly link: string } | { readonly size: number } | "fails";

/** How the requests of the server for files are answered, by method. */
export type Answers = Readonly<Record<string, (params: { uri: string }) => Promise<unknown>>>;

const TYPES = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

/** The client's own answers, with an editor behind them that has these files, by their URIs, and these folders open. */
export async function editorFiles(
  files: Readonly<Record<string, Content>>,
  folders: readonly string[],
  documents: readonly string[] = [],
): Promise<Answers> {
  const open = (uri: string): { uri: URI } => ({ uri: URI.parse(uri) });
  const contentOf = (uri: URI): string | Uint8Array | { readonly size: number } => {
    const content = files[uri.toString(true)];
    if (content === undefined || content === "fails") throw new Error(`no file ${uri}`);
    if (typeof content === "string" || content instanceof Uint8Array || "size" in content) return content;
    return contentOf(URI.parse(content.link));
  };
  const bytesOf = (uri: URI): Uint8Array => {
    const content = contentOf(uri);
    if (typeof content === "string") return new TextEncoder().encode(content);
    if (!(content instanceof Uint8Array)) throw new Error(`${uri} should not be read`);
    return content;
  };
  const list = (folder: URI): [string, number][] => {
    // As in many file systems there is no folder without a path.
    if (folder.path === "") throw new Error("no path");
    const prefix = `${folder.toString(true).replace(/\/$/, "")}/`;
    const entries = new Map<string, number>();
    for (const [uri, content] of Object.entries(files)) {
      if (!uri.startsWith(prefix)) continue;
      const [name = "", ...rest] = uri.slice(prefix.length).split("/");
      const isLink = typeof content === "object" && "link" in content;
      entries.set(name, rest.length > 0 ? TYPES.Directory : TYPES.File + (isLink ? TYPES.SymbolicLink : 0));
    }
    if (entries.size === 0) throw new Error(`no folder ${folder}`);
    return [...entries];
  };
  const vscode = {
    Uri: URI,
    FileType: TYPES,
    workspace: {
      workspaceFolders: folders.map(open),
      textDocuments: documents.map(open),
      fs: {
        stat: async (uri: URI) => {
          const content = contentOf(uri);
          return { size: typeof content === "object" && "size" in content ? content.size : bytesOf(uri).length };
        },
        readFile: async (uri: URI) => bytesOf(uri),
        readDirectory: async (uri: URI) => list(uri),
      },
    },
  };
  const answers: Record<string, (params: { uri: string }) => Promise<unknown>> = {};
  const client = {
    onRequest: (method: string, answer: (params: { uri: string }) => Promise<unknown>) => {
      answers[method] = answer;
    },
  };
  const module: { exports: { answerFileRequests?: typeof answerFileRequests } } = { exports: {} };
  compileFunction(await clientCode(), ["module", "require"])(module, () => vscode);
  module.exports.answerFileRequests?.(client as never);
  return answers;
}

/** The client's file on its own: only in an editor there is a module `vscode`. */
async function clientCode(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["client/files.ts"],
    bundle: true,
    write: false,
    format: "cjs",
    external: ["vscode"],
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
