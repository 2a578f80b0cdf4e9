import assert from "node:assert/strict";
import { FLEET } from "./navigationSteps.ts";
import { closeOthers, command, viewWith } from "./views.ts";
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
      const lens = page.locator(".codelens-decoration a", { hasText: /^8\.\d EXPOSED/ }).first();
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
];
