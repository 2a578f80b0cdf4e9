import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CodeAction, type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { diagnosticOf, diagnosticsOf } from "../../server/src/features/diagnostics.ts";
import { eachFinding } from "../../server/src/features/hardeningSummary.ts";
import type { View } from "../../server/src/features/view.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import type { Span } from "../../server/src/text/span.ts";
import { applyLsp, type Opened, open } from "../kit/view.ts";

const URI = "file:///x.service";

/** A finding with only what a test is about. */
function finding(part: Partial<Finding>): Finding {
  return { code: "value/boolean", severity: "error", message: "m", start: 0, end: 1, fixes: [], ...part };
}

const diagnose = (source: string, part: Partial<Finding> = {}): Diagnostic => {
  const { view } = open(source);
  return diagnosticOf(view, finding(part));
};

describe("diagnostics", () => {
  it("carry code, source, message and range", () => {
    const { view } = open("[Service]\nExecStart=/bin/true\nNoNewPrivileges=maybe\n");
    const [found, ...more] = check(view.unit, { profile: "off" });
    assert.ok(found && more.length === 0);
    assert.match(found.message, /^"[^"]*" is no value of NoNewPrivileges=/);
    assert.deepEqual(diagnosticOf(view, found), {
      range: { start: { line: 2, character: 16 }, end: { line: 2, character: 21 } },
      severity: DiagnosticSeverity.Error,
      code: "value/boolean",
      codeDescription: { href: "https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html" },
      source: "unit-warden",
      message: found.message,
    });
  });

  it("count characters in UTF-16 units, over several lines", () => {
    assert.deepEqual(diagnose("[Unit]\nDescription=🦊é\\\n  x", { start: 19, end: 28 }).range, {
      start: { line: 1, character: 12 },
      end: { line: 2, character: 3 },
    });
  });

  it("lead to the manual: advice to its directive, other findings to the page of the rule", () => {
    const hrefOf = (code: string, directive?: string): string | undefined =>
      diagnose("x", { code, ...(directive ? { directive } : {}) }).codeDescription?.href;
    assert.match(hrefOf("hardening/protect-home", "ProtectHome") ?? "", /systemd\.exec\.html#ProtectHome=$/);
    assert.match(hrefOf("unit/restart-steps", "RestartSteps") ?? "", /systemd\.service\.html$/);
    assert.equal(hrefOf("value/capability"), undefined, "capabilities(7) is no page of systemd's");
    assert.equal(hrefOf("a/new"), undefined);
  });

  it("say in a second line what the advice may break, and how that shows", () => {
    const { view } = open("[Service]\nExecStart=/usr/bin/x\n");
    const found = check(view.unit, { profile: "isolated" }).filter((it) => it.code.startsWith("hardening/"));
    assert.ok(found.length > 20);
    for (const it of found) {
      const [first, second, ...more] = `${diagnosticOf(view, it).message}`.split("\n");
      assert.equal(first, it.message);
      assert.match(second ?? "", /^May break: \S.*\. How it shows: \S.*\.$/, it.code);
      assert.equal(more.length, 0);
    }
  });

  it("have the severities and tags of the protocol", () => {
    assert.deepEqual(
      (["error", "warning", "info", "hint"] as const).map((severity) => diagnose("x", { severity }).severity),
      [1, 2, 3, 4],
    );
    assert.deepEqual(diagnose("x", { tag: "unnecessary" }).tags, [DiagnosticTag.Unnecessary]);
    assert.deepEqual(diagnose("x", { tag: "deprecated" }).tags, [DiagnosticTag.Deprecated]);
    assert.equal("tags" in diagnose("x"), false);
  });
});

/** The actions that fix or silence findings. */
const quickFixes = (view: View, span: Span, found: readonly Finding[]): CodeAction[] =>
  codeActions(view, URI, span, eachFinding(found)).filter((it) => it.kind === "quickfix");

/** The actions for the cursor, or for the whole text without one. */
function actionsAt(source: string): { opened: Opened; actions: CodeAction[] } {
  const opened = open(source);
  const { view, text, cursor } = opened;
  const span = cursor < 0 ? { start: 0, end: text.length } : { start: cursor, end: cursor };
  return { opened, actions: quickFixes(view, span, check(view.unit, { profile: "off" })) };
}

/** Those that put something right. */
const fixing = <T extends { readonly title: string }>(actions: readonly T[]): T[] =>
  actions.filter((it) => !it.title.startsWith("Ignore "));

/** The text after the action of this title. */
function afterAction(source: string, title: string): string {
  const { opened, actions } = actionsAt(source);
  const action = actions.find((it) => it.title === title);
  assert.ok(action?.edit?.changes, `there is no "${title}" among ${actions.map((it) => it.title).join("; ")}`);
  assert.deepEqual(Object.keys(action.edit.changes), [URI]);
  return applyLsp(opened, action.edit.changes[URI] ?? []);
}

describe("code actions", () => {
  const COMMAND = "ExecStart=/bin/true\n";

  it("put the finding right", () => {
    assert.equal(
      afterAction(`[Service]\n${COMMAND}ProtectHo$0em=yes\n`, "Change to ProtectHome="),
      `[Service]\n${COMMAND}ProtectHome=yes\n`,
    );
    assert.equal(
      afterAction(`[Unit]\nRes$0tart=always\n[Service]\n${COMMAND}`, "Move Restart= to [Service]"),
      `[Unit]\n[Service]\n${COMMAND}Restart=always\n`,
    );
    assert.equal(afterAction(`[Serv$0cie]\n${COMMAND}`, "Change to [Service]"), `[Service]\n${COMMAND}`);
  });

  it("are those of the findings that the selection touches", () => {
    const lines = `[Service]\n${COMMAND}NoNewPrivileges=ye\nPrivateTmp=ye\n`;
    assert.deepEqual(actionsAt(lines.replace("PrivateTmp=ye", "PrivateTmp=$0ye")).actions.length, 2);
    assert.deepEqual(actionsAt(lines.replace("PrivateTmp=ye", "PrivateTmp=ye$0")).actions.length, 2);
    assert.deepEqual(actionsAt(lines.replace("[Service]", "[Ser$0vice]")).actions, []);
  });

  it("give the file another name, where the client can do that", () => {
    const { view } = open("#- mnt.mount\n[Mount]\nWhat=/dev/sda1\nWhere=/srv/a-b\n");
    const found = check(view.unit, { profile: "off" });
    const uri = "file:///etc/systemd/system/mnt.mount";
    const span = { start: 0, end: view.unit.file.text.length };
    const titles = (renames: boolean): string[] =>
      fixing(codeActions(view, uri, span, eachFinding(found), { renamesFiles: renames })).map((it) => it.title);
    assert.deepEqual(titles(false), ["Change to /mnt"]);
    assert.deepEqual(titles(true), ["Rename the file to srv-a\\x2db.mount", "Change to /mnt"]);
    const [action] = codeActions(view, uri, span, eachFinding(found), { renamesFiles: true });
    const newUri = "file:///etc/systemd/system/srv-a%5Cx2db.mount";
    assert.deepEqual(action?.edit, { documentChanges: [{ kind: "rename", oldUri: uri, newUri }] });
  });

  it("of one title are one, for all findings that it serves, and come first", () => {
    const { view } = open("[Service]\n");
    const edits = () => [{ start: 10, end: 10, newText: "PrivateTmp=yes\n" }];
    const own = finding({ fixes: [{ title: "Only this", safe: true, edits }] });
    const first = finding({
      code: "a/first",
      fixes: [
        { title: "Own", safe: true, edits },
        { title: "Both", safe: true, edits },
      ],
    });
    const second = finding({ code: "a/second", fixes: [{ title: "Both", safe: true, edits }] });
    const actions = quickFixes(view, { start: 0, end: 0 }, [own, first, second]);
    assert.deepEqual(
      fixing(actions).map((it) => [it.title, it.diagnostics?.map((diagnostic) => diagnostic.code)]),
      [
        ["Both", ["a/first", "a/second"]],
        ["Only this", ["value/boolean"]],
        ["Own", ["a/first"]],
      ],
    );
  });

  it("are preferred where they are safe and the best, but never for hardening", () => {
    const { view } = open("[Service]\n");
    const preferred = (code: string, ...safe: boolean[]): (boolean | undefined)[] => {
      const fixes = safe.map((it, i) => ({ title: `${i}`, safe: it, edits: () => [] }));
      const actions = quickFixes(view, { start: 0, end: 0 }, [finding({ code, fixes })]);
      return fixing(actions).map((it) => it.isPreferred);
    };
    assert.deepEqual(preferred("value/x", true, true), [true, undefined]);
    assert.deepEqual(preferred("value/x", false, true), [undefined, undefined]);
    assert.deepEqual(preferred("hardening/x", true), [undefined]);
  });

  it("end with a comment for each code on a line, which is never preferred", () => {
    const { actions } = actionsAt(`[Service]\n${COMMAND}LockPersonality=j$0a\n`);
    assert.deepEqual(
      actions.map((it) => [it.title, it.isPreferred]),
      [["Ignore value/boolean for this line", undefined]],
    );
    assert.equal(
      afterAction(`[Service]\n${COMMAND}\tLockPersonality=j$0a\n`, "Ignore value/boolean for this line"),
      `[Service]\n${COMMAND}\t# unit-warden: ignore value/boolean\n\tLockPersonality=ja\n`,
    );
    const two = actionsAt(`[Service]\n${COMMAND}LockPersonality=ja\nRestrictNamespaces=x y\nProtectClock=ja\n`);
    assert.deepEqual(
      two.actions.slice(-3).map((it) => [it.title, it.diagnostics?.length]),
      [
        ["Ignore value/boolean for this line", 1],
        ["Ignore value/namespace for this line", 2],
        ["Ignore value/boolean for this line", 1],
      ],
    );
  });

  it("compute the edits of what is touched only", () => {
    const { view } = open("[Service]\nA=b\n");
    const fixes = [{ title: "t", safe: true, edits: () => assert.fail("computed") }];
    assert.deepEqual(quickFixes(view, { start: 5, end: 5 }, [finding({ fixes })]), []);
  });
});

describe("diagnostics: very many", () => {
  const { view } = open(`[Service]\n${"LockPersonality=ja\n".repeat(700)}Nice=99\n`);
  const findings = check(view.unit, { profile: "off" });

  it("are cut at so many of one code, with a sentence", () => {
    const shown = diagnosticsOf(view, findings);
    const said = shown.map(({ severity, code, message, range }) => ({
      severity,
      code,
      message,
      line: range.start.line,
    }));
    assert.equal(
      said.filter((it) => it.code === "value/boolean" && it.severity === DiagnosticSeverity.Error).length,
      500,
    );
    assert.deepEqual(
      said.filter((it) => it.severity === DiagnosticSeverity.Information && it.code === "value/boolean"),
      [
        {
          severity: DiagnosticSeverity.Information,
          code: "value/boolean",
          message: "200 more findings of value/boolean are not shown",
          line: 501,
        },
      ],
    );
    assert.equal(said.filter((it) => it.code !== "value/boolean").length, findings.length - 700);
  });

  it("of so many the actions of a selection serve the first", () => {
    const span = { start: 0, end: view.unit.file.text.length };
    const served = (it: CodeAction): number => it.diagnostics?.length ?? 0;
    assert.ok(codeActions(view, URI, span, eachFinding(findings)).every((it) => served(it) <= 500));
  });
});
