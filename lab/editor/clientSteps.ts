import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { closeOthers, command, viewWith } from "./views.ts";
import { appears, HOVER, INPUT, lineIs, openFile, pick, type Scene, SHOP, type Step, TIMEOUT } from "./workbench.ts";

export const CLIENT_FILES = {
  "shop.service": SHOP,
  "shop.service.d/override.conf": "[Service]\nPrivateNetwork=yes\n",
  "solid.service": "[Service]\nExecStart=/usr/bin/solid\nPrivateNetwork=yes\nProtectSystem=strict\nUser=solid\n",
  "nightly.timer": "[Timer]\nOnCalendar=daily\n",
};

/** Title buttons are hidden in the other rounds. */
export const CLIENT_SETTINGS = { "workbench.editor.editorActionsLocation": "default" };

const NIX = "Unit Warden: Copy as NixOS serviceConfig";
const MERGED = "8.3 EXPOSED";
const QUICK_PICK = ".quick-input-list .monaco-list-row";

/** A button above the active editor. */
const titleButton = (page: Page, icon: string): Locator =>
  page.locator(`.editor-group-container.active .editor-actions .action-label.codicon-${icon}`);

const tab = (page: Page, title: string): Locator => page.locator(`.tab[aria-label^="${title}"]`);

/** Opens what the status item of the language says, and gives it once it has this text. */
async function statusItem(page: Page, text: string | RegExp): Promise<Locator> {
  const shown = page.locator(".hover-language-status", { hasText: text });
  for (let tries = 0; tries < 5 && !(await shown.isVisible()); tries++) {
    await page.locator('[id="status.languageStatus"] a').click();
    if (await appears(shown, TIMEOUT / 5)) break;
    await page.keyboard.press("Escape");
  }
  await shown.waitFor({ timeout: TIMEOUT });
  return shown;
}

/** The titles in the palette that hold some text. */
async function palette(page: Page, typed: string): Promise<string[]> {
  await page.keyboard.press("F1");
  await page.locator(INPUT).fill(`>Unit Warden: ${typed}`);
  await page.locator(QUICK_PICK).first().waitFor({ timeout: TIMEOUT });
  const found = await page.locator(`${QUICK_PICK} .label-name`).allInnerTexts();
  await page.keyboard.press("Escape");
  return found.filter((it) => it.startsWith("Unit Warden: "));
}

/** Opens a step of the walkthrough and gives its buttons. */
async function walkthroughStep(page: Page, id: string): Promise<Locator> {
  const step = page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
  if (!(await step.locator(".step-description-container").isVisible())) await step.click();
  const buttons = step.locator(".monaco-button");
  await buttons.first().waitFor({ timeout: TIMEOUT });
  return buttons;
}

/** Waits for the picture of the step that is open, and takes one of it. */
async function pictureIs(scene: Scene, picture: string, name: string): Promise<void> {
  const { page } = scene;
  const view = await viewWith(page, `svg:has(title:text-is("${picture}"))`);
  const box = await view.locator("svg").boundingBox();
  assert.ok(box && box.width > 200 && box.height > 100, "the picture has a size");
  await scene.shot(name);
}

const PICTURES = {
  open: "A service in the editor, with its exposure above [Service]",
  read: "The hover of ProtectSystem= with the entry of the manual",
  harden: "The list of actions on [Service]",
  look: "The exposure report, and the world of the service",
};

/** What the editor shows around a unit file: buttons, status item, badges, walkthrough, and commands that ask. */
export const CLIENT_STEPS: readonly Step[] = [
  {
    name: "opens the report and the world with the buttons above a service",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service");
      await titleButton(page, "shield").waitFor({ timeout: 30_000 }); // the server has just been started
      await page.locator(".codelens-decoration", { hasText: MERGED }).waitFor({ timeout: 30_000 });
      await scene.shot("70-title-buttons");
      await titleButton(page, "shield").click();
      await viewWith(page, ".score");
      await tab(page, "Exposure of shop.service").waitFor({ timeout: TIMEOUT });
      await page.locator(".tab", { hasText: "shop.service" }).first().click();
      await titleButton(page, "list-tree").click();
      await tab(page, "World of shop.service").waitFor({ timeout: TIMEOUT });
      await viewWith(page, '[role="tree"]');
      await scene.shot("71-world");
    },
  },
  {
    name: "has no such buttons above a timer",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "nightly.timer");
      await statusItem(page, "No exposure level");
      await page.keyboard.press("Escape");
      assert.equal(await titleButton(page, "shield").count(), 0);
    },
  },
  {
    name: "says in its status item how exposed the service is, and changes the profile there",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service");
      const shown = await statusItem(page, MERGED);
      assert.match((await shown.textContent()) ?? "", /profile basic · systemd \d+ \(/);
      await scene.shot("72-status");
      await shown.locator("a", { hasText: "Change" }).first().click();
      await page.locator(QUICK_PICK).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("73-change");
      await pick(page, "Hardening profile");
      await page.locator(QUICK_PICK, { hasText: "strict" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("74-profiles");
      await pick(page, "strict");
      await statusItem(page, "profile strict");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "shows the exposure of the whole unit in a drop-in",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service.d/override.conf");
      const lens = page.locator(".codelens-decoration", { hasText: `shop.service with its drop-ins: ${MERGED}` });
      await lens.waitFor({ timeout: TIMEOUT });
      await page
        .locator(".codelens-decoration", { hasText: "safe settings are missing" })
        .waitFor({ timeout: TIMEOUT });
      await statusItem(page, /whole unit · profile strict/);
      await scene.shot("75-drop-in");
      await page.keyboard.press("Escape");
      await titleButton(page, "shield").click();
      await tab(page, "Exposure of shop.service").waitFor({ timeout: TIMEOUT });
      await viewWith(page, ".score");
    },
  },
  {
    name: "adds the safe settings to the drop-in",
    async run(scene) {
      const { page } = scene;
      await page.locator(".codelens-decoration a", { hasText: "safe settings are missing" }).click();
      await lineIs(page, "ProtectHome=tmpfs");
      await scene.shot("76-drop-in-hardened");
      await command(page, "File: Revert File");
    },
  },
  {
    name: "shows badges in the explorer once they are switched on",
    async run(scene) {
      const { page, workspace } = scene;
      await closeOthers(page);
      await page.keyboard.press("Control+b");
      const row = page.locator('.explorer-folders-view .monaco-list-row[aria-label*="shop.service"]').first();
      await row.waitFor({ timeout: TIMEOUT });
      await mkdir(join(workspace, ".vscode"), { recursive: true });
      await writeFile(join(workspace, ".vscode/settings.json"), '{ "unitWarden.explorer.badges": true }\n');
      await page.locator(`.explorer-folders-view [aria-label*="${MERGED}"]`).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("77-badges");
      await page.keyboard.press("Control+b");
    },
  },
  {
    name: "finds ProtectSystem= of unit files by protectsys",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Find directive");
      await page.locator(QUICK_PICK).first().waitFor({ timeout: TIMEOUT });
      await page.locator(INPUT).fill("protectsys");
      await page.locator(`${QUICK_PICK}.focused`, { hasText: "systemd.exec(5)" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("78-find");
      await page.keyboard.press("Enter");
      await viewWith(page, '.entry.target[id="ProtectSystem="]');
      await tab(page, "systemd.exec(5)").waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "asks which unit failed where none is open, and names it in the title of the page",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await command(page, "Unit Warden: Explain a failure");
      await page.locator(QUICK_PICK, { hasText: "solid.service" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("79-which-unit");
      await page.locator(INPUT).fill("shop");
      await pick(page, "shop.service");
      const asks = page.locator(".quick-input-widget input[placeholder^='226']");
      const choice = page.locator(QUICK_PICK, { hasText: "Enter a status or a message" });
      await asks.or(choice).first().waitFor({ timeout: TIMEOUT });
      if (await choice.isVisible()) await pick(page, "Enter a status or a message");
      await asks.fill("226/NAMESPACE");
      await page.keyboard.press("Enter");
      await tab(page, "Why shop.service failed").waitFor({ timeout: TIMEOUT });
      const view = await viewWith(page, "h1:text('Why shop.service failed')");
      await view.locator(".status", { hasText: "226/NAMESPACE" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("79-why");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "offers to copy for NixOS only what has something to copy",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "nightly.timer");
      await statusItem(page, "No exposure level");
      await page.keyboard.press("Escape");
      assert.ok(!(await palette(page, "Copy as NixOS")).includes(NIX));
      await openFile(scene, "solid.service");
      await statusItem(page, /\d\.\d [A-Z]+/);
      await page.keyboard.press("Escape");
      assert.ok((await palette(page, "Copy as NixOS")).includes(NIX));
    },
  },
  {
    name: "opens the walkthrough, with a picture in each step",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await command(page, "Unit Warden: Get started");
      for (const [id, picture] of Object.entries(PICTURES)) {
        await walkthroughStep(page, id);
        await pictureIs(scene, picture, `80-walkthrough-${id}`);
      }
    },
  },
  {
    name: "opens the example of the walkthrough beside it, and shows the actions on it",
    async run(scene) {
      const { page } = scene;
      await (await walkthroughStep(page, "open")).filter({ hasText: "Open an example" }).click();
      await page.locator(".codelens-decoration", { hasText: "8.5 EXPOSED" }).waitFor({ timeout: TIMEOUT });
      await titleButton(page, "shield").waitFor({ timeout: TIMEOUT });
      await (await walkthroughStep(page, "harden")).filter({ hasText: "Show the actions" }).click();
      await page.locator(".action-widget .monaco-list-row").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("81-example-actions");
      await page.keyboard.press("Escape");
      await (await walkthroughStep(page, "read")).filter({ hasText: "Show the hover" }).click();
      await page.locator(HOVER, { hasText: "ProtectSystem=" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("82-example-hover");
      await page.keyboard.press("Escape");
      await (await walkthroughStep(page, "look")).filter({ hasText: "Open the report" }).click();
      await viewWith(page, ".score");
      await page
        .locator(".getting-started-step.expanded .codicon-getting-started-step-checked")
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("83-example-report");
    },
  },
  {
    name: "draws the pictures in the colours of light and high-contrast themes",
    async run(scene) {
      const { page, workspace } = scene;
      await closeOthers(page);
      await command(page, "Unit Warden: Get started");
      await walkthroughStep(page, "harden");
      for (const [theme, kind] of THEMES) {
        const settings = { "unitWarden.explorer.badges": true, "workbench.colorTheme": theme };
        await writeFile(join(workspace, ".vscode/settings.json"), JSON.stringify(settings));
        await page.locator(`.monaco-workbench.${kind}`).waitFor({ timeout: TIMEOUT });
        await walkthroughStep(page, "look");
        await pictureIs(scene, PICTURES.look, `84-walkthrough-${kind}`);
      }
    },
  },
];

/** Themes of the editor with the class that they give the workbench. */
const THEMES = [
  ["Default Light Modern", "vs"],
  ["Default High Contrast", "hc-black"],
  ["Default High Contrast Light", "hc-light"],
] as const;
