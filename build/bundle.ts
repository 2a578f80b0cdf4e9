import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { CHECK, checkAlone } from "./checkBundle.ts";
import { bundleManual } from "./manual.ts";
import { thirdPartyNotices } from "./notices.ts";
import { readyTables } from "./readyTables.ts";
import { repositoryOf } from "./repository.ts";
import { bundleRuleSchema } from "./ruleSchema.ts";
import { lineMap } from "./sourceMap.ts";

const require = createRequire(import.meta.url);

const NODE: BuildOptions = { platform: "node", format: "cjs", target: "node20" };
const WEB: BuildOptions = { platform: "browser", target: "es2022" };

/** How sources are read: as tsconfig.json says, but not strict each by itself, as each bundle begins with that. */
const STRICT_ONCE = { compilerOptions: { target: "es2023", verbatimModuleSyntax: true, alwaysStrict: false } } as const;

const STRICT = '"use strict";';

/** The command line and the server, for Node.js and for web workers. */
export const CORE = "dist/unit-warden.js";

/** The library of the Model Context Protocol and the tools, which the core loads when it is asked for them. */
export const MCP = "dist/mcp.js";

/** How the core loads it, whatever the minifier calls the function. */
export const LOADS_MCP = /[\w$]+\("\.\/mcp\.js"\)/g;

/** A text with such letters takes twice the memory; esbuild writes none, but leaves those of regular expressions. */
const OTHER_LETTERS = /[^\0-\x7f]/;

/** The client, which the one for the desktop loads once it is needed. */
const CLIENT = "dist/client.js";

/** The licences of all that the bundles have from others. */
const NOTICES = "dist/THIRD-PARTY-NOTICES.txt";

/** The bundles with a source map; the pages of views are short and stay readable in the developer tools of the editor. */
const WITH_MAP: ReadonlySet<string> = new Set([CORE, CHECK, MCP, CLIENT]);

/** How the core is bundled: as a text that makes `unitWarden`. */
const AS_CORE: BuildOptions = {
  ...NODE,
  format: "iife",
  globalName: "unitWarden",
  conditions: ["node", "browser"], // the language server library names its two halves so
  // What it names for Node.js asks for its parts in a way that no bundler follows.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/impl/parser.js" },
};

/** What each bundle is made from and where it runs. */
const BUNDLES: readonly (BuildOptions & { entry: string; out: string })[] = [
  // For the desktop and for the browser, each of which loads its own half of the language server library.
  { ...NODE, entry: "client/clientEntry.ts", out: CLIENT, conditions: ["node", "browser"] },
  { ...NODE, entry: "client/desktopEntry.ts", out: "dist/desktop.js" },
  {
    ...AS_CORE,
    entry: "server/src/main/program.ts",
    out: CORE,
    // A worker has no modules: what asks for them there is never called, and the server starts by itself.
    banner: { js: `${STRICT}if(typeof require>"u")var require=()=>({});` },
    footer: { js: 'if(typeof module>"u")unitWarden.runWorker();else module.exports=unitWarden;' },
  },
  {
    ...AS_CORE,
    entry: "server/src/main/program.ts",
    out: CHECK,
    footer: { js: "module.exports=unitWarden;" },
    plugins: [checkAlone],
  },
  {
    ...NODE,
    entry: "server/src/main/startCommandLine.ts",
    out: "dist/cli.js",
    banner: { js: `#!/usr/bin/env node\n${STRICT}` },
  },
  { ...NODE, entry: "server/src/main/startServer.ts", out: "dist/server.js" },
  // With the checks of JSON schemas that the library has for browsers, as those for Node.js are larger than all the rest.
  { ...NODE, entry: "server/src/main/mcp.ts", out: MCP, conditions: ["browser"] },
  { ...WEB, format: "iife", entry: "client/webview/main.ts", out: "dist/webview.js" },
  { ...WEB, format: "iife", entry: "client/webview/manual/main.ts", out: "dist/manual.js" },
  { ...WEB, entry: "client/webview/manual/manual.css", out: "dist/manual.css" },
  { ...WEB, format: "iife", entry: "client/webview/sandbox/main.ts", out: "dist/sandbox.js" },
  { ...WEB, entry: "client/webview/sandbox/sandbox.css", out: "dist/sandbox.css" },
  { ...WEB, format: "iife", entry: "client/webview/failures/main.ts", out: "dist/failures.js" },
  { ...WEB, entry: "client/webview/failures/failures.css", out: "dist/failures.css" },
  { ...WEB, entry: "client/webview/report.css", out: "dist/webview.css" },
];

/** Takes of the library for YAML only what is used of it: its modules for browsers, none of which does anything by itself. */
const partsOfYaml: Plugin = {
  name: "parts-of-yaml",
  setup({ onResolve, resolve }) {
    const folder = join(dirname(require.resolve("yaml/package.json")), "browser", "dist");
    onResolve({ filter: /^yaml$/ }, () => ({ path: join(folder, "index.js"), sideEffects: false }));
    onResolve({ filter: /^\.{1,2}\// }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === partsOfYaml || !importer.startsWith(folder)) return undefined;
      const found = await resolve(path, { resolveDir, kind, pluginData: partsOfYaml });
      return { path: found.path, sideEffects: false };
    });
  },
};

/** What a bundle needs of package.json. */
interface Manifest {
  readonly repository?: string | { readonly url: string };
}

/** Leaves what the core and the client of the desktop load later to bundles of their own. */
const loadedLater: Plugin = {
  name: "loaded-later",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/mcp\.ts$/ }, () => ({ path: MCP, namespace: "later" }));
    onResolve({ filter: /^\.\/clientEntry\.ts$/ }, () => ({ path: CLIENT, namespace: "later" }));
    onLoad({ filter: /./, namespace: "later" }, ({ path }) => ({
      contents: `module.exports = require("./${basename(path)}");`,
    }));
    onResolve({ filter: /./, namespace: "later" }, ({ path }) => ({ path, external: true }));
  },
};

/** Makes dist/ again: all bundles, minified, with only `vscode` outside, the schema of the rules, the manual (of a folder, if one is named) and the licences. */
export async function bundle(manual?: string): Promise<void> {
  await rm("dist", { recursive: true, force: true });
  const home = repositoryOf((JSON.parse(await readFile("package.json", "utf8")) as Manifest).repository)?.home;
  const built = await Promise.all(
    BUNDLES.map(({ entry, out, plugins = [], ...options }) =>
      build({
        banner: { js: STRICT },
        ...options,
        entryPoints: [entry],
        outfile: out,
        bundle: true,
        minify: true,
        define: home === undefined ? {} : { "globalThis.unitWardenHome": JSON.stringify(home) },
        ...(WITH_MAP.has(out) ? { sourcemap: "linked", sourcesContent: false } : {}),
        external: ["vscode"],
        tsconfigRaw: STRICT_ONCE,
        plugins: [...plugins, readyTables, partsOfYaml, loadedLater],
        metafile: true,
        logLevel: "warning",
      }),
    ),
  );
  for (const it of [CORE, CHECK])
    if (OTHER_LETTERS.test(await readFile(it, "utf8"))) throw new Error(`${it} is not plain ASCII`);
  for (const it of WITH_MAP)
    await writeFile(`${it}.map`, lineMap(await readFile(`${it}.map`, "utf8"), await readFile(it, "utf8")));
  await bundleRuleSchema();
  const origins = { metafiles: built.map((it) => it.metafile), sources: await mappedSources() };
  await writeFile(NOTICES, thirdPartyNotices({ ...origins, manual: await bundleManual(manual) }));
}

/** The files that the source maps name. */
async function mappedSources(): Promise<string[]> {
  const maps = await Promise.all([...WITH_MAP].map((it) => readFile(`${it}.map`, "utf8")));
  return maps.flatMap((it) => (JSON.parse(it) as { readonly sources: readonly string[] }).sources);
}
