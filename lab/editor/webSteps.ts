import assert from "node:assert/strict";
import type { Page, Worker } from "playwright-core";
import { FLEET } from "./navigationSteps.ts";
import { closeOthers, command, reloadWindow, viewWith } from "./views.ts";
import {
  HEADER,
  hover,
  INPUT,
  languageIs,
  leave,
  openFile,
  openFirst,
  placeOf,
  type Step,
  TIMEOUT,
} from "./workbench.ts";

/** What the folder of the worker has: a service with a drop-in, and units that name each other. */
export const WEB_FILES: Readonly<Record<string, string>> = {
  ...FLEET,
  "compose.yaml": "services:\n  shop:\n    image: docker.io/library/nginx\n",
  Dockerfile: "FROM debian\nCOPY <<EOF /etc/systemd/system/shop.service\n[Service]\nRestart=allways\nEOF\n",
  "desk.service": "[Unit]\nDescription=Desk\n\n[Service]\nExecStart=/usr/bin/desk\n",
  "desk.service.d/sandbox.conf": "[Service]\nPrivateNetwork=yes\nProtectHome=tmpfs\n",
};

/** The extension in the page alone: its server is a worker, and the editor reads files for it. */
export const WEB_STEPS: readonly Step[] = [
  {
    name: "starts with a Dockerfile that holds a unit, once it is open",
    async run(scene) {
      const { page } = scene;
      await openFirst(scene, "compose.yaml");
      await openFile(scene, "Dockerfile");
      await placeOf(page, "Restart=allways", "allways", ".squiggly-error, .squiggly-warning", 60_000);
      await hover(page, "Restart=allways", "Restart", "Restart=");
      await scene.shot("59-web-dockerfile");
      await leave(page);
    },
  },
  {
    name: "judges a service in a worker of the page, its drop-in included",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "desk.service");
      await languageIs(page, "systemd unit");
      await placeOf(page, HEADER, "Service", ".squiggly-warning", 60_000); // the server has just been started
      const lens = page.locator(".codelens-decoration a", { hasText: /^\s*8\.\d EXPOSED/ }).first();
      await lens.waitFor({ timeout: TIMEOUT });
      await scene.shot("60-web");
    },
  },
  {
    name: "shows the manual's entry that comes with the extension",
    async run({ page }) {
      const shown = await hover(page, "ExecStart=/usr/bin/desk", "ExecStart", "ExecStart=");
      await shown
        .getByText(/systemd\.service\(5\)/)
        .first()
        .waitFor({ timeout: TIMEOUT });
      await leave(page);
    },
  },
  {
    name: "goes to a unit whose file is not open",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "fleet/accounts.service");
      const { x, y } = await placeOf(page, "Requires=ledger.service", "ledger.service");
      await page.mouse.click(x, y);
      await page.keyboard.press("F12");
      await page.locator('.tab.active[data-resource-name="ledger.service"]').waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "shows the page of a rule from the files of the extension",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await command(page, "Unit Warden: Show rule");
      await page.locator(INPUT).fill("sandbox/read-only-path");
      await page
        .locator(".quick-input-list .monaco-list-row", { hasText: "sandbox/read-only-path" })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Enter");
      await viewWith(page, 'h1:has-text("sandbox/read-only-path")');
      await scene.shot("62-web-rule");
      await closeOthers(page);
    },
  },
  {
    name: "lists all services in the overview, open or not",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Open the exposure overview of all services");
      const view = await viewWith(page, ".overview table");
      const names = await view.locator(".overview td.unit").allInnerTexts();
      assert.deepEqual([...names].sort(), ["accounts.service", "desk.service", "ledger.service"]);
      await scene.shot("61-web-overview");
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
    },
  },
  {
    name: "starts a worker again that threw, and one on request, and is answered as before",
    async run(scene) {
      const { page } = scene;
      const asks = async (): Promise<void> => {
        await leave(page);
        await hover(page, "ExecStart=/usr/bin/desk", "ExecStart", "systemd.service(5)");
        await placeOf(page, HEADER, "Service", ".squiggly-warning");
      };
      await closeOthers(page);
      await openFile(scene, "desk.service");
      await asks();
      const first = await serverWorker(page);
      // What a worker throws by itself ends up in its error event.
      await first.evaluate(() => {
        setTimeout(() => {
          throw new Error("the worker fails");
        });
      });
      const second = await serverWorker(page, first);
      await asks();
      await command(page, "Unit Warden: Restart server");
      await serverWorker(page, second);
      await asks();
      await scene.shot("63-web-restarted");
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
    },
  },
  {
    name: "shows a view again after the window was loaded again",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Open the exposure report of this unit");
      await viewWith(page, ".report .score .number");
      await reloadWindow(page);
      await viewWith(page, ".report .score .number", 6 * TIMEOUT); // the editor starts from the beginning
      await scene.shot("64-web-report-again");
    },
  },
];

/** Waits for the worker that the server runs in, which is another one than `before`, and the only one. */
async function serverWorker(page: Page, before?: Worker): Promise<Worker> {
  for (const deadline = Date.now() + 2 * TIMEOUT; Date.now() < deadline; await page.waitForTimeout(100)) {
    const [only, ...others] = await serverWorkers(page);
    if (only && only !== before && others.length === 0) return only;
  }
  throw new Error("The server is in no worker, or in the same one, or in several");
}

async function serverWorkers(page: Page): Promise<Worker[]> {
  const is = (worker: Worker): Promise<boolean> =>
    worker.evaluate(() => "unitWarden" in globalThis && !("acquireVsCodeApi" in globalThis)).catch(() => false);
  const all = await Promise.all(page.workers().map(async (worker) => ((await is(worker)) ? [worker] : [])));
  return all.flat();
}
