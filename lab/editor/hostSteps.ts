import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  changed,
  FIX,
  fix,
  hover,
  INPUT,
  languageIs,
  leave,
  lineIs,
  openActions,
  openFile,
  placeOf,
  type Step,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

const MODULE = `{ pkgs, ... }: {
  systemd.services.wiki = {
    description = "Wiki";
    serviceConfig = {
      ExecStart = "\${pkgs.gitea}/bin/gitea web --port 3000";
      Restart = "allways";
    };
  };
}
`;

const CLOUD = `#cloud-config
write_files:
  - path: /etc/systemd/system/shop.service
    content: |
      [Service]
      ExecStart=/usr/bin/shop
      Restart=allways
`;

/** Files in whose languages units stand; none of them is a unit file, so that the first one has to start the extension. */
export const HOST_FILES: Readonly<Record<string, string>> = {
  "wiki.nix": MODULE,
  "plain.nix": "{ services.nginx.enable = true; }\n",
  "user-data.yaml": CLOUD,
  "README.md": "# Install\n\n```ini\n[Service]\nRestart=allways\n```\n",
};

const NAME = "systemd.services.wiki";

/** What a Nix module and a file for cloud-init show, and what is written there. */
export const HOST_STEPS: readonly Step[] = [
  {
    name: "opens a Nix module, which starts the extension, with its mistake underlined",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "wiki.nix");
      await languageIs(page, "Nix");
      await placeOf(page, '      Restart = "allways"', "allways", ".squiggly-error, .squiggly-warning", 60_000);
      await lens(page, "UNSAFE");
      await lens(page, "safe settings are missing");
      await scene.shot("90-nix");
    },
  },
  {
    name: "explains a setting of the module on hover",
    async run(scene) {
      await hover(scene.page, '      Restart = "allways"', "Restart", "Restart=");
      await scene.shot("91-nix-hover");
      await leave(scene.page);
    },
  },
  {
    name: "mends the mistake as Nix",
    async run(scene) {
      const { page } = scene;
      const { x, y } = await placeOf(page, '      Restart = "allways"', "allways");
      await page.mouse.click(x, y);
      await leave(page);
      await openActions(page);
      await page.locator(FIX).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("92-nix-fix");
      await (await fix(page, "Change to always")).click();
      await lineIs(page, `      Restart = "always";`);
    },
  },
  {
    name: "completes a name and a value inside serviceConfig",
    async run(scene) {
      const { page } = scene;
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.type("ProtectSys");
      await suggestion(page, /^ProtectSystem/, { focused: true, ask: true });
      await scene.shot("93-nix-completion");
      await page.keyboard.press("Enter");
      await lineIs(page, "      ProtectSystem = ;");
      await suggestion(page, /^strict/, { focused: true, ask: true });
      await scene.shot("94-nix-value");
      await page.keyboard.press("Enter");
      await lineIs(page, '      ProtectSystem = "strict";');
      await page.keyboard.press("Control+s");
      const text = await changed(join(scene.workspace, "wiki.nix"), MODULE);
      assert.match(text, /\n {6}Restart = "always";\n {6}ProtectSystem = "strict";\n/);
    },
  },
  {
    name: "hardens the service of the module from its name",
    async run(scene) {
      const { page } = scene;
      await revert(page);
      const { x, y } = await placeOf(page, `  ${NAME} = {`, "wiki");
      await page.mouse.click(x, y);
      await leave(page);
      await openActions(page);
      await scene.shot("95-nix-harden");
      await (await fix(page, "Harden this service: basic")).click();
      await lineIs(page, "      ProtectHostname = true;");
      await scene.shot("96-nix-hardened");
      await page.keyboard.press("Control+z");
    },
  },
  {
    name: "shows nothing in a module without units",
    async run(scene) {
      await openFile(scene, "plain.nix");
      assert.equal(await scene.page.locator(".codelens-decoration:visible").count(), 0);
    },
  },
  {
    name: "underlines the mistake in a file for cloud-init, and mends it in its lines",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "user-data.yaml");
      // The lens moves the lines below it.
      await lens(page, "UNSAFE");
      const { x, y } = await placeOf(
        page,
        "      Restart=allways",
        "allways",
        ".squiggly-error, .squiggly-warning",
        30_000,
      );
      await scene.shot("97-cloud-init");
      await page.mouse.click(x, y);
      await leave(page);
      await openActions(page);
      await (await fix(page, "Change to always")).click();
      await lineIs(page, "      Restart=always");
      await page.keyboard.press("Control+s");
      const text = await changed(join(scene.workspace, "user-data.yaml"), CLOUD);
      assert.equal(text, CLOUD.replace("allways", "always"));
    },
  },
  {
    name: "explains the fence of a README, and underlines nothing there",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "README.md");
      await hover(page, "Restart=allways", "Restart", "Restart=");
      await scene.shot("98-markdown");
      assert.equal(
        await page.locator(".monaco-editor .squiggly-error:visible, .monaco-editor .squiggly-warning:visible").count(),
        0,
      );
      await leave(page);
    },
  },
];

/** Waits until a lens says so. */
async function lens(page: Page, text: string): Promise<void> {
  await page.locator(".codelens-decoration", { hasText: text }).first().waitFor({ timeout: TIMEOUT });
}

/** Takes back what was typed, to the file as it is saved. */
async function revert(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("F1");
  await page.locator(INPUT).fill(">File: Revert File");
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor.focused").first().waitFor({ timeout: TIMEOUT });
}
