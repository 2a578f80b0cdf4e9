import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { closeOthers, command } from "./views.ts";
import {
  appears,
  changed,
  FIX,
  fix,
  INPUT,
  languageIs,
  lineIs,
  openActions,
  pick,
  type Scene,
  type Step,
  TIMEOUT,
} from "./workbench.ts";

const VENDOR = "[Unit]\nDescription=Mail relay\n\n[Service]\nExecStart=/usr/sbin/haraka --listen 25\n";

/** A packaging tree, and a folder with a unit of the project's own. */
export const CREATE_FILES: Readonly<Record<string, string>> = {
  "tree/usr/lib/systemd/system/relay.service": VENDOR,
  "deploy/shop.service": "[Unit]\nDescription=Web shop\n\n[Service]\nExecStart=/usr/bin/shop\nUser=shop\n",
};

const MESSAGE = ".quick-input-widget .quick-input-message";
const ROW = ".quick-input-list .monaco-list-row";
const MARKS = ".monaco-editor .squiggly-error, .monaco-editor .squiggly-warning, .monaco-editor .squiggly-info";

/** Waits for the question with this prompt or placeholder. */
async function question(page: Page, text: string): Promise<void> {
  const prompt = page.locator(MESSAGE, { hasText: text });
  const placeholder = page.locator(`.quick-input-widget input[placeholder*="${text.replaceAll('"', "")}"]`);
  await prompt.or(placeholder).first().waitFor({ timeout: TIMEOUT });
}

/** Answers the question that is shown; what is said against an answer stands in the place of the question. */
async function type(page: Page, asked: string, text: string): Promise<void> {
  await question(page, asked);
  await page.locator(INPUT).fill(text);
  await page.keyboard.press("Enter");
}

/** Takes what the question begins with. */
async function take(page: Page, asked: string): Promise<void> {
  await question(page, asked);
  await page.keyboard.press("Enter");
}

/** Takes the row that is marked from the start, which is this one. */
async function takeRow(page: Page, asked: string, label: string): Promise<void> {
  await question(page, asked);
  await page.locator(`${ROW}.focused`, { hasText: label }).waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("Enter");
}

async function choose(page: Page, asked: string, label: string): Promise<void> {
  await question(page, asked);
  await pick(page, label);
}

async function active(page: Page, name: string): Promise<void> {
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
}

/** Opens a file; again where the list of files changed while it was chosen from. */
async function openUnit(scene: Scene, path: string): Promise<void> {
  const { page, workspace } = scene;
  const name = path.replace(/^.*\//, "");
  const tab = page.locator(`.tab.active[data-resource-name="${name}"]`);
  const label = page.locator(".label-name").getByText(name, { exact: true });
  const rows = page.locator(".quick-input-list .monaco-list-row", { has: label });
  // Of the files with this name, those that were open before come first.
  const row = rows.filter({ hasText: path.split("/").at(-2) ?? "" }).first();
  for (let tries = 0; tries < 4 && !(await tab.isVisible()); tries++) {
    await page.keyboard.press("Control+p");
    await page.locator(INPUT).fill(join(workspace, path));
    if (await appears(row, TIMEOUT / 5)) await row.click();
    else await page.keyboard.press("Escape");
    await appears(tab, TIMEOUT / 5);
  }
  await tab.waitFor({ timeout: TIMEOUT });
  await page.locator(".monaco-editor.focused .view-line").first().waitFor({ timeout: TIMEOUT });
}

/** Opens the list of new files: right after its start the editor may answer that it has none yet. */
async function newFiles(page: Page): Promise<void> {
  const title = page.locator(".quick-input-widget .quick-input-title", { hasText: "New File" });
  for (let tries = 0; tries < 5 && !(await title.isVisible()); tries++) {
    await command(page, "Create: New File...");
    if (!(await appears(title, TIMEOUT / 5))) await page.keyboard.press("Escape");
  }
}

async function newFile(page: Page, entry: string): Promise<void> {
  await newFiles(page);
  await pick(page, entry);
}

/** Nothing is wrong with what is shown, once the lens with the exposure says that it was judged. */
async function isClean(page: Page): Promise<void> {
  await page
    .locator(".codelens-decoration a", { hasText: /^\s*\d\.\d [A-Z]/ })
    .first()
    .waitFor({ timeout: TIMEOUT });
  await page
    .locator(".codelens-decoration a", { hasText: / safe settings? (?:is|are) missing/ })
    .first()
    .waitFor({ state: "hidden" });
  assert.equal(await page.locator(MARKS).count(), 0);
}

/** What Ctrl+. lists first where the unit file is a package's. */
const FIRST_IN_OVERRIDE = [
  /^Add all \d+ safe settings in an override/,
  /^Add ProtectSystem=full in an override/,
  /^Add ProtectHome=read-only in an override/,
  /^Add \w+=.* in an override/,
];

/** The action on the header of the relay that adds all in an override. */
async function overrideAction(page: Page): Promise<Locator> {
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(":4");
  await page.keyboard.press("Enter");
  await page.locator('[id="status.editor.selection"]', { hasText: "Ln 4," }).waitFor({ timeout: TIMEOUT });
  await openActions(page);
  return fix(page, "Add all \\d+ safe settings in an override \\(etc/systemd/system/");
}

const fileIn = ({ workspace }: Scene, path: string): string => join(workspace, path);

/** Makes unit files and overrides. */
export const CREATE_STEPS: readonly Step[] = [
  {
    name: "lists its entries under File: New File…",
    async run(scene) {
      const { page } = scene;
      await newFiles(page);
      for (const entry of [
        "Service",
        "Timer",
        "Socket",
        "Path Unit With Its Service",
        "Mount",
        "Target",
        "Drop-In of a Unit",
        "Quadlet (Podman)",
        "Network File",
        "Virtual Network",
        "Container Settings",
      ])
        await page
          .locator(".quick-input-list .monaco-list-row", { hasText: `systemd ${entry}` })
          .first()
          .waitFor({ timeout: TIMEOUT });
      await scene.shot("create-1-new-file");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "makes a service through its questions, and goes back to one of them",
    async run(scene) {
      const { page } = scene;
      await newFile(page, "systemd Service");
      await question(page, "The command");
      await page.locator(INPUT).fill("node server.js");
      await question(page, '"node" is not an absolute path');
      await scene.shot("create-2-refused");
      await type(page, "is not an absolute path", "/usr/bin/node /opt/shop/server.js --port 3000 --data /var/lib/blog");
      await question(page, "shop.service already exists");
      assert.equal(await page.locator(INPUT).inputValue(), "shop");
      await scene.shot("create-2-name");
      await type(page, "shop.service already exists", "blog");
      await question(page, "Which user does it run as?");
      await scene.shot("create-3-user");
      await page.locator(".quick-input-widget .codicon-quick-input-back").click();
      await question(page, "The name of the service");
      assert.equal(await page.locator(INPUT).inputValue(), "blog");
      await take(page, "The name of the service");
      await choose(page, "Which user does it run as?", "An existing system user");
      await take(page, "The name of the user");
      await question(page, "When does it start?");
      await scene.shot("create-4-start");
      await pick(page, "At boot");
      await question(page, "TCP port");
      assert.equal(await page.locator(INPUT).inputValue(), "3000");
      await take(page, "TCP port");
      await question(page, "Where do the files go?");
      await scene.shot("create-5-place");
      await pick(page, "deploy");
      await active(page, "blog.service");
      await languageIs(page, "systemd unit");
      await lineIs(page, "StateDirectory=blog");
      await page.keyboard.type("Weblog");
      await lineIs(page, "Description=Weblog");
      await page.keyboard.press("Control+s");
      await isClean(page);
      await scene.shot("create-6-service");
      const text = await readFile(fileIn(scene, "deploy/blog.service"), "utf8");
      assert.match(text, /^ExecStart=\/usr\/bin\/node \/opt\/shop\/server\.js --port 3000 --data %S\/blog$/m);
      assert.match(text, /^ProtectSystem=strict$/m);
    },
  },
  {
    name: "makes a timer with its service",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await newFile(page, "systemd Timer With Its Service");
      await type(page, "The command", "/usr/bin/pg_dumpall | gzip > /var/backups/all.gz");
      await take(page, "The name of the service");
      await choose(page, "Which user does it run as?", "root");
      await question(page, "When the timer elapses");
      await page.locator(INPUT).fill("*-13-*");
      await question(page, "is out of range");
      await scene.shot("create-7-timer");
      await type(page, "is out of range", "Mon..Fri 03:30");
      await choose(page, "Where do the files go?", "deploy");
      await active(page, "pg_dumpall.service");
      await page.locator('.tab[data-resource-name="pg_dumpall.timer"]').waitFor({ timeout: TIMEOUT });
      await isClean(page);
      await scene.shot("create-8-pair");
      assert.match(await readFile(fileIn(scene, "deploy/pg_dumpall.timer"), "utf8"), /^OnCalendar=Mon\.\.Fri 03:30$/m);
    },
  },
  {
    name: "makes a service with Enter alone once the command is typed",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await newFile(page, "systemd Service");
      await question(page, "The command");
      await page.keyboard.press("Enter");
      await page.locator(MESSAGE, { hasText: "The command is empty" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("create-16-empty");
      await page.locator(INPUT).fill("/usr/bin/echoes --listen 7000");
      await page.keyboard.press("Enter");
      await take(page, "The name of the service");
      await question(page, "Which user does it run as?");
      await page.locator(INPUT).fill("nobody at all");
      await page.locator(ROW, { hasText: 'Nothing here matches "nobody at all"' }).waitFor({ timeout: TIMEOUT });
      await scene.shot("create-17-no-match");
      await page.keyboard.press("Enter");
      await page.locator(`${ROW}.focused`, { hasText: "What suits the command" }).waitFor({ timeout: TIMEOUT });
      await takeRow(page, "Which user does it run as?", "What suits the command");
      await takeRow(page, "When does it start?", "At boot");
      await take(page, "TCP port");
      await question(page, "Where do the files go?");
      await page.locator(`${ROW}.focused`).waitFor({ timeout: TIMEOUT });
      await scene.shot("create-18-recommended");
      await page.keyboard.press("Enter");
      await active(page, "echoes.service");
      await isClean(page);
    },
  },
  {
    name: "makes a path unit, a mount, a target and a quadlet without findings",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await newFile(page, "systemd Path Unit With Its Service");
      await type(page, "The command", "/usr/bin/import --all");
      await take(page, "The name of the service");
      await takeRow(page, "Which user does it run as?", "What suits the command");
      await takeRow(page, "What does it wait for?", "It was changed and closed");
      await type(page, "The file or folder to watch", "/srv/incoming");
      await choose(page, "Where do the files go?", "deploy");
      await active(page, "import.service");
      await isClean(page);
      await page.locator('.tab[data-resource-name="import.path"]').waitFor({ timeout: TIMEOUT });
      await newFile(page, "systemd Mount");
      await question(page, "The folder to mount on");
      await page.keyboard.press("Enter");
      await page.locator(MESSAGE, { hasText: "is not an absolute path" }).waitFor({ timeout: TIMEOUT });
      await page.locator(INPUT).fill("/srv/data-old");
      await page.keyboard.press("Enter");
      await takeRow(page, "Which file system is it?", "ext4");
      await take(page, "What is mounted");
      await take(page, "Options of the mount");
      await choose(page, "Where do the files go?", "deploy");
      await active(page, "srv-data\\\\x2dold.mount");
      await lineIs(page, "Where=/srv/data-old");
      await scene.shot("create-19-mount");
      await newFile(page, "systemd Target");
      await type(page, "The name of the target", "shopping");
      await takeRow(page, "Whose is it?", "The system's");
      await question(page, "Which units does it start?");
      await scene.shot("create-20-wants");
      await page.keyboard.press("Enter");
      await takeRow(page, "When is it started?", "At boot");
      await choose(page, "Where do the files go?", "deploy");
      await active(page, "shopping.target");
      await lineIs(page, "WantedBy=multi-user.target");
      await newFile(page, "systemd Quadlet (Podman)");
      await question(page, "What does podman make of it?");
      await scene.shot("create-21-quadlets");
      await takeRow(page, "What does podman make of it?", ".container");
      await question(page, "The image of the container");
      await page.keyboard.press("Enter");
      await page.locator(MESSAGE, { hasText: "Image= is missing" }).waitFor({ timeout: TIMEOUT });
      await page.locator(INPUT).fill("docker.io/library/caddy:2");
      await page.keyboard.press("Enter");
      await take(page, "The name of the file");
      await takeRow(page, "Whose is it?", "The system's");
      await choose(page, "Where do the files go?", "deploy");
      await active(page, "caddy.container");
      await lineIs(page, "Image=docker.io/library/caddy:2");
      await scene.shot("create-22-quadlet");
      assert.equal(await page.locator(MARKS).count(), 0);
    },
  },
  {
    name: "leaves at any question without a file",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await newFile(page, "systemd Socket With Its Service");
      await type(page, "The command", "/usr/bin/lost");
      await question(page, "The name of the service");
      await page.keyboard.press("Escape");
      await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
      assert.ok(!existsSync(fileIn(scene, "deploy/lost.service")));
      assert.equal(await page.locator(".tab").count(), 0);
    },
  },
  {
    name: "makes a drop-in of a unit that is there",
    async run(scene) {
      const { page } = scene;
      await newFile(page, "systemd Drop-In of a Unit");
      await question(page, "Which unit?");
      await scene.shot("create-9-units");
      await page.locator(INPUT).fill("shop.service");
      await pick(page, "shop.service");
      await question(page, "Where does the override of shop.service go?");
      await scene.shot("create-10-where");
      await pick(page, "deploy/shop.service.d/override.conf");
      await active(page, "override.conf");
      await languageIs(page, "systemd unit");
      const path = fileIn(scene, "deploy/shop.service.d/override.conf");
      const before = await readFile(path, "utf8");
      await page.keyboard.type("Nice=5");
      await lineIs(page, "Nice=5");
      await page.keyboard.press("Control+s");
      const text = await changed(path, before);
      assert.match(text, /\n\[Service\]\nNice=5\n$/);
    },
  },
  {
    name: "opens an override that is there, behind its last line",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openUnit(scene, "deploy/shop.service");
      await command(page, "Unit Warden: Create override");
      await choose(page, "Where does the override", "deploy/shop.service.d/override.conf");
      await active(page, "override.conf");
      await page.locator('[id="status.editor.selection"]', { hasText: "Ln 4, Col 7" }).waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "opens an override for the machine as a tab that is not saved yet",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openUnit(scene, "deploy/shop.service");
      await command(page, "Unit Warden: Create override");
      await choose(page, "Where does the override", "/etc/systemd/system/shop.service.d/override.conf");
      await active(page, "override.conf");
      await languageIs(page, "systemd unit");
      await lineIs(page, "[Service]");
      await scene.shot("create-11-machine");
      assert.ok(!existsSync("/etc/systemd/system/shop.service.d"));
    },
  },
  {
    name: "puts the safe settings of a vendor's unit into the administrator's override",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      const vendor = "tree/usr/lib/systemd/system/relay.service";
      await openUnit(scene, vendor);
      const action = await overrideAction(page);
      await scene.shot("create-12-actions");
      const first = (await page.locator(FIX).allInnerTexts()).map((it) => it.trim()).filter((it) => it !== "Quick Fix");
      for (const [i, wanted] of FIRST_IN_OVERRIDE.entries()) assert.match(first[i] ?? "", wanted);
      await action.click();
      const path = fileIn(scene, "tree/etc/systemd/system/relay.service.d/override.conf");
      await page
        .locator(".codelens-decoration a", { hasText: /^\s*5\.\d MEDIUM/ })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await openUnit(scene, "tree/etc/systemd/system/relay.service.d/override.conf");
      await lineIs(page, "ProtectSystem=full");
      await scene.shot("create-13-override");
      await page.keyboard.press("Control+s");
      assert.match(await changed(path, ""), /^\[Service\]\n# File system\nProtectSystem=full\n/);
      assert.equal(await readFile(fileIn(scene, vendor), "utf8"), VENDOR);
      await openUnit(scene, vendor);
      await isClean(page);
      await scene.shot("create-14-vendor");
    },
  },
  {
    name: "opens an override outside of the workspace as a tab, which is saved to its place",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      const outside = fileIn(scene, "../outside");
      await mkdir(join(outside, "usr/lib/systemd/system"), { recursive: true });
      await writeFile(join(outside, "usr/lib/systemd/system/relay.service"), VENDOR);
      await openUnit(scene, "../outside/usr/lib/systemd/system/relay.service");
      await (await overrideAction(page)).click();
      await active(page, "override.conf");
      await lineIs(page, "ProtectSystem=full");
      const path = join(outside, "etc/systemd/system/relay.service.d/override.conf");
      assert.ok(!existsSync(path));
      await scene.shot("create-15-outside");
      await page.keyboard.press("Control+s");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached", timeout: TIMEOUT });
      assert.match(await readFile(path, "utf8"), /^\[Service\]\n# File system\nProtectSystem=full\n/);
    },
  },
];
