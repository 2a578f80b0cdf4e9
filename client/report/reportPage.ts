import { env, l10n, Uri, type Webview } from "vscode";

/**
 * The page of a view: our own script and style of this name, nothing from elsewhere, nothing inline. The script finds the
 * texts of the reader's language in the page, and what the view is made again from (`views/restore.ts`).
 */
export function pageHtml(
  webview: Webview,
  extension: Uri,
  title: string,
  name: "webview" | "manual" | "sandbox" | "failures",
  kept: object,
): string {
  const script = webview.asWebviewUri(Uri.joinPath(extension, "dist", `${name}.js`));
  const texts = escaped(JSON.stringify(l10n.bundle ?? {}));
  const language = l10n.bundle ? env.language : "en";
  return pageAround(
    `<body data-view="${escaped(JSON.stringify(kept))}" data-texts="${texts}">\n<script src="${script}"></script>\n</body>`,
    { title, name, language, runsScripts: true },
    { webview, extension },
  );
}

/** What a page is called, with the style of which name, in which language, and whether a script of ours runs in it. */
interface PageHead {
  readonly title: string;
  readonly name: string;
  readonly language: string;
  readonly runsScripts?: true;
}

/** The page around a body, which loads only what lies in the extension and is named here. */
export function pageAround(
  body: string,
  { title, name, language, runsScripts }: PageHead,
  { webview, extension }: { readonly webview: Webview; readonly extension: Uri },
): string {
  const style = webview.asWebviewUri(Uri.joinPath(extension, "dist", `${name}.css`));
  const own = webview.cspSource;
  const scripts = runsScripts ? `script-src ${own}; ` : "";
  const policy = `default-src 'none'; ${scripts}style-src ${own}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${escaped(title)}</title>
</head>
${body}
</html>`;
}

/** Text as it stands in HTML, also within the quotes of an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
