import assert from "node:assert/strict";
import { gapsToClose } from "../../../server/src/dialects/quadlets/hardening/containerHardening.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../../server/src/families/document.ts";
import { codeActions } from "../../../server/src/features/codeActions.ts";
import { addSafeSettings, codeLenses } from "../../../server/src/features/codeLens.ts";
import { hardenActions } from "../../../server/src/features/hardenAction.ts";
import { eachFinding, summarize } from "../../../server/src/features/hardeningSummary.ts";
import { payloadMarkdown, payloadReport } from "../../../server/src/features/payload.ts";
import { viewOf } from "../../../server/src/features/view.ts";
import { check } from "../../../server/src/rules/check.ts";
import { findingsIn } from "../../../server/src/rules/ruleFacts.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { applyLsp } from "../../kit/view.ts";

const PATH = "/etc/containers/systemd/x.container";
const viewAt = (path: string, text: string) => {
  const known = checkedPath(path);
  assert.ok(known);
  return viewOf(unitDocument(known, text), 262);
};
const viewOfText = (text: string) => viewAt(PATH, text);
const BUSYBOX = "[Container]\nImage=docker.io/library/busybox:1\nExec=httpd -f -p 8080\nUser=root\n";

const lensesOf = (text: string): readonly string[] =>
  codeLenses(viewOfText(text), "file:///x.container", "basic", false).map(
    ({ range, command }) => `${range.start.line}: ${command?.title}`,
  );

describe("containers in an editor", () => {
  it("have the two tables in lenses of their own, and no number for both", () => {
    assert.deepEqual(lensesOf(`${BUSYBOX}[Service]\nRestart=always\n`), [
      "0: container confined in 8 of 17 respects (1 bad, 7 weak, 1 unknown)",
      "0: 3 safe settings are missing",
      "4: systemd rates podman itself at 9.6, whatever confines the container",
    ]);
    assert.deepEqual(lensesOf("[Container]\nImage=quay.io/a/b:1\n"), [
      "0: container confined in 8 of 17 respects (7 weak, 2 unknown)",
      "0: 4 settings that are likely to be safe are missing",
      "0: systemd rates podman itself at 9.6, whatever confines the container",
    ]);
    assert.deepEqual(codeLenses(viewAt("/etc/containers/systemd/x.pod", "[Pod]\n"), "", "basic", false), []);
  });

  it("have a report with both", () => {
    const report = payloadReport(viewOfText(`${BUSYBOX}Volume=/:/host\n`).unit);
    assert.ok(report);
    const text = payloadMarkdown(report);
    assert.match(text, /^# \*\*x\.container\*\*: confined in \d+ of 17 respects \\?\(2 bad/);
    assert.match(
      text,
      /## Bad\n\n- \*\*Which user is it\?\*\* root; root in the container is root of the host \(line 4\)\. Set by `User=`/,
    );
    assert.match(text, /\n## The service that starts it: 9\.6 UNSAFE/);
    assert.doesNotMatch(text, /are missing/);
  });

  it("have a report that lists what the lenses count", () => {
    const of = (text: string) => {
      const { unit } = viewOfText(text);
      const report = payloadReport(unit);
      assert.ok(report);
      return payloadMarkdown(report, gapsToClose(unit, "basic", "likely", undefined));
    };
    assert.match(
      of(BUSYBOX),
      /\n## 3 safe settings are missing\n\n- `NoNewPrivileges=true`: [^\n]+\.\n- `DropCapability=all`: /,
    );
    const likely =
      /\n## 4 settings that are likely to be safe are missing\n\n- `NoNewPrivileges=true`: if no program of the image is set-user-ID/;
    assert.match(of("[Container]\nImage=quay.io/a/b:1\n"), likely);
  });

  it("get all that is safe with one action, and are told so once", () => {
    const view = viewOfText(BUSYBOX);
    const { unit } = view;
    const { reported } = summarize(unit, check(unit, { profile: "basic" }));
    assert.deepEqual(
      reported.map((it) => `${it.code}: ${it.message}`),
      ["hardening/summary: 3 safe settings are missing"],
    );
    const text = applyLsp({ view, text: BUSYBOX }, addSafeSettings(view, "basic"));
    assert.equal(text, `${BUSYBOX}NoNewPrivileges=true\nDropCapability=all\nReadOnly=true\n`);
    const after = viewOfText(text).unit;
    assert.deepEqual(eachFinding(check(after, { profile: "basic" })).reported, []);
  });

  it("are hardened in one step where the cursor is on their header", () => {
    const view = viewOfText(BUSYBOX);
    const actions = hardenActions(view, "file:///x.container", { start: 0, end: 0 });
    assert.deepEqual(
      actions.map((it) => it.title),
      ["Harden this container: basic (confined in 8 → 11 of 17 respects)"],
    );
  });

  it("are offered on their header what is only likely", () => {
    const view = viewOfText("[Container]\nImage=quay.io/a/b:1\n");
    const shown = summarize(view.unit, check(view.unit, { profile: "basic", beyond: true }));
    const titles = (views: boolean) =>
      codeActions(view, "file:///x.container", { start: 3, end: 3 }, shown, { views }).map((it) => it.title);
    assert.equal(titles(true)[0], "Add 4 more that are likely to be safe (confined in 8 → 11 of 17 respects)");
    assert.ok(titles(true).includes("More settings…"));
    assert.ok(titles(false).some((it) => it.startsWith("Add NoNewPrivileges=true")));
  });

  it("are found in drop-ins, too, as far as the whole says", () => {
    const found = (text: string, otherFiles: Readonly<Record<string, string>>) =>
      findingsIn({ path: "x.container.d/a.conf", text, otherFiles }).map((it) => it.code);
    const image = "[Container]\nImage=quay.io/a/b:1\n";
    assert.deepEqual(found("[Container]\nPodmanArgs=--privileged\n", { "x.container": image }), ["quadlet/privileged"]);
    const trap = "[Service]\nPrivateTmp=yes\n";
    assert.deepEqual(found(trap, { "x.container": `${image}PublishPort=80:80\n` }), ["quadlet/dead-port"]);
    assert.deepEqual(found(trap, { "x.container": image }), []);
  });

  it("are never asked for what a service is", () => {
    const { unit } = viewOfText(`${BUSYBOX}[Service]\nExecStartPre=/bin/true\n`);
    const codes = check(unit, { profile: "isolated", beyond: true }).map((it) => it.code);
    assert.ok(codes.some((it) => it.startsWith("hardening/container-")));
    assert.deepEqual(
      codes.filter((it) => it.startsWith("hardening/") && !it.startsWith("hardening/container-")),
      [],
    );
  });

  it("lose a word of many, or the line where it is alone", () => {
    const fixed = (text: string): string => {
      const { unit } = viewOfText(text);
      const [fix] = check(unit, { profile: "off" })[0]?.fixes ?? [];
      return applyEdits(text, fix?.edits() ?? []);
    };
    const image = "[Container]\nImage=quay.io/a/b:1\n";
    assert.equal(
      fixed(`${image}PodmanArgs=--log-level debug --privileged\n`),
      `${image}PodmanArgs=--log-level debug\n`,
    );
    assert.equal(fixed(`${image}AddCapability=SYS_ADMIN NET_RAW\n`), `${image}AddCapability=NET_RAW\n`);
    assert.equal(fixed(`${image}SeccompProfile=unconfined\nExec=x\n`), `${image}Exec=x\n`);
    assert.equal(
      fixed(`${image}Environment=A=1 DB_PASSWORD=correcthorse\n`),
      `${image}Environment=A=1\nSecret=db_password,type=env,target=DB_PASSWORD\n`,
    );
  });
});
