import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { FILE_GLOBS } from "../../client/unitFiles.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import {
  HEADER,
  hover,
  INPUT,
  languageIs,
  leave,
  openFile,
  placeOf,
  type Scene,
  type Step,
  TIMEOUT,
} from "./workbench.ts";

/** A file for each of the other extensions, and one that is no unit. */
export const PACKAGE_FILES: Readonly<Record<string, string>> = {
  "desk.service": "[Unit]\nDescription=Desk\n\n[Service]\nExecStart=/usr/bin/desk\n",
  "desk.socket": "[Socket]\nListenStream=8080\nAcept=yes\n",
  "desk.timer": "[Timer]\nOnCalender=daily\n",
  "lan.network": "[Match]\nName=en*\n\n[Network]\nDHCP=yes\n\n[Service]\nBroken\n",
};

/** Where links of the page lead outside of it. */
const HOSTS = ["www.freedesktop.org", "manpages.debian.org", "systemd.io", "keepachangelog.com", "semver.org"];

interface Shown {
  readonly pictures: readonly { readonly source: string; readonly width: number }[];
  readonly links: readonly { readonly text: string; readonly href: string; readonly opens: boolean }[];
}

/** All pictures and links of a page of the extension editor. */
function shownIn(frame: Frame): Promise<Shown> {
  return frame.evaluate(() => ({
    pictures: [...document.querySelectorAll("img")].map((it) => ({ source: it.src, width: it.naturalWidth })),
    links: [...document.querySelectorAll("a")]
      .filter((it) => it.id === "" || it.hasAttribute("href"))
      .filter((it) => it.id !== "scroll-to-top")
      .map((it) => {
        const href = it.getAttribute("href") ?? "";
        const name = decodeURIComponent(href.slice(1));
        return {
          text: it.textContent ?? "",
          href,
          opens: href.startsWith("#") ? document.getElementById(name) !== null : href.startsWith("https://"),
        };
      }),
  }));
}

/** Fails where a picture is not shown, or a link leads nowhere or to a host that nobody named. */
function expectWhole({ pictures, links }: Shown): void {
  assert.deepEqual(
    pictures.filter((it) => it.width === 0),
    [],
  );
  assert.deepEqual(
    links.filter((it) => !it.opens),
    [],
  );
  const foreign = links.filter(({ href }) => !href.startsWith("#") && !HOSTS.includes(new URL(href).host));
  assert.deepEqual(foreign, []);
}

/** The page of the installed extension, from the list of extensions. */
async function openPage(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+x");
  const row = page.locator(".extensions-list .monaco-list-row", { hasText: "Unit Warden" }).first();
  await row.waitFor({ timeout: 2 * TIMEOUT });
  await row.click();
  await page.locator(".extension-editor .name", { hasText: "Unit Warden" }).waitFor({ timeout: TIMEOUT });
}

const TOAST = ".notification-toast";
const OFFER = /Use Unit Warden for unit files/;

/** The lens above a line, which the server has to be there for. */
async function lensOf(scene: Scene, text: RegExp): Promise<void> {
  await scene.page
    .locator(".codelens-decoration a", { hasText: text })
    .first()
    .waitFor({ timeout: 2 * TIMEOUT });
}

const PAGE: readonly Step[] = [
  {
    name: "shows the page of the installed extension whole: pictures and links",
    async run(scene) {
      const { page } = scene;
      await openPage(page);
      const frame = await viewWith(page, "h1#unit-warden");
      const shown = await shownIn(frame);
      assert.ok(shown.links.length > 2);
      expectWhole(shown);
      await scene.shot("70-page");
    },
  },
  {
    name: "goes to what is folded into the page",
    async run(scene) {
      const { page } = scene;
      const frame = await viewWith(page, "h1#unit-warden");
      for (const name of ["docs/guide.md", "docs/settings.md"]) {
        await frame.locator(`a[href="#${name}"]`).first().click();
        await frame.waitForFunction(
          (id) => {
            const { top = -1 } = document.getElementById(id)?.getBoundingClientRect() ?? {};
            return top > -50 && top < window.innerHeight;
          },
          name,
          { timeout: TIMEOUT },
        );
        await scene.shot(`71-page-${/guide|settings/.exec(name)}`);
      }
    },
  },
  {
    name: "shows the changelog whole",
    async run(scene) {
      const { page } = scene;
      await page.locator(".extension-editor .navbar a", { hasText: /^Changelog$/i }).click();
      const frame = await viewWith(page, "h1#changelog");
      expectWhole(await shownIn(frame));
      await scene.shot("72-changelog");
    },
  },
  {
    name: "shows the page of a rule, chosen by its title or given by its code",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await command(page, "Unit Warden: Show rule");
      await page.locator(INPUT).fill("value/path");
      await page
        .locator(".quick-input-list .monaco-list-row", { hasText: "value/path" })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("73-rules");
      await page.keyboard.press("Enter");
      const frame = await viewWith(page, 'h1:has-text("value/path")');
      await frame.locator("pre", { hasText: "[Service]" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("74-rule");
      await closeOthers(page);
    },
  },
];

const LANGUAGES: readonly Step[] = [
  {
    name: "judges files that other extensions gave languages of their own, and offers its own",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "desk.service");
      await languageIs(page, "systemd-conf");
      await page.locator(TOAST, { hasText: OFFER }).waitFor({ timeout: 2 * TIMEOUT });
      await lensOf(scene, /^\s*9\.\d UNSAFE/);
      await placeOf(page, HEADER, "Service", ".squiggly-warning");
      await scene.shot("75-offer");
      await hover(page, "ExecStart=/usr/bin/desk", "ExecStart", "ExecStart=");
      await leave(page);
      await openFile(scene, "desk.socket");
      await languageIs(page, "systemd-unit-file");
      await placeOf(page, "Acept=yes", "Acept", ".squiggly-error");
      await openFile(scene, "desk.timer");
      await languageIs(page, "systemd-unit");
      await placeOf(page, "OnCalender=daily", "OnCalender", ".squiggly-error");
    },
  },
  {
    name: "judges another file of systemd's in the same language",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "lan.network");
      await languageIs(page, "systemd-conf");
      await openFile(scene, "desk.service");
      await lensOf(scene, /^\s*9\.\d UNSAFE/); // the server has answered since
      await openFile(scene, "lan.network");
      await placeOf(page, "[Service]", "Service", ".squiggly-error");
      assert.equal(await page.locator(".codelens-decoration").count(), 0);
    },
  },
  {
    name: "has offered its language once, and gives it to all unit files",
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, "desk.service");
      // The offer itself may have gone meanwhile, as all of them do.
      await command(page, "Notifications: Show Notifications");
      const offer = page.locator(".notifications-center .notification-list-item", { hasText: OFFER });
      await offer.waitFor({ timeout: TIMEOUT });
      assert.equal(await offer.count(), 1);
      await offer.locator(".monaco-button", { hasText: /^Use Unit Warden$/ }).click();
      await languageIs(page, "systemd unit");
      await lensOf(scene, /^\s*9\.\d UNSAFE/);
      for (const name of ["desk.socket", "desk.timer", "lan.network"]) {
        await openFile(scene, name);
        await languageIs(page, "systemd unit");
      }
      assert.equal(await page.locator(TOAST).count(), 0);
      const settings = JSON.parse(await readFile(join(workspace, "../user/User/settings.json"), "utf8"));
      assert.deepEqual(settings["files.associations"], Object.fromEntries(FILE_GLOBS.map((glob) => [glob, "systemd"])));
      await openFile(scene, "desk.service");
      await scene.shot("76-used");
    },
  },
  {
    name: "logged no error, and its grammar is not taken for another's",
    async run({ pageErrors, hostErrors }) {
      assert.deepEqual(await hostErrors(), []);
      assert.deepEqual(
        pageErrors.filter((it) => /source\.(unit-warden\.)?systemd|unit-warden\/(?!code-server)/.test(it)),
        [],
      );
    },
  },
];

/** The package as its users meet it: its page, its documents, and the files that other extensions take. */
export const PACKAGE_STEPS: readonly Step[] = [...PAGE, ...LANGUAGES];
