import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { folding } from "../../server/src/features/folding.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { TOKEN_TYPES } from "../../server/src/features/offered.ts";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import { memoryHost, runOn } from "../kit/memoryHost.ts";

const TEXT = `[Service]
Type=simple
ExecStart=@BINDIR@/app
{% if notify %}
Nice=5
{% endif %}
RestartSec={{ delay }}
User=__APP__
{{ more }}
`;

function view(text = TEXT): View {
  const path = unitPath("x.service");
  assert.ok(path);
  return viewOf(unitDocument(path, text), NEWEST_VERSION);
}

/** What a hover says over the first place of a word. */
function said(word: string): string {
  const found = hover(view(), TEXT.indexOf(word) + 1, false)?.contents;
  return typeof found === "object" && "value" in found ? found.value : "";
}

describe("features in templates", () => {
  it("say what a placeholder is", () => {
    assert.equal(
      said("@BINDIR@"),
      "@BINDIR@ is a placeholder: its value comes from a build system such as Meson, CMake or Autoconf.",
    );
    assert.equal(said("__APP__"), "__APP__ is a placeholder: its value comes from an installer.");
    assert.match(said("{% if"), /^\{% if notify %\} is not for systemd: it is read by Jinja/);
    assert.match(said("{{ more"), /^\{\{ more \}\} is not for systemd/);
    assert.match(said("Nice"), /Nice/);
  });

  it("fold blocks", () => {
    const ranges = folding(view()).map(({ startLine, endLine }) => [startLine, endLine]);
    assert.ok(ranges.some(([start, end]) => start === 3 && end === 5));
  });

  it("colour placeholders as variables", () => {
    const { data } = semanticTokens(view());
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(i, i + 4);
      character = lines === 0 ? character + characters : characters;
      line += lines;
      if (TOKEN_TYPES[type] === "variable")
        found.push(TEXT.split("\n")[line]?.slice(character, character + length) ?? "");
    }
    assert.deepEqual(found, ["@BINDIR@", "delay", "__APP__"]);
  });

  it("tell nothing of values that nobody knows", () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    assert.deepEqual(
      inlayHints(view(), range, undefined, () => "UTC"),
      [],
    );
  });

  it("say that the exposure is as far as the template shows", () => {
    const [first] = codeLenses(view(), "file:///x.service", "basic", false);
    assert.match(first?.command?.title ?? "", /^\d\.\d [A-Z]+ as far as the template shows$/);
  });
});

describe("commands on templates", () => {
  const host = memoryHost({ "/w/x.service": TEXT, "/etc/systemd/system/y.service": TEXT });
  const run = (...args: string[]): string =>
    runOn(args, host, { colours: false, progress: () => undefined, width: undefined }).stdout;

  it("say what is as far as the template shows", () => {
    assert.match(run("security", "/w/x.service"), /, as far as the template shows\n$/);
    assert.match(run("check", "/w/x.service"), /safe settings? (?:is|are) missing, as far as the template shows \(/);
    const { units } = JSON.parse(run("security", "--format", "json", "/w/x.service"));
    assert.equal(units[0].template, true);
    assert.match(run("show", "/w/x.service"), /^User=__APP__ /m);
  });

  it("judge what systemd loads as it reads it", () => {
    assert.match(run("check", "--profile", "off", "/etc/systemd/system/y.service"), /value\/command/);
    assert.equal(run("check", "--profile", "off", "/w/x.service"), "1 file: nothing to report\n");
  });

  it("leave placeholders as they are", () => {
    assert.equal(run("format", "/w/x.service"), "");
    assert.deepEqual(
      run("harden", "/w/x.service")
        .split("\n")
        .filter((it) => /^-(?!-)/.test(it)),
      [],
    );
  });
});
