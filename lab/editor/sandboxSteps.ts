import assert from "node:assert/strict";
import { closeOthers, command, lightTheme, viewWith } from "./views.ts";
import { openFile, type Step, TIMEOUT } from "./workbench.ts";

const TREE = '[role="tree"]';
const row = (path: string): string => `[id="path-${path}"] > .row`;

/** Shows the world of a service now and with a profile, by mouse and keyboard. */
export const SANDBOX_STEPS: readonly Step[] = [
  {
    name: "shows the world of a service",
    async run(scene) {
      const { page } = scene;
      await page.keyboard.press("Control+s");
      await closeOthers(page);
      await openFile(scene, "shop.service");
      await command(page, "Unit Warden: Show the service's world");
      const view = await viewWith(page, TREE);
      assert.match(
        (await view.locator(row("/usr")).textContent()) ?? "",
        /usr[\s\S]*read-only[\s\S]*ProtectSystem=full/,
      );
      assert.match((await view.locator(row("/srv")).textContent()) ?? "", /srv[\s\S]*writable/);
      await scene.shot("25-world-dark");
    },
  },
  {
    name: "goes to the line of a setting by keyboard",
    async run({ page }) {
      const view = await viewWith(page, TREE);
      await view.locator('[id="path-/"]').focus();
      await page.keyboard.press("End");
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowDown");
      assert.equal(await view.evaluate(() => document.activeElement?.id), "path-/boot");
      await view.locator('[id="path-/usr"]').focus();
      await page.keyboard.press("Enter");
      await page.locator(".view-line.selected, .current-line").first().waitFor({ timeout: TIMEOUT });
      await page.locator('.tab.active[data-resource-name="shop.service"]').waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "shows the world with the strict profile, and what it changes",
    async run(scene) {
      const { page } = scene;
      const view = await viewWith(page, TREE);
      await view.locator("#profile-strict").click();
      await view.locator(".row.changed").first().waitFor({ timeout: TIMEOUT });
      assert.match(
        (await view.locator(row("/dev")).textContent()) ?? "",
        /private.*was writable.*\+\sPrivateDevices=yes/,
      );
      await view.evaluate(() => window.scrollTo(0, 0));
      await scene.shot("26-world-strict-dark");
      await view.locator("#profile-now").click();
      await view.locator(".row.changed").first().waitFor({ state: "detached", timeout: TIMEOUT });
    },
  },
  {
    name: "follows the document",
    async run({ page }) {
      await page.locator(".view-line", { hasText: "ProtectSystem=full" }).first().click();
      await page.keyboard.press("End");
      for (let i = 0; i < "full".length; i++) await page.keyboard.press("Backspace");
      await page.keyboard.type("strict");
      await page.keyboard.press("Escape");
      const view = await viewWith(page, TREE);
      await view.locator(row("/srv"), { hasText: "ProtectSystem=strict" }).waitFor({ timeout: TIMEOUT });
    },
  },
];

/** The same in the light theme, for a service with more settings. */
export const LIGHT_SANDBOX_STEPS: readonly Step[] = [
  {
    name: "shows the world of a hardened service in a light theme",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await lightTheme(page);
      await openFile(scene, "hardened.service");
      await command(page, "Unit Warden: Show the service's world");
      const view = await viewWith(page, TREE);
      await view.locator("#all").check();
      await view.locator(row("/run/systemd/incoming"), { hasText: "bound" }).waitFor({ timeout: TIMEOUT });
      await view.locator("#all").uncheck();
      await scene.shot("27-world-light");
    },
  },
];
