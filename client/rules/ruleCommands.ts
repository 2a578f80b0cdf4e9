import {
  commands,
  type ExtensionContext,
  l10n,
  languages,
  type QuickPickItem,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RULE_REQUEST } from "../../server/src/server/protocol.ts";
import { pickOne, tell } from "../saying.ts";

const SCHEME = "unit-warden-rule";

/** What our findings name as their source. */
const SOURCE = "unit-warden";

/** Adds the command that opens the page about a rule, by its code where one is given. */
export function registerRules({ extensionUri, subscriptions }: ExtensionContext, client: BaseLanguageClient): void {
  const list = async (): Promise<string> =>
    new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(extensionUri, "dist/rules.schema.json")));
  const page = (code: string): Promise<string | null> => client.sendRequest<string | null>(RULE_REQUEST, { code });
  const show = async (sent: unknown): Promise<void> => {
    const code = typeof sent === "string" ? sent : await pickCode(await list());
    if (code === undefined) return;
    if ((await page(code)) === null) {
      void tell(l10n.t("There is no rule {0}.", code));
      return;
    }
    await commands.executeCommand("markdown.showPreviewToSide", addressOf(code));
  };
  subscriptions.push(
    workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: ({ query }) => page(query) }),
    commands.registerCommand("unitWarden.showRule", show),
  );
}

/** The tab shows the last part of the path. */
const addressOf = (code: string): Uri =>
  Uri.from({ scheme: SCHEME, path: `/${l10n.t("Rule {0}", code.replace("/", ": "))}.md`, query: code });

/** Lets the reader choose a rule by its code or title, those of the findings in the current line first. */
async function pickCode(schema: string): Promise<string | undefined> {
  const entries = JSON.parse(schema).properties["unitWarden.rules"].properties as Record<
    string,
    { description: string }
  >;
  const item = (code: string): QuickPickItem => ({ label: code, description: entries[code]?.description ?? "" });
  const all = Object.keys(entries).filter((it) => it.includes("/"));
  const here = [...codesHere()].filter((it) => all.includes(it));
  const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const first = here.length > 0 ? [separator(l10n.t("found in this line")), ...here.map(item)] : [];
  const items = [...first, separator(l10n.t("all rules")), ...all.filter((it) => !here.includes(it)).map(item)];
  const placeholder = l10n.t("A rule, by its code or title");
  return (await pickOne(items, { placeholder, matchOnDescription: true }))?.label;
}

/** The codes of our findings in the line of the cursor. */
function codesHere(): Set<string> {
  const editor = window.activeTextEditor;
  if (!editor) return new Set();
  const { line } = editor.selection.active;
  const found = languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === SOURCE && range.start.line <= line && line <= range.end.line);
  return new Set(found.map(({ code }) => `${typeof code === "object" ? code.value : code}`));
}
