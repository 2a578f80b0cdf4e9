import type { Frame, Page } from "playwright-core";
import { TIMEOUT } from "./workbench.ts";

/** The page inside a view: a frame in a frame, found by what it shows. */
export async function viewWith(page: Page, selector: string): Promise<Frame> {
  for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; ) {
    for (const frame of page.frames()) {
      const shown = await frame
        .locator(selector)
        .first()
        .isVisible()
        .catch(() => false);
      if (shown) return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`No view shows ${selector}`);
}

/** Runs a command by its title. */
export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input[type=text]").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("Enter");
}

/** Closes all editors and views, without saving. */
export async function closeOthers(page: Page): Promise<void> {
  await command(page, "View: Close All Editors");
  const discard = page.locator(".monaco-dialog-box .monaco-button", { hasText: "Don't Save" });
  if (await discard.isVisible().catch(() => false)) await discard.click();
}
