import { rm } from "node:fs/promises";
import { type BuildOptions, build } from "esbuild";

const NODE: BuildOptions = { platform: "node", format: "cjs", target: "node20" };
const WEB: BuildOptions = { platform: "browser", target: "es2022" };

/** What each bundle is made from and where it runs. */
const BUNDLES: readonly (BuildOptions & { entry: string; out: string })[] = [
  { ...NODE, entry: "client/node.ts", out: "dist/client.js" },
  { ...NODE, entry: "server/src/main/node.ts", out: "dist/server.js" },
  { ...NODE, entry: "server/src/main/cli.ts", out: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
  { ...WEB, format: "cjs", entry: "client/web.ts", out: "dist/client.web.js" },
  { ...WEB, format: "iife", entry: "server/src/main/worker.ts", out: "dist/server.web.js" },
  { ...WEB, format: "iife", entry: "client/webview/main.ts", out: "dist/webview.js" },
  { ...WEB, entry: "client/webview/report.css", out: "dist/webview.css" },
];

/** Makes dist/ anew: all bundles, minified, with nothing outside but what `vscode` provides. */
export async function bundle(): Promise<void> {
  await rm("dist", { recursive: true, force: true });
  await Promise.all(
    BUNDLES.map(({ entry, out, ...options }) =>
      build({
        ...options,
        entryPoints: [entry],
        outfile: out,
        bundle: true,
        minify: true,
        external: ["vscode"],
        logLevel: "warning",
      }),
    ),
  );
}
