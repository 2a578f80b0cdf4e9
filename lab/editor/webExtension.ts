import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Page } from "playwright-core";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
};

/** Serves the files of a folder on a free port of this machine, to whoever asks, until `stop`. */
export async function serve(folder: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname));
    const body = await readFile(join(folder, path)).catch(() => undefined);
    const headers = { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" };
    response.writeHead(body ? 200 : 404, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no port to serve the extension on");
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Has the workbench load an extension from an address of its own origin, as its policy fetches from no other. It is put into
 * the configuration in the page, before the workbench reads it.
 */
export async function addToWorkbench(page: Page, { protocol, host, pathname }: URL): Promise<void> {
  const extension = { scheme: protocol.slice(0, -1), authority: host, path: pathname };
  await page.addInitScript((uri) => {
    if (window !== window.top) return;
    document.addEventListener("readystatechange", () => {
      const meta = document.getElementById("vscode-workbench-web-configuration");
      if (document.readyState !== "interactive" || !meta) return;
      const config = JSON.parse(meta.dataset.settings ?? "{}");
      config.developmentOptions = { extensions: [uri] };
      meta.dataset.settings = JSON.stringify(config);
    });
  }, extension);
}
