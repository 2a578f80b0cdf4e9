import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { clientModule } from "../kit/clientModule.ts";

type Page = typeof import("../../client/views/page.ts");
type Texts = typeof import("../../client/webview/texts.ts");

const BUNDLE = { "{0} of {1}": "{0} von {1}", 'say "no" <b> & {0}': 'sage „nein“ "<b>" & {0}' };

/** The page of a view in an editor with these texts. */
async function pageWith(bundle: object | undefined): Promise<string> {
  const vscode = {
    env: { language: "de" },
    l10n: { bundle },
    Uri: { joinPath: (...parts: string[]) => parts.join("/") },
  };
  const { pageHtml } = await clientModule<Page>("client/views/page.ts", vscode);
  const webview = { asWebviewUri: (it: unknown) => it, cspSource: "x" } as unknown as Parameters<Page["pageHtml"]>[0];
  return pageHtml(webview, "ext" as unknown as Parameters<Page["pageHtml"]>[1], "A <title>", "webview", {
    key: '"a<b>"',
  });
}

/** The texts as the script in a page finds them. */
function textsIn(html: string): string {
  const [, attribute = ""] = /<body .*data-texts="([^"]*)">/.exec(html) ?? [];
  return attribute.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

describe("client: texts of views", () => {
  afterEach(() => Reflect.deleteProperty(globalThis, "document"));

  const inPage = async (html: string): Promise<Texts["t"]> => {
    Object.assign(globalThis, { document: { body: { dataset: { texts: textsIn(html) } } } });
    return (await clientModule<Texts>("client/webview/texts.ts", {})).t;
  };

  it("are those of the editor's language, with what belongs in their places", async () => {
    const html = await pageWith(BUNDLE);
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<title>A &lt;title><\/title>/);
    const t = await inPage(html);
    assert.equal(t("{0} of {1}", 3, "{0}"), "3 von {0}");
    assert.equal(t('say "no" <b> & {0}', "x"), 'sage „nein“ "<b>" & x');
    assert.equal(t("not translated {0} {1}", 1), "not translated 1 {1}");
  });

  it("are English where the editor has none", async () => {
    const html = await pageWith(undefined);
    assert.match(html, /<html lang="en">/);
    assert.equal((await inPage(html))("{0} of {1}", 3, 4), "3 of 4");
  });
});
