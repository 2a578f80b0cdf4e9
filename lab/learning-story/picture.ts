import { chromium as playwright } from "playwright-core";
import { chromium } from "../editor/install.ts";

/** The colours of a terminal, by the numbers of their escape sequences. */
const COLOURS: Readonly<Record<string, string>> = { "31": "#f28779", "32": "#bae67e", "33": "#ffd580" };

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A terminal with a text in colours as a page. */
function terminalPage(text: string): string {
  const [first = "", ...painted] = text.split("\u001b[");
  const spans = painted.map((it) => {
    const [, number = "", rest = ""] = /^(\d*)m(.*)$/s.exec(it) ?? [];
    return `<span style="color:${COLOURS[number] ?? "inherit"}">${escaped(rest)}</span>`;
  });
  const style =
    "margin:0;padding:24px;background:#1f2430;color:#cbccc6;font:15px/1.45 'DejaVu Sans Mono',monospace;white-space:pre;overflow:hidden";
  return `<body style="margin:0;background:#1f2430"><pre style="${style}">${escaped(first)}${spans.join("")}</pre></body>`;
}

/** Draws what a terminal shows into a file. */
export async function drawTerminal(text: string, path: string): Promise<void> {
  const browser = await playwright.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent(terminalPage(text));
    await page.screenshot({ path, animations: "disabled" });
  } finally {
    await browser.close();
  }
}
