import type { Frame, Page } from "playwright-core";
import { appears, INPUT, pick, rowOf, TIMEOUT } from "./workbench.ts";

/** The page inside a view: a frame in a frame, found by what it shows. */
export async function viewWith(page: Page, selector: string, timeout = TIMEOUT): Promise<Frame> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; ) {
    for (const frame of page.frames()) {
      const shown = await showsIn(frame, selector).catch(() => false);
      if (shown) return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`No view shows ${selector}`);
}

/** Whether a frame shows this: the editor keeps the frame of a page hidden until it has been loaded. */
async function showsIn(frame: Frame, selector: string): Promise<boolean> {
  if (!(await frame.locator(selector).first().isVisible())) return false;
  return frame.parentFrame() === null || (await frame.frameElement()).isVisible();
}

/** Runs a command by its whole title, wherever it stands in the list: a list that was opened too early does not have all. */
export async function command(page: Page, title: string): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    await page.keyboard.press("F1");
    await page.locator(INPUT).fill(`>${title}`);
    if (await appears(rowOf(page, title).first(), TIMEOUT / 3)) break;
    await page.keyboard.press("Escape");
  }
  await pick(page, title);
}

/** Loads the window again as its command does, which keeps what is open. */
export async function reloadWindow(page: Page): Promise<void> {
  const loaded = page.waitForEvent("load", { timeout: 4 * TIMEOUT });
  await command(page, "Developer: Reload Window");
  await loaded;
}

/** Closes all editors and views, without saving. */
export async function closeOthers(page: Page): Promise<void> {
  await command(page, "View: Close All Editors");
  const discard = page.locator(".monaco-dialog-box .monaco-button", { hasText: "Don't Save" });
  const nothing = page.locator(".editor-group-container.empty");
  await discard.or(nothing).first().waitFor({ timeout: TIMEOUT });
  if (await discard.isVisible()) await discard.click();
  await nothing.waitFor({ timeout: TIMEOUT });
}

/** Changes to the light theme, unless it is there already. */
export async function lightTheme(page: Page): Promise<void> {
  const light = page.locator(".monaco-workbench.vs");
  if (await light.isVisible()) return;
  await command(page, "Preferences: Toggle between Light/Dark Themes");
  await light.waitFor({ timeout: TIMEOUT });
}
