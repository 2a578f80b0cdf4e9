import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { MarkupContent } from "vscode-languageserver-types";
import { directivesIn } from "../../server/src/catalog/catalog.ts";
import { SECTIONS } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { resolveCompletion } from "../../server/src/features/completion/resolve.ts";
import { hover } from "../../server/src/features/hover.ts";
import { describeEntry, openManualUri } from "../../server/src/features/manual.ts";
import { NO_WORLD, type World } from "../../server/src/features/world.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { ownEntry, ownManual, ownPage, worldWith } from "../kit/manualPages.ts";
import { skip } from "../kit/skip.ts";
import { open } from "../kit/view.ts";

const LIST =
  ".sp\n.RS 4\n.ie n \\{\\\n\\h'-04'\\(bu\\h'+03'\\c\n.\\}\n.el \\{\\\n.sp -1\n.IP \\(bu 2.3\n.\\}\none\n.RE";
const SENTENCE = "This sentence of ours is a little longer than it would have to be.";

const MANUAL = ownManual(
  ownPage(
    "systemd.exec",
    [
      ownEntry(
        "\\fIProtectHome=\\fR",
        "Own \\fIwords\\fR, see \\fBsystemd.unit\\fR(5) and \\fBmount\\fR(8).",
        "Second.",
      ),
      ownEntry("\\fIUser=\\fR, \\fIGroup=\\fR", "For both.", "Second.", "Third."),
      ownEntry("\\fIProtectProc=\\fR", `Head.\n${LIST}`, "Tail."),
      ownEntry("\\fIWorkingDirectory=\\fR", Array.from({ length: 40 }, () => SENTENCE).join(" "), "Second."),
      ownEntry(
        "\\fIProtectSystem=\\fR",
        `Whole.\n${ownEntry("\\fBstrict\\fR", "All of it.").trimEnd()}`,
        "Added in version 214\\&.",
      ),
      ownEntry("\\fIEnvironment=\\fR", "Of the unit."),
    ].join(""),
  ),
  ownPage("systemd.nspawn", ownEntry("\\fIEnvironment=\\fR", "Of the container.")),
  ownPage("systemd.resource-control", ownEntry("\\fIMemoryMax=\\fR", "A limit.")),
  ownPage(
    "systemd.unit",
    `.SH "[UNIT] SECTION OPTIONS"\n${ownEntry("\\fIAlias=\\fR", "Not there.")}` +
      `.SH "[INSTALL] SECTION OPTIONS"\n${ownEntry("\\fIAlias=\\fR", "There.")}See [Unit] and [Install].`,
  ),
);

function shown(source: string, world: World, markdown = true, version?: number): string {
  const { view, cursor } = open(source, version);
  const contents = hover(view, cursor, markdown, world)?.contents as MarkupContent | undefined;
  return contents?.value ?? "";
}

/** What is said below the rule. */
const below = (text: string): string[] => (text.split("\n\n---\n\n")[1] ?? "").split("\n\n");
const service = (line: string): string => `#- x.service\n[Service]\n${line}`;
const VIEW = worldWith(MANUAL, true);
const WEB = worldWith(MANUAL, false, "bundled");

describe("features: the manual in a hover", () => {
  it("follows our own summary, with its source and links for the client", () => {
    const place = { page: "systemd.exec", section: "5", anchor: "ProtectHome=" };
    const text = shown(service("Protect$0Home=yes"), VIEW);
    assert.match(text, /^\*\*ProtectHome=\*\* in `\[Service\]`/);
    assert.deepEqual(below(text), [
      `[Open in the manual](${openManualUri(place)}) · systemd.exec(5) of systemd 300 on this machine`,
      `Own *words*, see [systemd.unit(5)](${openManualUri({ page: "systemd.unit", section: "5" })}) and \`mount(8)\`.`,
      "Second.",
    ]);
  });

  it("says so where it is of a newer systemd than the target", () => {
    const last = (version: number): string =>
      below(shown(service("Protect$0Home=yes"), VIEW, true, version)).at(-1) ?? "";
    assert.equal(last(252), "The manual describes systemd 300; your target is systemd 252.");
    assert.equal(last(NEWEST_VERSION), "Second.");
  });

  it("leads to the web where the client has no view", () => {
    const web = "https://www.freedesktop.org/software/systemd/man/latest";
    assert.deepEqual(below(shown(service("Protect$0Home=yes"), WEB)).slice(0, 2), [
      `[Open in the manual](${web}/systemd.exec.html#ProtectHome=) · systemd.exec(5) of systemd 300, bundled`,
      `Own *words*, see [systemd.unit(5)](${web}/systemd.unit.html) and \`mount(8)\`.`,
    ]);
  });

  it("is plain text for a client without Markdown", () => {
    const text = shown(service("Us$0er=me"), VIEW, false);
    assert.ok(
      text.endsWith(
        "\n\nFrom systemd.exec(5) of systemd 300 on this machine, continued there:\n\nFor both.\n\nSecond.",
      ),
    );
    assert.doesNotMatch(text, /---|command:/);
  });

  it("opens with two paragraphs, and the lists that belong to them", () => {
    assert.match(below(shown(service("Us$0er=me"), VIEW))[0] ?? "", /^\[Continue in the manual\]/);
    assert.deepEqual(below(shown(service("ProtectProc$0=default"), VIEW)).slice(1), ["Head.", "- one", "Tail."]);
  });

  it("cuts only a first paragraph that is too long, at the end of a sentence", () => {
    const [, said = "", ...rest] = below(shown(service("WorkingDirectory$0=/"), VIEW));
    assert.deepEqual(rest, []);
    assert.ok(said.length <= 1202 && said.endsWith("to be. …"), said);
  });

  it("tells of directives that share an entry, and of the page that fits the file", () => {
    assert.deepEqual(below(shown(service("Gr$0oup=me"), VIEW))[1], "For both.");
    assert.deepEqual(below(shown(service("Environ$0ment=A=1"), VIEW)).slice(1), ["Of the unit."]);
  });

  it("tells of the section that the line stands in", () => {
    assert.deepEqual(below(shown("#- x.service\n[Install]\nAli$0as=y.service", VIEW)).slice(1), ["There."]);
  });

  it("says of an old name whose entry it is", () => {
    assert.deepEqual(below(shown(service("Memory$0Limit=1G"), VIEW)).slice(1), [
      "The manual says of `MemoryMax=` which replaces it:",
      "A limit.",
    ]);
  });

  it("has the part about a value, where there is one", () => {
    assert.deepEqual(below(shown(service("ProtectSystem=str$0ict"), VIEW)).slice(1), ["All of it."]);
    assert.deepEqual(below(shown(service("ProtectSystem=fu$0ll"), VIEW)), [""]);
  });

  it("is left out as long as it was not read, and where it does not know the directive", () => {
    for (const [line, world] of [
      ["Protect$0Home=yes", NO_WORLD],
      ["Nice$0=5", VIEW],
    ] as const)
      assert.doesNotMatch(shown(service(line), world), /---/);
  });

  it("is in the documentation of completion, too", () => {
    const documentation = (label: string, data: object): string =>
      (resolveCompletion({ label, data }, true, VIEW).documentation as MarkupContent).value;
    const data = { section: "Service", version: NEWEST_VERSION };
    assert.match(documentation("ProtectHome", data), /^\*\*ProtectHome=.*\n\n---\n\n\[Open.*Second\.$/s);
    assert.match(documentation("strict", { ...data, directive: "ProtectSystem" }), /\n\n---\n\n.*All of it\.$/s);
  });

  it("of systemd's own pages is short and whole (needs ../shared/manpages)", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    for (const version of [257, 262] as const) {
      const pages = { manual: await manualOfVersion(version), origin: "installed", views: true } as const;
      let found = 0;
      for (const section of Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]) {
        for (const known of directivesIn(section, version)) {
          const prose = describeEntry(pages, known);
          if (!prose) continue;
          found++;
          const fences = prose.markdown.match(/^ *```/gm) ?? [];
          assert.equal(fences.length % 2, 0, known.name);
          assert.ok(prose.plain.length < 1500, `${known.name}: ${prose.plain.length}`);
          assert.match(prose.plain, /^From [\w.-]+\(5\) of systemd \d+ on this machine.*:\n\n./s, known.name);
          assert.doesNotMatch(prose.plain, /\\f[IBR]|^\.[A-Z]{2}\b/m, known.name);
        }
      }
      assert.ok(found > 1200, String(found));
    }
  });
});
