import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-types";
import { SERVICE_VARIABLES } from "../../../server/src/facts/serviceVariables.ts";
import { complete } from "../../../server/src/features/completion.ts";
import { HAS_MANPAGES } from "../../kit/manpages.ts";
import { skip } from "../../kit/skip.ts";
import { applyLsp, open } from "../../kit/view.ts";

const UNIT = "[Service]\nEnvironment=PORT=80 'NAME=two words'\nPassEnvironment=PROXY\n";

function itemsAt(line: string, unit = UNIT): { items: readonly CompletionItem[]; accept: (label: string) => string } {
  const opened = open(`${unit}${line}\n`);
  const { items } = complete(opened.view, opened.cursor);
  return {
    items: items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)),
    accept(label) {
      const item = items.find((it) => it.label === label);
      assert.ok(item?.textEdit && "range" in item.textEdit, label);
      return applyLsp(opened, [item.textEdit]).trimEnd().split("\n").at(-1) ?? "";
    },
  };
}

const labelsAt = (line: string, unit?: string): string[] => itemsAt(line, unit).items.map((it) => it.label);

describe("completion of variables", () => {
  it("begins with what the line is for, then the unit's own", () => {
    assert.deepEqual(labelsAt("ExecReload=/bin/kill -HUP $$0").slice(0, 4), ["MAINPID", "PORT", "NAME", "PROXY"]);
    assert.deepEqual(labelsAt("ExecStart=/bin/a $$0").slice(0, 3), ["PORT", "NAME", "PROXY"]);
    assert.equal(labelsAt("ExecStopPost=/bin/a $$0")[0], "SERVICE_RESULT");
  });

  it("has systemd's where the line and the unit have them", () => {
    const start = labelsAt("ExecStart=/bin/a $$0");
    for (const name of ["MAINPID", "EXIT_STATUS", "HOME", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY"])
      assert.ok(!start.includes(name), name);
    const unit = "[Service]\nUser=a\nStateDirectory=a\nLoadCredential=a\n";
    for (const name of ["HOME", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY"])
      assert.ok(labelsAt("ExecStart=/bin/a $$0", unit).includes(name), name);
  });

  it("writes the braces that a part of an argument needs", () => {
    const cases: readonly (readonly [line: string, label: string, after: string])[] = [
      ["ExecReload=/bin/kill -HUP $$0", "MAINPID", "ExecReload=/bin/kill -HUP $MAINPID"],
      ["ExecReload=/bin/kill -HUP $MA$0", "MAINPID", "ExecReload=/bin/kill -HUP $MAINPID"],
      [`ExecStop=/bin/kill \${$0`, "MAINPID", `ExecStop=/bin/kill \${MAINPID}`],
      [`ExecStop=/bin/kill \${$0}`, "MAINPID", `ExecStop=/bin/kill \${MAINPID}`],
      ["ExecStart=/bin/a --port=$$0", "PORT", `ExecStart=/bin/a --port=\${PORT}`],
      ['ExecStart=/bin/a "$$0"', "PORT", 'ExecStart=/bin/a "$PORT"'],
    ];
    for (const [line, label, after] of cases) assert.equal(itemsAt(line).accept(label), after);
  });

  it("has none where a dollar sign is one, and only the unit's own to unset", () => {
    for (const line of ["ExecStart=/bin/a $$$0", "ExecStart=:/bin/a $$0", "Environment=A=$$0"])
      assert.ok(!labelsAt(line).includes("PORT"), line);
    const unset = labelsAt("UnsetEnvironment=$0");
    assert.deepEqual(unset.slice(0, 3), ["PORT", "NAME", "PROXY"]);
  });

  it("names what systemd's manual names", function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    for (const version of [257, 262]) {
      const page = gunzipSync(readFileSync(`../shared/manpages/${version}/man5/systemd.exec.5.gz`)).toString();
      for (const { name } of SERVICE_VARIABLES) assert.ok(page.includes(`$${name}\\fR`), `${name} in ${version}`);
    }
  });
});
