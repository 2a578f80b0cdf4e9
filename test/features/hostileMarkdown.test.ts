import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { directivesIn, typeIn } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { resolveCompletion } from "../../server/src/features/completion/resolve.ts";
import { failuresOf } from "../../server/src/features/failure.ts";
import { failureMarkdown } from "../../server/src/features/failureMarkdown.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { reportMarkdown } from "../../server/src/features/reportMarkdown.ts";
import { describeState } from "../../server/src/features/unitState.ts";
import { viewOf } from "../../server/src/features/view.ts";
import type { World } from "../../server/src/features/world.ts";
import { foreignIn, liveIn, shownText } from "../kit/markdown.ts";
import { open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

/** Texts that act where they are taken for Markdown, or that end the code span or fence around them. */
const HOSTILE: readonly string[] = [
  "[x](command:workbench.action.terminal.new)",
  "![i](https://evil/x.png)",
  "<img/src=x>",
  "<https://evil/>",
  "https://evil/x",
  "www.evil.org",
  "me@evil.org",
  "`[a](b)`",
  "``[a](b)``",
  "`",
  "```",
  "[a][b]",
  "*a*_b_~~c~~",
  "&lt;b&gt;",
  "$(sync~spin)",
  "\\[a](b)",
];

/** How a text may stand in a value: each form is what some grammar looks for. */
const FORMS: readonly ((text: string) => string)[] = [
  (it) => it,
  (it) => `${it} ${it}`,
  (it) => `/${it}`,
  (it) => `-/run/${it}:/${it}:ro`,
  (it) => `${it}=${it}`,
  (it) => `${it}:${it}`,
  (it) => `man:${it}(1)`,
  (it) => `man:x(${it})`,
  (it) => `https://x/${it}`,
  (it) => `/bin/sh -c $${it} \${${it}}`,
  (it) => `/bin/${it}; \${${it}}`,
  (it) => `~${it} @${it}`,
  (it) => `${it}.service ${it}@${it}.service`,
  (it) => `a@${it}.target`,
  (it) => `%i${it}%n`,
  (it) => `"${it} b"`,
  (it) => `one \\\n  ${it} \\\n${it}`,
];

/** A world in which every text that comes from elsewhere is hostile, too. */
const hostileWorld = (text: string): World => ({
  ...SOME_WORLD,
  kind: () => "file",
  description: () => `${text}\n${text}`,
  state: (name) => ({
    id: `${text}.service`,
    description: name.length % 2 === 0 ? `${text}\n\n${text}` : undefined,
    file: `/etc/systemd/system/${text}.service`,
    uri: undefined,
    masked: name.length % 3 === 0,
    dropIns: 2,
    enabledBy: [{ name: `${text}.target.wants`, folder: `/etc/systemd/${text}` }],
  }),
  programs: () => [{ name: text, path: `/usr/bin/${text}`, home: "machine" }],
});

const KINDS: Readonly<Record<string, string>> = { Unit: "service", Install: "service" };

describe("hostile units", () => {
  it("never act in a hover or beside a completion, whatever the directive", function () {
    this.timeout(300_000);
    const alive = new Map<string, string>();
    const seen = new Set<string>();
    const look = (name: string, value: string, contents: unknown): void => {
      const { value: said } = contents as { value: string };
      if (seen.has(said)) return;
      seen.add(said);
      for (const { kind, target } of foreignIn(said)) alive.set(`${name} ${kind}`, `${value} gives ${kind} ${target}`);
    };
    const types = new Set<unknown>();
    for (const section of Object.keys(SECTIONS).filter(isSectionName)) {
      const file = `x.${KINDS[section] ?? section.toLowerCase()}`;
      for (const known of directivesIn(section, NEWEST_VERSION)) {
        const { name } = known;
        const type = typeIn(known, NEWEST_VERSION);
        // What differs between the directives of one type is not their values.
        const forms = types.has(type) ? FORMS.slice(0, 1) : FORMS;
        types.add(type);
        for (const [i, text] of HOSTILE.entries()) {
          if (forms.length === 1 && i % 5 > 0) continue;
          const world = hostileWorld(text);
          for (const form of i < 2 ? forms : forms.slice(0, 13)) {
            const value = form(text);
            const { view } = open(`#- ${file}\n[${section}]\n${name}=${value}\n`);
            const start = section.length + name.length + 4;
            for (const { index } of value.matchAll(/\b/g)) {
              const found = hover(view, start + index, true, world);
              if (found) look(`[${section}] ${name}=`, value, found.contents);
            }
            const data = { section, directive: name, version: NEWEST_VERSION, value };
            const { documentation } = resolveCompletion({ label: value, data }, true, world);
            if (documentation) look(`[${section}] ${name}=`, value, documentation);
          }
        }
      }
    }
    assert.ok(seen.size > 500, `only ${seen.size} texts were looked at`);
    assert.deepEqual([...alive.values()], []);
  });

  /** A service in which every text that its writer is free to choose is hostile. */
  const serviceOf = (text: string): string => `#- /work/[a](b).service.d/${text.replaceAll("/", "")}.conf
[Unit]
Description=${text}
Documentation=${text} https://x/${text}
# ${text}
[Service]
User=${text}
Environment=${text}=1
ExecStart=/opt/${text}/x ${text}
ReadWritePaths=/srv/${text}
BindPaths=/srv/${text}:/var/${text}
SystemCallFilter=${text}
RootDirectory=/x/${text}
StateDirectory=${text}
[${text}]
`;

  it("never act in a report", () => {
    for (const text of HOSTILE) {
      const { view } = open(serviceOf(text).replace(/^#- .*/, `#- /work/${text.replaceAll("/", "")}.service`));
      for (const profile of ["basic", "isolated"] as const)
        assert.deepEqual(foreignIn(reportMarkdown(view.unit, profile)), [], text);
    }
  });

  it("never act in the explanation of a failure, nor do the lines of the journal", () => {
    for (const text of HOSTILE) {
      const { view } = open(serviceOf(text).replace(/^#- .*/, `#- /work/${text.replaceAll("/", "")}.service`));
      for (const said of [
        `Failed at step NAMESPACE spawning /opt/${text}/x: No such file or directory`,
        `Main process exited, code=exited, status=226/NAMESPACE\n${text}: open("/srv/${text}"): Read-only file system`,
        `/opt/${text}/x: Permission denied\n/var/lib/${text}: Read-only file system\n${text}`,
        `Failed to execute ${text}\nCannot open ${text}\nbind() to ${text} failed (13: Permission denied)`,
        `Job for ${text}.service failed\nDependency failed for ${text}.\nstatus=203/EXEC`,
        text,
      ]) {
        const page = failureMarkdown(view.unit, failuresOf(view.unit, said), [text, text]);
        assert.deepEqual(foreignIn(page), [], `${text} in ${said}`);
      }
    }
  });

  it("lead only to their own file, whose whole path is the label of the link", () => {
    const state = {
      ...{ id: "x.service", description: undefined, masked: false, dropIns: 0, enabledBy: [] },
      ...{ file: "/work/[a](b)/x.service", uri: "file:///work/%5Ba%5D(b)/x.service" },
    };
    const { markdown } = describeState("x.service", state);
    assert.deepEqual(liveIn(markdown), [{ kind: "link", target: "file:///work/%5Ba%5D%28b%29/x.service" }]);
    assert.equal(shownText(markdown), state.file);
  });

  it("never act in the titles of lenses and hints, which show icons", () => {
    for (const text of HOSTILE) {
      const file = unitPath(`/work/${text.replaceAll("/", "")}.service.d/x.conf`);
      assert.ok(file);
      const [, body = ""] = serviceOf(text).split(/(?<=^#-.*\n)/);
      const view = viewOf(unitDocument(file, body), NEWEST_VERSION);
      const said = [
        ...codeLenses(view, "file:///x", "basic", true).map((it) => it.command?.title ?? ""),
        ...inlayHints(view, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, 0, () => "UTC").map(
          (it) => JSON.stringify(it),
        ),
      ].join("\n");
      assert.doesNotMatch(said, /\$\(|evil|\]\(|<img/, text);
    }
  });
});
