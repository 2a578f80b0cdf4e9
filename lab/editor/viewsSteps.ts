import assert from "node:assert/strict";
import type { Frame, Locator, Page } from "playwright-core";
import { VIEWPORT } from "./rig.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import { hover, INPUT, leave, lineIs, openFile, pick, type Scene, type Step, TIMEOUT } from "./workbench.ts";

const NGINX = `[Unit]
Description=A web server and reverse proxy
After=network.target

[Service]
Type=forking
PIDFile=/run/nginx.pid
ExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'
ExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'
ExecReload=/usr/sbin/nginx -g 'daemon on; master_process on;' -s reload
KillMode=mixed

[Install]
WantedBy=multi-user.target
`;

const API = `[Unit]
Description=Orders API

[Service]
User=api
WorkingDirectory=/srv/api
Environment=PORT=3000
ExecStart=/usr/bin/node server.js
Restart=always

[Install]
WantedBy=multi-user.target
`;

const SHOP = `[Service]
User=shop
ExecStart=/usr/bin/gotosocial --listen 8080
StateDirectory=shop
ReadWritePaths=-/srv/shop
PrivateTmp=yes
ProtectHome=read-only
`;

/** Services of a small server, in two folders. */
export const VIEWS_FILES: Readonly<Record<string, string>> = {
  "web/nginx.service": NGINX,
  "web/api.service": API,
  "web/package.json": '{\n  "dependencies": {\n    "serialport": "^12.0.0"\n  },\n  "main": "server.js"\n}\n',
  "web/shop.service": SHOP,
  "web/merged.service": "[Service]\nUser=merged\nExecStart=/usr/bin/merged\n",
  "web/merged.service.d/calls.conf": "[Service]\nSystemCallFilter=@system-service\nNoNewPrivileges=yes\n",
  "batch/backup.service": "[Service]\nType=oneshot\nExecStart=/usr/bin/backup\nPrivateNetwork=yes\n",
  "batch/broken.service": "[Service]\nExecStop=/bin/true\n",
};

const REPORT = "Unit Warden: Open the exposure report of this unit";
const OVERVIEW = "Unit Warden: Open the exposure overview of all services";
const WORLD = "Unit Warden: Show the service's world";
const PROGRAM = "Unit Warden: Show what was read of the program";
const TREE = '[role="tree"]';
const DARK = "Dark Modern";

/** Shows the report of a file, and nothing else next to the file. */
async function report(scene: Scene, path: string): Promise<Frame> {
  await closeOthers(scene.page);
  await openFile(scene, path);
  await command(scene.page, REPORT);
  return viewWith(scene.page, ".report .score .number");
}

const textOf = async (it: Locator): Promise<string> => (await it.textContent()) ?? "";
const number = async (view: Frame): Promise<number> => Number(await view.locator(".score .number").textContent());
const texts = (view: Frame, selector: string): Promise<string[]> => view.locator(selector).allInnerTexts();
const focused = (view: Frame): Promise<string> => view.evaluate(() => document.activeElement?.id ?? "");

/** Waits until the level is below or above another one. */
async function levelChanges(view: Frame, from: number): Promise<number> {
  await view.locator(".score .number", { hasNotText: from.toFixed(1) }).waitFor({ timeout: TIMEOUT });
  return number(view);
}

/** Changes the colours, unless they are there already. */
async function theme({ page }: Scene, name: string, mark: string): Promise<void> {
  const workbench = page.locator(`.monaco-workbench.${mark}`);
  if (await workbench.isVisible()) return;
  await command(page, "Preferences: Color Theme");
  await page.locator(INPUT).fill(name);
  await pick(page, name);
  await workbench.waitFor({ timeout: TIMEOUT });
}

/** Leaves a view alone in a window as narrow as a side panel, for one picture; `mark` is something that it shows. */
async function narrow(scene: Scene, name: string, mark: string): Promise<void> {
  const { page } = scene;
  // The group with the focus is the one that stays.
  await viewWith(page, mark);
  await page.locator(".editor-group-container").nth(1).locator(".tab.active").click();
  // The view takes the focus a moment later, and would take it from the list of commands.
  await page.waitForFunction(() => document.activeElement?.tagName === "IFRAME", undefined, { timeout: TIMEOUT });
  await command(page, "View: Close Editors in Other Groups");
  await page.locator(".editor-group-container").nth(1).waitFor({ state: "detached", timeout: TIMEOUT });
  await page.setViewportSize({ width: 420, height: 800 });
  try {
    // The view may have been loaded again in its new place.
    const view = await viewWith(page, mark);
    await view.waitForFunction(() => window.innerWidth < 430, undefined, { timeout: TIMEOUT });
    const overflow = await view.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} px wider than the window`);
    await scene.shot(name);
  } finally {
    await page.setViewportSize(VIEWPORT);
  }
}

async function undo(page: Page, line: string): Promise<void> {
  await page.locator(".view-line", { hasText: line }).first().click();
  await page.keyboard.press("Control+z");
}

/** Safe settings first in the report, who may write in the world, help in the effective unit, order in the overview. */
export const VIEWS_STEPS: readonly Step[] = [
  {
    name: "offers a web server what is safe first, and what ends its network only anyway",
    vital: true,
    async run(scene) {
      const view = await report(scene, "web/nginx.service");
      const buttons = await texts(view, "button.fix");
      assert.match(buttons[0] ?? "", /^Add all \d\d safe settings$/);
      const safe = await texts(view, ".group.safe button.fix");
      assert.ok(safe.length > 10 && safe.every((it) => !it.includes("PrivateNetwork")), safe.join("\n"));
      const row = view.locator(".group.decide tr", { hasText: "PrivateNetwork=" }).first();
      const said = await textOf(row);
      assert.match(said, /Not safe here: the service uses the network\.\s*May break: All connections fail/);
      assert.match(said, /Add PrivateNetwork=yes anyway/);
      assert.deepEqual(
        (await texts(view, ".gain")).filter((it) => /(\d\.\d) → \1/.test(it)),
        [],
      );
      await scene.shot("70-report-safe-first");
      await row.scrollIntoViewIfNeeded();
      await scene.shot("71-report-decide");
    },
  },
  {
    name: "adds all that is safe to a node API on a port, and one undo takes it back",
    async run(scene) {
      const { page } = scene;
      const view = await report(scene, "web/api.service");
      const before = await number(view);
      assert.doesNotMatch((await texts(view, "body")).join(), /As root it/);
      await view.locator("#all-basic").click();
      const after = await levelChanges(view, before);
      assert.ok(after < before - 2, `${before} → ${after}`);
      await view.locator("#all-basic").waitFor({ state: "detached", timeout: TIMEOUT });
      await page.locator(".view-line", { hasText: "ProtectSystem=full" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("72-report-all-added");
      await undo(page, "User=api");
      await view.locator("#all-basic").waitFor({ timeout: TIMEOUT });
      assert.equal(await number(view), before);
      const rows = await page.locator(".editor-group-container .view-line").allInnerTexts();
      assert.ok(rows.every((it) => !it.includes("Protect")));
    },
  },
  {
    name: "adds one safe setting by keyboard, and the focus goes on to the next",
    async run({ page }) {
      const view = await viewWith(page, ".report .score .number");
      await view.locator("#fix-ProtectSystem").focus();
      assert.equal(await textOf(view.locator("#fix-ProtectSystem")), "Add ProtectSystem=full with ReadWritePaths=");
      await page.keyboard.press("Enter");
      await lineIs(page, "ProtectSystem=full");
      await view.locator("#fix-ProtectSystem", { hasText: "strict anyway" }).waitFor({ timeout: TIMEOUT });
      await undo(page, "User=api");
      await view.locator("#fix-ProtectSystem", { hasText: "Add ProtectSystem=full" }).waitFor({ timeout: TIMEOUT });
      await view.locator("#fix-PrivateTmp").focus();
      await page.keyboard.press("Enter");
      await view.locator("#fix-PrivateTmp").waitFor({ state: "detached", timeout: TIMEOUT });
      assert.equal(await focused(view), "fix-ProtectHostname");
      await undo(page, "User=api");
      await view.locator("#fix-PrivateTmp").waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "offers no list that would raise the level with the one in a drop-in",
    async run(scene) {
      const view = await report(scene, "web/merged.service");
      const row = view.locator(".group.stuck tr", { hasText: "SystemCallFilter=~@resources" });
      assert.match(await textOf(row), /would raise the exposure here \(\d\.\d → \d\.\d\): it would merge/);
      assert.equal(await row.locator("button").count(), 0);
      await row.scrollIntoViewIfNeeded();
      await scene.shot("73-report-drop-in");
    },
  },
  {
    name: "tells in the world what the service's own user may write",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "web/shop.service");
      await command(page, WORLD);
      const view = await viewWith(page, TREE);
      const row = (path: string): Promise<string> => textOf(view.locator(`[id="path-${path}"] > .row`));
      assert.match(await row("/usr"), /root only/);
      assert.match(await row("/var/lib/shop"), /writable\s*own[\s\S]*StateDirectory=shop/);
      assert.match(await row("/srv/shop"), /writable\s*if permitted/);
      assert.match(await row("/tmp"), /private/);
      await scene.shot("74-world-own-user");
      await narrow(scene, "75-world-narrow", TREE);
    },
  },
  {
    name: "shows the origin of each effective line, and explains it on hover",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "web/merged.service");
      await command(page, "Unit Warden: Show effective unit");
      await lineIs(page, "SystemCallFilter=@system-service");
      await hover(page, "SystemCallFilter=@system-service", "SystemCallFilter", "calls.conf:2");
      await hover(page, "SystemCallFilter=@system-service", "SystemCallFilter", "system calls");
      await scene.shot("76-effective-hover");
      await leave(page);
      await page.locator(".squiggly-warning, .squiggly-info").first().waitFor({ state: "attached", timeout: TIMEOUT });
      const effective = page.locator(".editor-group-container:has(.tab[data-resource-name^='Effective '])");
      assert.equal(await effective.locator(".squiggly-warning, .squiggly-error").count(), 0);
    },
  },
  {
    name: "sorts and filters the overview by keyboard",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "web/shop.service");
      await command(page, OVERVIEW);
      const view = await viewWith(page, ".overview table");
      const names = (): Promise<string[]> => texts(view, "td.unit");
      assert.equal((await names())[0], "broken.service");
      assert.deepEqual(
        await texts(view, "tr:has-text('nginx.service') td.folder, tr:has-text('backup.service') td.folder"),
        ["web", "batch"],
      );
      const nginx = view.locator("tr", { hasText: "nginx.service" });
      assert.match(
        await textOf(nginx.locator("td.after")),
        /^[4-6]\.\d (?:with \d\d safe settings|\d\d safe, \d+ likely)$/,
      );
      await view.locator("#sort-name").focus();
      await page.keyboard.press("Enter");
      await view.locator('th[aria-sort="ascending"] #sort-name').waitFor({ timeout: TIMEOUT });
      assert.deepEqual(await names(), [...(await names())].sort());
      assert.equal(await focused(view), "sort-name");
      await view.locator("#find").focus();
      await page.keyboard.type("web s");
      await view.locator(".count", { hasText: " of 6" }).waitFor({ timeout: TIMEOUT });
      assert.deepEqual(await names(), ["api.service", "merged.service", "nginx.service", "shop.service"]);
      await page.keyboard.type("hop");
      await view.locator(".count", { hasText: "1 of 6" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("77-overview-filtered");
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await view.locator("#sort-after").click();
      await view.locator('th[aria-sort="descending"] #sort-after').waitFor({ timeout: TIMEOUT });
      await scene.shot("78-overview-sorted");
      await narrow(scene, "79-overview-narrow", ".overview table");
    },
  },
  ...[
    { name: "Dark High Contrast", mark: "hc-black", shot: "high-contrast" },
    { name: "Light High Contrast", mark: "hc-light", shot: "high-contrast-light" },
  ].map(
    ({ name, mark, shot }): Step => ({
      name: `looks right in the theme ${name}`,
      async run(scene) {
        const { page } = scene;
        await theme(scene, name, mark);
        const shown = await report(scene, "web/api.service");
        await shown.locator("#fix-ProtectSystem").focus();
        await page.keyboard.press("Tab");
        await scene.shot(`80-report-${shot}`);
        const outline = await shown.evaluate(() => {
          const style = document.activeElement && getComputedStyle(document.activeElement);
          return style ? `${style.outlineStyle} ${style.outlineWidth}` : "";
        });
        assert.equal(outline, "solid 2px");
        await shown.locator(".group.decide tr", { hasText: "PrivateNetwork=" }).first().scrollIntoViewIfNeeded();
        await scene.shot(`81-report-decide-${shot}`);
        await command(page, OVERVIEW);
        const overview = await viewWith(page, ".overview table");
        await overview.locator("#find").focus();
        await scene.shot(`82-overview-${shot}`);
        await closeOthers(page);
        await openFile(scene, "web/shop.service");
        await command(page, WORLD);
        const world = await viewWith(page, TREE);
        await world.locator('[id="path-/etc"]').focus();
        await scene.shot(`83-world-${shot}`);
      },
    }),
  ),
  {
    name: "shows what the source beside a service names, on hover and in a view, and why that is nothing elsewhere",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "web/api.service");
      await hover(page, "ExecStart=/usr/bin/node", "ExecStart", "package.json:3 names serialport");
      await scene.shot("85-programs-hover");
      await leave(page);
      await command(page, PROGRAM);
      await page.locator(".tab", { hasText: "Programs of api.service" }).waitFor({ timeout: TIMEOUT });
      const view = await viewWith(page, "h1");
      assert.match((await texts(view, "body")).join(), /opens hardware: package\.json:3 names serialport/);
      await scene.shot("86-programs");
      await closeOthers(page);
      await openFile(scene, "web/shop.service");
      await command(page, PROGRAM);
      const other = await viewWith(page, "h1");
      assert.match((await texts(other, "body")).join(), /no folder of this repository builds its programs/);
    },
  },
  {
    name: "keeps the report in a narrow window",
    async run(scene) {
      await theme(scene, DARK, "vs-dark");
      await report(scene, "web/nginx.service");
      await narrow(scene, "84-report-narrow", ".report .score .number");
    },
  },
];
