import assert from "node:assert/strict";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { VIEWPORT } from "./rig.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import {
  appears,
  changed,
  clickOn,
  FIX,
  fix,
  hover,
  languageIs,
  leave,
  lineIs,
  openActions,
  openFile,
  pick,
  placeOf,
  type Scene,
  type Step,
  SUGGESTION,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

const WEB = `[Unit]
Description=Wiki

[Container]
Image=docker.io/library/nginx:1.27
PublishPort=8080:80
Volume=data.volume:/data
Enviroment=STAGE=live

[Service]
ProtectSystem=full
Restart=always

[Install]
WantedBy=multi-user.target
`;

const FOLDER = "containers/systemd";
const FILE = `${FOLDER}/web.container`;

/** A container with a volume and a network; no unit of systemd, so that a quadlet has to start the extension. */
export const QUADLET_FILES: Readonly<Record<string, string>> = {
  [FILE]: WEB,
  [`${FOLDER}/data.volume`]: "[Volume]\nLabel=app=wiki\n",
  [`${FOLDER}/net.network`]: "[Network]\nInternal=true\n",
};

const EFFECTIVE = ".editor-group-container:has(.tab[data-resource-name^='Effective ']) .view-line";
const LENS = ".codelens-decoration a";

/** What a folder of quadlets shows, and what is written there. */
export const QUADLET_STEPS: readonly Step[] = [
  {
    name: "opens a quadlet, which starts the extension, with its misspelt key underlined",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, FILE);
      await languageIs(page, "systemd unit");
      await placeOf(page, "Enviroment=STAGE=live", "Enviroment", ".squiggly-error", 60_000);
      await placeOf(page, "ProtectSystem=full", "full", ".squiggly-warning");
      await lens(page, /^container confined in \d+ of 17 respects/);
      await lens(page, /^systemd rates podman itself at 9\.\d/);
      await scene.shot("100-quadlet");
    },
  },
  {
    name: "mends the misspelt key",
    async run(scene) {
      const { page } = scene;
      await openFixesAt(page, "Enviroment=STAGE=live", "Enviroment");
      await scene.shot("101-quadlet-fix");
      await (await fix(page, "Change to Environment=")).click();
      await lineIs(page, "Environment=STAGE=live");
      await page.locator(".monaco-editor .squiggly-error").first().waitFor({ state: "hidden", timeout: TIMEOUT });
    },
  },
  {
    name: "explains a key on hover, with the option of podman",
    async run(scene) {
      const { page } = scene;
      const shown = await hover(page, "PublishPort=8080:80", "PublishPort", "PublishPort=");
      await shown.getByText("--publish").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("102-quadlet-hover");
      await leave(page);
    },
  },
  {
    name: "completes a key of [Container], and the networks and volumes of the folder",
    async run(scene) {
      const { page } = scene;
      await clickOn(page, "Environment=STAGE=live", "live");
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Netw");
      await suggestion(page, /^Network(?!A)/, { focused: true, ask: true });
      await scene.shot("103-quadlet-completion");
      await page.keyboard.press("Enter");
      await lineIs(page, "Network=");
      await suggestion(page, /^net\.network/, { ask: true });
      // A container cannot join its own network.
      assert.equal(await page.locator(SUGGESTION, { hasText: "web.container" }).count(), 0);
      await scene.shot("104-quadlet-value");
      await page.keyboard.type("net.n");
      await suggestion(page, /^net\.network/, { focused: true });
      await page.keyboard.press("Enter");
      await lineIs(page, "Network=net.network");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Volume=");
      await suggestion(page, /^data\.volume/, { ask: true });
      await scene.shot("105-quadlet-volume");
      await page.keyboard.press("Escape");
      await page.locator(SUGGESTION).first().waitFor({ state: "hidden", timeout: TIMEOUT });
      for (let count = 0; count < "Volume=".length + 1; count++) await page.keyboard.press("Backspace");
      await page.keyboard.press("Control+s");
      const text = await changed(join(scene.workspace, FILE), WEB);
      assert.equal(text, WEB.replace("Enviroment=STAGE=live", "Environment=STAGE=live\nNetwork=net.network"));
    },
  },
  {
    name: "goes to the file of a volume",
    async run({ page }) {
      await clickOn(page, "Volume=data.volume:/data", "data.volume");
      await page.keyboard.press("F12");
      await page.locator('.tab.active[data-resource-name="data.volume"]').waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "shows the service that podman makes beside the file, which follows an edit",
    async run(scene) {
      const { page } = scene;
      await openAlone(scene);
      await page.setViewportSize({ width: 1500, height: 780 });
      try {
        await command(page, "Unit Warden: Show effective unit");
        const effective = (text: string) =>
          page.locator(EFFECTIVE, { hasText: text }).first().waitFor({ timeout: TIMEOUT });
        await effective("# web.service as podman");
        await effective("--publish 8080:80");
        await effective("--network systemd-net");
        await effective("Requires=data-volume.service");
        await clickOn(page, "PublishPort=8080:80", "80");
        await page.keyboard.press("End");
        await page.keyboard.type("81");
        await page.keyboard.press("Escape");
        await effective("--publish 8080:8081");
        await scene.shot("106-quadlet-effective");
        await page.keyboard.press("Control+z");
        await effective("--publish 8080:80 ");
      } finally {
        await page.setViewportSize(VIEWPORT);
      }
    },
  },
  {
    name: "opens the two tables from the lens above [Service], which follow an edit",
    async run(scene) {
      const { page } = scene;
      await openAlone(scene);
      await (await lens(page, /^systemd rates podman itself at 9\.\d/)).click();
      await viewWith(page, 'h1:has-text("web.container: confined in 7 of 17 respects (7 weak, 3 unknown)")');
      await answer(
        page,
        "Who reaches its ports? everyone who reaches the host, at 8080 (line 6). Set by PublishPort=.",
      );
      const view = await answer(page, "ReadOnly=true Tmpfs=/var/cache/nginx: if the program writes only to volumes");
      await scene.shot("107-quadlet-report");
      const service = view.locator("h2", { hasText: /^The service that starts it: 9\.\d UNSAFE/ });
      await service.scrollIntoViewIfNeeded();
      await view
        .locator("p", { hasText: /systemd rates podman, .* does not move this number/ })
        .scrollIntoViewIfNeeded();
      await scene.shot("108-quadlet-service");
      await clickOn(page, "PublishPort=8080:80", "PublishPort");
      await page.keyboard.press("Home");
      for (let count = 0; count < "PublishPort=".length; count++) await page.keyboard.press("ArrowRight");
      await page.keyboard.type("127.0.0.1:");
      await page.keyboard.press("Escape");
      await answer(page, "Who reaches its ports? this machine (line 6).");
      await viewWith(page, 'h1:has-text("web.container: confined in 8 of 17 respects (6 weak, 3 unknown)")');
      await page.keyboard.press("Control+z");
      await answer(page, "Who reaches its ports? everyone");
    },
  },
  {
    name: "offers on [Container] to add what the report calls likely",
    async run(scene) {
      const { page } = scene;
      await openAlone(scene);
      await menuAt(page, "[Container]", "Container");
      await fix(page, "More settings…");
      await scene.shot("109-quadlet-harden");
      await (await fix(page, "Add 5 more")).click();
      await lineIs(page, "Tmpfs=/var/cache/nginx");
      await lineIs(page, "NoNewPrivileges=true");
      await lens(page, /respects \(4 weak/);
      await scene.shot("110-quadlet-hardened");
      await page.keyboard.press("Control+z");
      await lens(page, /respects \(7 weak/);
    },
  },
  {
    name: "moves a setting of [Service] that leaves the port dead to [Container]",
    async run(scene) {
      const { page } = scene;
      await openAlone(scene);
      await openFixesAt(page, "ProtectSystem=full", "full");
      await scene.shot("111-quadlet-dead-port");
      await (await fix(page, "Replace")).click();
      await lineIs(page, "ReadOnly=true");
      await scene.shot("112-quadlet-moved");
    },
  },
  {
    name: "compares what two versions of podman make of it",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Show what changes with another podman");
      await pick(page, "4.9");
      await page
        .locator(".monaco-diff-editor .view-line", { hasText: "--name=systemd-%N" })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("113-quadlet-podman");
    },
  },
];

/** The page with a line in its list; each edit makes another page. */
const answer = (page: Page, text: string): Promise<Frame> => viewWith(page, `li:has-text("${text}")`);

/** Waits until a lens says so. */
async function lens(page: Page, text: RegExp): Promise<ReturnType<Page["locator"]>> {
  const found = page.locator(LENS, { hasText: text }).first();
  await found.waitFor({ timeout: TIMEOUT });
  return found;
}

async function openAlone(scene: Scene): Promise<void> {
  await closeOthers(scene.page);
  await openFile(scene, FILE);
  await lens(scene.page, /^systemd rates podman itself/);
}

/** Opens the menu of fixes at a word that is underlined. */
async function openFixesAt(page: Page, line: string, word: string): Promise<void> {
  await placeOf(page, line, word, ".squiggly-error, .monaco-editor .squiggly-warning", TIMEOUT);
  await menuAt(page, line, word);
}

/** Opens the menu of fixes at a word: again where a change of the window has closed it. */
async function menuAt(page: Page, line: string, word: string): Promise<void> {
  await clickOn(page, line, word);
  await leave(page);
  for (let tries = 0; tries < 3; tries++) {
    await openActions(page);
    if (await appears(page.locator(FIX).first(), TIMEOUT / 3)) break;
  }
}
