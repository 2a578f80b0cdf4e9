import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { SPECIAL_UNITS } from "../../server/src/facts/specialUnits.ts";
import { resolveCompletion } from "../../server/src/features/completion/resolve.ts";
import { complete } from "../../server/src/features/completion.ts";
import { NO_WORLD, type World } from "../../server/src/features/world.ts";
import { applyLsp, type Opened, open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

function itemsAt(source: string, world: World = NO_WORLD): { opened: Opened; items: CompletionItem[] } {
  const opened = open(source);
  const { items } = complete(opened.view, opened.cursor, { world });
  const at = opened.view.lines.positionAt(opened.cursor);
  for (const { label, textEdit } of items) {
    assert.ok(textEdit && "range" in textEdit, label);
    const { start, end } = textEdit.range;
    assert.deepEqual([start.line, end.line], [at.line, at.line], `${label} replaces more than the cursor's line`);
    assert.ok(start.character <= at.character && at.character <= end.character, `${label} is not at the cursor`);
  }
  return { opened, items: items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)) };
}

const labelsAt = (source: string, world?: World): string[] => itemsAt(source, world).items.map((it) => it.label);

function itemAt(source: string, label: string, world?: World): { opened: Opened; item: CompletionItem } {
  const { opened, items } = itemsAt(source, world);
  const found = items.filter((it) => it.label === label);
  const [item] = found;
  assert.ok(item && found.length === 1, `${label} is offered ${found.length} times`);
  return { opened, item };
}

/** The whole text after the item of this label was accepted. */
function accept(source: string, label: string, world?: World): string {
  const { opened, item } = itemAt(source, label, world);
  assert.ok(item.textEdit && "range" in item.textEdit);
  return applyLsp(opened, [item.textEdit]);
}

/** The value after accepting, of a one-line service setting. */
const value = (written: string, label: string, world?: World): string =>
  accept(`[Service]\n${written}\n`, label, world).split("\n")[1] ?? "";

describe("completion in a list", () => {
  const SET = "CapabilityBoundingSet";

  it("offers all words in an empty value, and between words all that are not there yet", () => {
    for (const written of ["=$0", "= $0", "=~$0"])
      assert.deepEqual(labelsAt(`[Service]\n${SET}${written}\n`).sort(), CAPABILITIES.toSorted(), written);
    const others = CAPABILITIES.filter((it) => it !== "CAP_KILL");
    for (const written of ["=CAP_KILL $0", "=CAP_KILL  $0", "=~CAP_KILL $0", "=$0  CAP_X", "=CAP_KILL $0 CAP_X"])
      assert.deepEqual(
        labelsAt(`[Service]\n${SET}${written}\n`)
          .filter((it) => it !== "CAP_KILL")
          .sort(),
        others.toSorted(),
        written,
      );
  });

  it("replaces the word at the cursor and no other", () => {
    assert.equal(value(`${SET}=CAP_KILL CAP_S$0YS CAP_CHOWN`, "CAP_SYSLOG"), `${SET}=CAP_KILL CAP_SYSLOG CAP_CHOWN`);
    assert.equal(value(`${SET}=A B C D cap$0`, "CAP_KILL"), `${SET}=A B C D CAP_KILL`);
    assert.equal(value(`${SET}=~$0CAP_KILL`, "CAP_CHOWN"), `${SET}=~CAP_CHOWN`);
    assert.equal(value(`${SET}=~CAP_$0`, "CAP_CHOWN"), `${SET}=~CAP_CHOWN`);
    assert.equal(value(`${SET}="CAP_$0" CAP_KILL`, "CAP_CHOWN"), `${SET}="CAP_CHOWN" CAP_KILL`);
  });

  it("keeps the words around a gap", () => {
    assert.equal(value(`${SET}=CAP_KILL $0 CAP_CHOWN`, "CAP_SYSLOG"), `${SET}=CAP_KILL CAP_SYSLOG CAP_CHOWN`);
    assert.equal(value(`${SET}=CAP_KILL $0`, "CAP_SYSLOG"), `${SET}=CAP_KILL CAP_SYSLOG`);
    assert.equal(value(`${SET} = CAP_KILL  $0`, "CAP_SYSLOG"), `${SET} = CAP_KILL  CAP_SYSLOG`);
  });

  it("works on every line of a continued value", () => {
    assert.equal(
      accept(`[Service]\n${SET}=CAP_KILL \\\n  $0\n`, "CAP_SYSLOG"),
      `[Service]\n${SET}=CAP_KILL \\\n  CAP_SYSLOG\n`,
    );
    assert.equal(
      accept(`[Service]\n${SET}=CAP_KILL \\\n  CAP_$0`, "CAP_SYSLOG"),
      `[Service]\n${SET}=CAP_KILL \\\n  CAP_SYSLOG`,
    );
    assert.equal(
      accept(`[Service]\n${SET}=CAP_K$0 \\\n# comment\n  CAP_CHOWN\n`, "CAP_KILL"),
      `[Service]\n${SET}=CAP_KILL \\\n# comment\n  CAP_CHOWN\n`,
    );
    assert.equal(
      accept(`[Service]\n${SET}=CAP_KILL \\\n# comment\n  $0 \\\n CAP_CHOWN\n`, "CAP_FOWNER"),
      `[Service]\n${SET}=CAP_KILL \\\n# comment\n  CAP_FOWNER \\\n CAP_CHOWN\n`,
    );
  });

  it("opens by itself on the characters of values, but only in a value", () => {
    const asked = (source: string, trigger: string): number => {
      const { view, cursor } = open(source);
      return complete(view, cursor, { trigger }).items.length;
    };
    assert.ok(asked(`[Service]\n${SET}=CAP_KILL $0`, " ") >= CAPABILITIES.length - 1);
    assert.equal(asked(`[Service]\n${SET}=~$0`, "~"), CAPABILITIES.length);
    for (const trigger of [" ", "/", "@", ":", "%"])
      for (const source of ["[Service]\n $0\n", "[Service]\nProtect$0\n", "[Service$0]\n", "[Service]\n# a $0\n"])
        assert.equal(asked(source, trigger), 0, `${trigger} in ${source}`);
    assert.ok(asked("[$0", "[") > 0);
  });
});

describe("completion of units", () => {
  it("offers those of the workspace, then the special ones, then those of the machine, each once", () => {
    const labels = labelsAt("[Unit]\nBindsTo=$0\n", SOME_WORLD);
    assert.deepEqual(labels.slice(0, 2), ["own.service", "job@.service"]);
    assert.deepEqual(labels.slice(-1), ["ssh.service"]);
    assert.equal(labels.filter((it) => it === "network.target").length, 1);
    assert.equal(labels.length, SPECIAL_UNITS.system.length + 3);
  });

  it("leaves out the unit itself and other kinds than the directive takes", () => {
    assert.ok(!labelsAt("#- own.service\n[Unit]\nAfter=$0\n", SOME_WORLD).includes("own.service"));
    const sliced = labelsAt("[Service]\nSlice=$0\n", SOME_WORLD);
    assert.ok(sliced.length > 0 && sliced.every((it) => it.endsWith(".slice")), sliced.join(" "));
  });

  it("says where a unit is from, and what special ones are for", () => {
    const { item } = itemAt("[Unit]\nWants=$0\n", "job@.service", SOME_WORLD);
    assert.equal(item.labelDetails?.description, "template, job/units");
    const own = itemAt("[Unit]\nWants=$0\n", "own.service", SOME_WORLD).item;
    assert.deepEqual([own.labelDetails?.description, own.detail], ["workspace", "The shop's *own* service"]);
    assert.equal(itemAt("[Unit]\nWants=$0\n", "ssh.service", SOME_WORLD).item.labelDetails?.description, "machine");
    const special = itemAt("[Unit]\nWants=$0\n", "network.target", SOME_WORLD).item;
    assert.match(special.detail ?? "", /^[^`]+\.$/);
  });

  it("explains a unit by its description on demand", () => {
    const { item } = itemAt("[Unit]\nWants=$0\n", "own.service", SOME_WORLD);
    assert.match(
      JSON.stringify(resolveCompletion(item, true, SOME_WORLD).documentation),
      /The shop's \\\\\*own\\\\\* service/,
    );
    assert.equal(resolveCompletion(item, true).documentation, undefined);
  });
});

describe("completion of specifiers", () => {
  it("is offered behind a percent sign where the grammar resolves them", () => {
    const labels = labelsAt("[Unit]\nAfter=a@%$0\n");
    assert.deepEqual(labels.slice(0, 3), ["%n", "%N", "%p"]);
    assert.ok(!labels.includes("%t"), "%t is none of those that names resolve");
    assert.equal(accept("[Unit]\nAfter=a@%$0.service b.service\n", "%i"), "[Unit]\nAfter=a@%i.service b.service\n");
    assert.equal(accept("[Unit]\nAfter=a@%p$0.service\n", "%i"), "[Unit]\nAfter=a@%i.service\n");
  });

  it("is not where a percent sign means itself, or is escaped", () => {
    for (const source of ["[Service]\nCapabilityBoundingSet=%$0", "[Unit]\nAfter=a@%%$0", "[Service]\nProtectHome=%$0"])
      assert.ok(!labelsAt(source).includes("%n"), source);
    assert.ok(labelsAt("[Unit]\nAfter=a@%%%$0").includes("%n"));
  });

  it("says what each gives in this unit, where the text alone knows", () => {
    const given = (path: string, label: string): unknown =>
      itemAt(`#- ${path}\n[Unit]\nAfter=a@%$0\n`, label).item.labelDetails?.description;
    assert.equal(given("/etc/systemd/system/my-app@x.service", "%p"), "my-app");
    assert.equal(given("/etc/systemd/system/my-app@x.service", "%j"), "app");
    assert.equal(given("/etc/systemd/system/my-app@x.service", "%i"), "x");
    assert.equal(given("/etc/systemd/system/my-app@.service", "%i"), undefined);
    assert.equal(given("/etc/systemd/system/x.service", "%u"), "root");
    assert.equal(given("/etc/systemd/user/x.service", "%u"), undefined);
    assert.equal(given("/etc/systemd/system/x.service", "%H"), undefined);
  });

  it("says what each stands for", () => {
    const { items } = itemsAt("[Unit]\nAfter=a@%$0\n");
    for (const item of items.filter((it) => it.label.startsWith("%"))) {
      assert.match(item.detail ?? "", /^[A-Z`%].*\.$/, item.label);
      assert.equal(item.kind, CompletionItemKind.TypeParameter);
    }
  });
});
