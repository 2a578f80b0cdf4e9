import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Page } from "playwright-core";
import { command } from "./views.ts";
import {
  appears,
  HOVER,
  hover,
  languageIs,
  leave,
  openFile,
  openFirst,
  placeOf,
  type Scene,
  type Step,
  TIMEOUT,
} from "./workbench.ts";

const UNIT = [
  "[Unit]",
  "Description=Shop of {{ town }}",
  "",
  "[Service]",
  "ExecStart=/usr/bin/shop",
  "Restart=allways",
];
const below = (indent: string): string => UNIT.map((it) => `${it === "" ? "" : indent}${it}\n`).join("");

/** A folder without a unit file: some of its files hold units, and most do not. */
export const WAITING_FILES: Readonly<Record<string, string>> = {
  "compose.yaml": "services:\n  shop:\n    image: docker.io/library/nginx\n",
  "package.json": '{ "name": "shop" }\n',
  Dockerfile: `FROM debian\nCOPY <<EOF /etc/systemd/system/shop.service\n${below("")}EOF\nRUN true\n`,
  "install.sh": `set -e\ncat > /etc/systemd/system/shop.service <<EOF\n${below("")}EOF\necho done\n`,
  "user-data": `#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/shop.service\n    content: |\n${below("      ")}`,
  "server.bu": `variant: fcos\nversion: 1.5.0\nsystemd:\n  units:\n    - name: shop.service\n      contents: |\n${below("        ")}`,
  "server.ign": JSON.stringify(
    {
      ignition: { version: "3.4.0" },
      systemd: { units: [{ name: "shop.service", contents: "[Service]\nRestart=allways\n" }] },
    },
    null,
    2,
  ),
  "shop.service.j2": `{# for all shops #}\n[Unit]\nDescription=Shop of {{ town | default("Ulm") }}\n\n[Service]\nExecStart=/usr/bin/shop\n{% if user is defined %}\nUser={{ user }}\n{% endif %}\nRestart=<%= @restart %>\n`,
  "first.service": "[Service]\nExecStart=/usr/bin/shop\nRestart=always\n",
};

/** What was open is not the first thing of the next session; tabs show icons. */
export const WAITING_SETTINGS: Readonly<Record<string, unknown>> = {
  "workbench.editor.restoreEditors": false,
  // The list of running extensions is an editor among others, and not a dialog over them that takes all keys.
  "workbench.editor.useModal": "off",
};

/** The word that is wrong in each of them, in a line as it begins. */
const MISTAKES: readonly (readonly [file: string, language: string, line: string])[] = [
  ["Dockerfile", "Docker(?:file)?", "Restart=allways"],
  ["install.sh", "Shell Script", "Restart=allways"],
  ["user-data", "YAML", "      Restart=allways"],
  ["server.bu", "YAML", "        Restart=allways"],
  ["server.ign", "JSON", '        "contents": "[Service]\\nRestart=allways'],
];

/** The extension in files without units, with units, and when a command is the first that is wanted of it. */
export const WAITING_STEPS: readonly Step[] = [
  {
    name: "starts no server for YAML and JSON without units",
    vital: true,
    async run(scene) {
      await openFirst(scene, "compose.yaml");
      await openFile(scene, "package.json");
      await isActive(scene);
      assert.deepEqual(await servers(scene), []);
    },
  },
  ...MISTAKES.map(
    ([file, language, line], at): Step => ({
      name: `starts with ${file} as the first file, shows its mistake and explains it`,
      async run(scene) {
        const { page } = scene;
        await openAnew(scene, file);
        await languageIs(page, language);
        await placeOf(page, line, "allways", ".squiggly-error, .squiggly-warning", 60_000);
        await hover(page, line, "Restart", "Restart=");
        await scene.shot(`s${at}-${file.replaceAll(".", "-")}`);
        await leave(page);
        // JSON has the whole unit in one text.
        if (language !== "JSON")
          assert.notEqual(await color(page, line, "Restart"), await color(page, line, "allways"));
      },
    }),
  ),
  {
    name: "asks for a new service where nothing but YAML is open",
    async run(scene) {
      const { page } = scene;
      await openAnew(scene, "compose.yaml");
      await isActive(scene);
      await command(page, "Unit Warden: New systemd service");
      await page.locator(".quick-input-title", { hasText: "New systemd service" }).waitFor({ timeout: 60_000 });
      await scene.shot("s6-command");
      assert.equal((await servers(scene)).length, 1);
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "has the manual's entry in the first hover of a session",
    async run(scene) {
      const { page } = scene;
      await openAnew(scene, "first.service");
      const shown = page.locator(HOVER, { hasText: "Restart=" }).first();
      // The lens moves the line away from under the mouse.
      for (const deadline = Date.now() + 60_000; Date.now() < deadline && !(await shown.isVisible()); ) {
        const { x, y } = await placeOf(page, "Restart=always", "Restart");
        await page.mouse.move(x, y);
        await appears(shown, 2000);
        if (!(await shown.isVisible())) await page.mouse.move(x + 300, y + 300);
      }
      const [text = ""] = await page.locator(HOVER, { hasText: "Restart=" }).allInnerTexts();
      await scene.shot("s7-first-hover");
      assert.match(text, /systemd\.service\(5\)/);
      await leave(page);
    },
  },
  {
    name: "colors the placeholders of a template, and gives unit files an icon",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service.j2");
      await languageIs(page, "systemd unit");
      const line = "Description=Shop of {{ town";
      await placeOf(page, line, "town");
      assert.notEqual(await color(page, line, "town"), await color(page, line, "Shop"));
      assert.notEqual(await color(page, "{% if user", "if"), await color(page, "{% if user", "user"));
      const image = await page
        .locator(".tab.active .monaco-icon-label")
        .first()
        .evaluate((it) => getComputedStyle(it, "::before").backgroundImage);
      assert.match(image, /unit-dark\.svg/);
      await command(page, "View: Show Explorer");
      await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("s8-template");
    },
  },
  {
    name: "shows the values of settings in the outline",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "first.service");
      await command(page, "Explorer: Focus on Outline View");
      const row = page.locator(".outline-pane .monaco-list-row", { hasText: "Restart" }).first();
      await row.waitFor({ timeout: TIMEOUT });
      await scene.shot("s9-outline");
      assert.match((await row.allInnerTexts()).join(), /always/);
    },
  },
];

/** Starts the extension host again with nothing open, then opens a file. */
async function openAnew(scene: Scene, file: string): Promise<void> {
  const { page } = scene;
  await page.reload();
  await page.locator(".monaco-workbench .editor-group-container.empty").first().waitFor({ timeout: 60_000 });
  await openFirst(scene, file);
}

/** Waits until the editor has activated the extension. */
async function isActive({ page }: Scene): Promise<void> {
  await command(page, "Developer: Show Running Extensions");
  const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Unit Warden" }).first();
  await row.filter({ hasText: /\d+ms/ }).waitFor({ timeout: 60_000 });
}

/** The command lines of the servers that run out of the folder of this editor. */
async function servers({ workspace }: Scene): Promise<string[]> {
  const root = dirname(workspace);
  const ids = (await readdir("/proc")).filter((it) => /^\d+$/.test(it));
  const lines = await Promise.all(ids.map((it) => readFile(`/proc/${it}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((it) => it.includes(root) && it.includes("dist/server.js"));
}

/** The color of a word in a line of the editor. */
async function color(page: Page, line: string, word: string): Promise<string> {
  const { x, y } = await placeOf(page, line, word);
  return page.evaluate(
    ([left, top]) => {
      const all = document.elementsFromPoint(left ?? 0, top ?? 0);
      const text = all.find((it) => it.matches(".view-line span span"));
      return text ? getComputedStyle(text).color : "";
    },
    [x, y],
  );
}
