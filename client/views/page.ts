import { env, l10n, Uri, type Webview } from "vscode";

/** The scripts of pages, each with a style of its name. */
export type PageName = "webview" | "manual" | "sandbox" | "failures";

/**
 * The page of a view: our own script and style of this name, nothing from elsewhere, nothing inline. The script finds the
 * texts of the reader's language in the page, and what the view is made again from (`restore.ts`).
 */
export function pageHtml(webview: Webview, extension: Uri, title: string, name: PageName, kept: object): string {
  const fileOf = (suffix: string): Uri => webview.asWebviewUri(Uri.joinPath(extension, "dist", `${name}.${suffix}`));
  const texts = escaped(JSON.stringify(l10n.bundle ?? {}));
  const own = webview.cspSource;
  const policy = `default-src 'none'; script-src ${own}; style-src ${own}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${l10n.bundle ? env.language : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${fileOf("css")}">
<title>${escaped(title)}</title>
</head>
<body data-view="${escaped(JSON.stringify(kept))}" data-texts="${texts}">
<script src="${fileOf("js")}"></script>
</body>
</html>`;
}

/** Text as it stands in HTML, also within the quotes of an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
