import { Uri, type Webview } from "vscode";

/** The page of a view: our own script and style of this name, nothing from elsewhere, nothing inline. */
export function pageHtml(
  webview: Webview,
  extension: Uri,
  title: string,
  name: "webview" | "manual" | "sandbox",
): string {
  const script = webview.asWebviewUri(Uri.joinPath(extension, "dist", `${name}.js`));
  const style = webview.asWebviewUri(Uri.joinPath(extension, "dist", `${name}.css`));
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
<script src="${script}"></script>
</body>
</html>`;
}
