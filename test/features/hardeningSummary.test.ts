import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeAction, MarkupContent } from "vscode-languageserver-types";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { gainOf } from "../../server/src/features/exposure.ts";
import { eachFinding, type ShownFindings, summarize } from "../../server/src/features/hardeningSummary.ts";
import { hover } from "../../server/src/features/hover.ts";
import { offeredSettings } from "../../server/src/features/moreSettings.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import type { Severities } from "../../server/src/findings/pattern.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { check } from "../../server/src/rules/check.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { applyLsp, type Opened, open } from "../kit/view.ts";

const URI = "file:///x.service";
const PLAIN = "[Service]\nExecStart=/usr/bin/gotosocial --listen 8080\nUser=x\n";

interface Judged extends ShownFindings {
  readonly opened: Opened;
  readonly codes: readonly string[];
}

function judged(source: string, profile: Profile = "basic", severities?: Severities): Judged {
  const opened = open(source);
  const { unit } = opened.view;
  const all = check(unit, { profile, beyond: true, ...(severities ? { severities } : {}) });
  const shown = summarize(unit, all, severities);
  return { ...shown, opened, codes: shown.reported.map((it) => it.code) };
}

const summaryOf = ({ reported }: ShownFindings): Finding | undefined =>
  reported.find((it) => it.code === "hardening/summary");

/** The actions on the header, or on a word of another line, in a client with or without views. */
function actionsOn(source: string, views: boolean, profile: Profile = "basic", word = "[Service]"): CodeAction[] {
  const { opened, ...shown } = judged(source, profile);
  const at = opened.text.indexOf(word) + 2;
  return codeActions(opened.view, URI, { start: at, end: at }, shown, { views });
}

const titles = (actions: readonly CodeAction[]): string[] =>
  actions.map((it) => it.title.replace(/ \(\d+\.\d → \d+\.\d(?:; .*)?\)/, "").replace(/ \([a-z][^()]{20,}\)$/, ""));

describe("hardening summary", () => {
  it("is one finding with the number and what all of it buys; the hover has the names", () => {
    const found = judged(PLAIN);
    assert.deepEqual(found.codes, ["hardening/summary"]);
    const summary = summaryOf(found);
    const [fix] = summary?.fixes ?? [];
    const sets = fix?.sets ?? [];
    const gain = gainOf(found.opened.view.unit, sets, fix?.edits() ?? []);
    assert.equal(summary?.message, `${sets.length} safe settings are missing (${gain})`);
    assert.equal(summary?.severity, "warning");
    assert.equal(fix?.title, `Add all ${sets.length} safe settings`);
    const shown = hover(found.opened.view, 2, false)?.contents as MarkupContent;
    for (const line of sets) assert.ok(shown.value.includes(line.slice(0, line.indexOf("=") + 1)), line);
    assert.equal(found.opened.text.slice(summary?.start, summary?.end), "[Service]");
  });

  it("adds what the profile adds", () => {
    for (const profile of ["basic", "strict", "isolated"] as const) {
      const found = judged(PLAIN, profile);
      const lines = (text: string): string[] => text.split("\n").filter((it) => it !== "" && !it.startsWith("#"));
      const [fix] = summaryOf(found)?.fixes ?? [];
      const { unit, text } = { unit: found.opened.view.unit, text: found.opened.text };
      const after = lines(applyEdits(text, fix?.edits() ?? []));
      assert.deepEqual(after.sort(), lines(applyEdits(text, hardenUnit(unit, profile).edits)).sort(), profile);
    }
  });

  it("leaves weak values that stand in the file their own finding", () => {
    const found = judged(`${PLAIN}ProtectHome=read-only\nPrivateTmp=no\n`);
    assert.deepEqual(found.codes, ["hardening/summary", "hardening/protect-home", "hardening/private-tmp"]);
    assert.match(summaryOf(found)?.message ?? "", /^\d+ safe settings are missing or weak \(/);
  });

  it("is silent about what is not safe here, which stays an open decision with its reason", () => {
    const found = judged("#- x@.service\n[Service]\nExecStart=/usr/bin/x --device /dev/ttyS%i\nUser=x\n");
    assert.deepEqual(found.codes, ["hardening/summary"]);
    assert.doesNotMatch((summaryOf(found)?.fixes[0]?.sets ?? []).join(), /ProtectClock|PrivateDevices/);
    const clock = found.open.find((it) => it.directive === "ProtectClock");
    assert.match(clock?.fixes[0]?.title ?? "", /^Add ProtectClock=yes; not safe here: .*\/dev\/ttyS%i$/);
    assert.ok(found.open.every((it) => it.fixes.every((fix) => !fix.many)));
  });

  it("counts what is only likely to be safe apart, and offers it as a second step right after the first", () => {
    const unknown = "[Service]\nExecStart=/usr/local/bin/thing\n";
    const { message = "", caution } = summaryOf(judged(unknown)) ?? {};
    assert.match(caution ?? "", /^unit-warden try --likely tests /);
    assert.equal(summaryOf(judged(PLAIN))?.caution, undefined);
    assert.match(message, /^11 safe settings are missing \(.*\); 8 more are likely to be safe$/);
    for (const views of [true, false]) {
      const second = "Add 8 more that are likely to be safe";
      assert.deepEqual(titles(actionsOn(unknown, views)).slice(0, 2), ["Add all 11 safe settings", second]);
    }
    assert.ok(!titles(actionsOn(PLAIN, true)).some((it) => it.includes("likely")));
  });

  it("names a single setting, and goes once all are there", () => {
    const text = applyEdits(open(PLAIN).text, hardenUnit(open(PLAIN).view.unit, "basic").edits);
    const one = judged(text.replace("LockPersonality=yes\n", ""));
    assert.match(summaryOf(one)?.message ?? "", /^1 safe setting is missing: LockPersonality=yes \(\d\.\d → \d\.\d\)$/);
    assert.deepEqual(judged(text).codes, []);
    assert.deepEqual(judged(PLAIN, "off").codes, []);
  });

  it("is as loud as the loudest of what is missing, or as the reader wants it", () => {
    const severity = (profile: Profile, severities?: Severities): string | undefined =>
      summaryOf(judged(PLAIN, profile, severities))?.severity;
    assert.equal(severity("isolated"), "warning");
    assert.equal(severity("basic", { "hardening/summary": "hint" }), "hint");
    assert.equal(severity("basic", { hardening: "info" }), "info");
    assert.equal(severity("basic", { "hardening/summary": "off" }), undefined);
    assert.equal(severity("basic", { hardening: "off" }), undefined);
    const hardened = applyEdits(open(PLAIN).text, hardenUnit(open(PLAIN).view.unit, "basic").edits);
    assert.equal(summaryOf(judged(hardened, "strict"))?.severity, "info");
  });

  it("does not count what comments silence, and is silenced by a comment itself", () => {
    const before = summaryOf(judged(PLAIN))?.fixes[0]?.sets?.length ?? 0;
    const one = judged(`# unit-warden: ignore hardening/protect-home -- reads them\n${PLAIN}`);
    assert.equal(summaryOf(one)?.fixes[0]?.sets?.length, before - 1);
    const silent = open(`# unit-warden: ignore hardening\n${PLAIN}`).view;
    assert.ok(
      codeLenses(silent, URI, "strict", true).every((it) => !/missing|to decide/.test(it.command?.title ?? "")),
    );
    for (const code of ["hardening", "hardening/summary"])
      assert.deepEqual(judged(`# unit-warden: ignore ${code}\n${PLAIN}`).codes, [], code);
  });

  it("can be had as one finding for each setting", () => {
    const all = check(open(PLAIN).view.unit, { profile: "basic", beyond: true });
    const { reported, folded, open: left } = eachFinding(all);
    assert.ok(reported.length > 10 && reported.every((it) => it.code !== "hardening/summary"));
    assert.deepEqual([folded, left], [[], []]);
  });
});

const UNDECLARED =
  "data, logs, sockets and PID files in paths that no *Directory= or ReadWritePaths= declares cannot be written";

/** Services as people write them, by the line that decides about ProtectHome=tmpfs. */
const HOMES: Readonly<Record<string, RegExp>> = {
  "ExecStart=/usr/sbin/x\nUser=x\nStateDirectory=x": /^Add ProtectHome=tmpfs \(\d\.\d → \d\.\d\)$/,
  "ExecStart=/opt/x/x --port 8080\nUser=x":
    /^Add ProtectHome=tmpfs \(\d\.\d → \d\.\d\); may break: programs, data, keys/,
  "ExecStart=/usr/bin/restic backup /": /ProtectHome=tmpfs: not safe for a backup program: /,
  "ExecStart=/usr/sbin/x\nDynamicUser=yes": /^Add ProtectHome=tmpfs \(\d\.\d → \d\.\d\); may break: /,
  "ExecStart=/home/ann/x\nUser=ann":
    /^Add ProtectHome=tmpfs with BindReadOnlyPaths=\/home\/ann\/x \(other home directories/,
  "ExecStart=/usr/sbin/x\nProtectHome=read-only\nUser=x": /^Change to ProtectHome=tmpfs/,
};

describe("actions on any other line of a service", () => {
  it("are what corrects the line, then what hardens the service as rewriting", () => {
    const source = PLAIN.replace("User=x", "User=x\nRestart=allways");
    for (const views of [true, false]) {
      const actions = actionsOn(source, views, "basic", "allways");
      const rewriting = actions.findIndex((it) => it.kind !== "quickfix");
      assert.equal(actions[0]?.title, "Change to always");
      assert.ok(actions.slice(rewriting).every((it) => it.kind === "refactor.rewrite" && it.diagnostics === undefined));
      const all = titles(actions);
      const header = actionsOn(source, views).filter((it) => it.kind === "refactor.rewrite");
      assert.deepEqual(all.slice(rewriting, rewriting + header.length), titles(header));
      assert.ok(
        all.some((it) => it.startsWith("Add ProtectHome=tmpfs")),
        all.join(),
      );
      assert.deepEqual(["Preview…", "More settings…"].filter((it) => all.includes(it)).length, views ? 2 : 0);
      assert.equal(new Set(all).size, all.length);
    }
  });

  it("stay few in clients that have one flat list, and hide where nobody asked", () => {
    const { opened, ...shown } = judged(PLAIN);
    const at = opened.text.indexOf("ExecStart") + 2;
    const on = (automatic: boolean): CodeAction[] =>
      codeActions(opened.view, URI, { start: at, end: at }, shown, { views: false, automatic });
    assert.ok(on(false).length < 10, titles(on(false)).join("\n"));
    assert.deepEqual(on(true), []);
    const header = codeActions(opened.view, URI, { start: 2, end: 2 }, shown, { views: false, automatic: true });
    assert.deepEqual(titles(header), titles(actionsOn(PLAIN, false)));
  });
});

describe("actions on the header of a service", () => {
  it("have ProtectHome=tmpfs for every service, or say why not", () => {
    for (const [lines, wanted] of Object.entries(HOMES))
      for (const views of [true, false])
        for (const word of ["[Service]", "ExecStart="]) {
          const all = actionsOn(`[Service]\n${lines}\n`, views, "basic", word).map((it) => it.title);
          const isRefused = /not safe/.test(wanted.source) && !views;
          const expected = isRefused ? /^Add ProtectHome=tmpfs.*; not safe for a backup program/ : wanted;
          assert.equal(all.filter((it) => expected.test(it)).length, 1, `${lines}\n${all.join("\n")}`);
        }
    const held = actionsOn("[Service]\nExecStart=/usr/sbin/x\nProtectHome=yes\n", true);
    assert.ok(!held.some((it) => /^(?:Add|Why not).*ProtectHome/.test(it.title)));
  });

  it("of a client with views are eight fixes, and the profiles", () => {
    const actions = actionsOn(PLAIN, true);
    const fixes = actions.filter((it) => it.kind === "quickfix");
    assert.deepEqual(titles(fixes), [
      "Add all 18 safe settings",
      "Add ProtectSystem=full (gentler)",
      "Add ProtectHome=tmpfs",
      `Add ProtectSystem=strict; may break: ${UNDECLARED}`,
      "Preview…",
      "Tell what it does…",
      "More settings…",
      "Ignore all hardening advice for this service",
    ]);
    assert.deepEqual(titles(actions.filter((it) => it.kind !== "quickfix")), [
      "Harden this service: basic",
      "Harden this service: strict",
      "Harden this service: isolated",
      "Confine this service to an empty root",
    ]);
  });

  it("of any other client end with every single setting", () => {
    const all = titles(actionsOn(PLAIN, false));
    assert.equal(all[0], "Add all 18 safe settings");
    const ignore = all.indexOf("Ignore all hardening advice for this service");
    assert.ok(ignore > 0 && ignore < 10);
    const rest = all.slice(ignore + 1);
    assert.ok(rest.includes("Add LockPersonality=yes"));
    assert.ok(all.slice(0, ignore).includes(`Add ProtectSystem=strict; may break: ${UNDECLARED}`), all.join());
    assert.equal(new Set(all).size, all.length);
  });

  it("and the hover on a weak value say why the service cannot bear more", () => {
    const source = "[Service]\nExecStart=/usr/bin/x --device /dev/ttyS0\nUser=x\nPrivateDevices=no\n";
    assert.deepEqual(judged(source).codes, ["hardening/summary"]);
    const { view, text } = open(source);
    const shown = hover(view, text.indexOf("PrivateDevices") + 2, false)?.contents as MarkupContent;
    assert.match(shown.value, /^Not safe here: it uses \/dev\/ttyS0\.\n/);
    const header = hover(view, 2, false)?.contents as MarkupContent;
    assert.match(header.value, /\n- PrivateDevices=: not safe here: it uses \/dev\/ttyS0\.\n/);
  });

  it("name the value that is meant where the service bears a weaker one", () => {
    const source = "[Service]\nExecStart=/usr/sbin/nginx\nProtectHome=read-only\n";
    const { view, text } = open(source);
    const shown = hover(view, text.indexOf("ProtectHome") + 2, false)?.contents as MarkupContent;
    assert.match(shown.value, /^ProtectHome=tmpfs is not safe for a web server: sites may be in home directories\.\n/);
  });

  it("say what speaks against a setting that is not safe", () => {
    const source = "#- x@.service\n[Service]\nExecStart=/usr/bin/x --device /dev/ttyS%i\nUser=x\n";
    const rest = titles(actionsOn(source, false));
    assert.ok(rest.some((it) => /^Add ProtectClock=yes; not safe here: /.test(it)));
    const { opened, ...shown } = judged(source);
    const offered = offeredSettings(opened.view, shown);
    const clock = offered.find((it) => it.title === "Add ProtectClock=yes");
    assert.match(clock?.reason ?? "", /^Not safe here: .*\/dev\/ttyS%i\. May break: /);
    assert.equal(clock?.safe, false);
    const firstUnsafe = offered.findIndex((it) => !it.safe);
    assert.ok(offered.slice(firstUnsafe).every((it) => !it.safe));
    for (const it of offered.filter((one) => one.safe))
      assert.match(applyLsp(opened, [...it.edits]), new RegExp(`^${it.title.replace(/^Add |\s.*$/g, "")}`, "m"));
  });

  it("never raise the exposure, and name no numbers that stay the same", () => {
    const texts = [
      PLAIN,
      `${PLAIN}SystemCallFilter=~@mount\nRestrictAddressFamilies=~AF_PACKET\n`,
      `${PLAIN}User=root\n`,
    ];
    for (const text of texts)
      for (const profile of ["basic", "strict", "isolated"] as const)
        for (const views of [true, false])
          for (const { title } of actionsOn(text, views, profile)) {
            const [, before, after] = /\((\d+\.\d) → (\d+\.\d)\)$/.exec(title) ?? [];
            if (before !== undefined) assert.ok(Number(after) < Number(before), title);
          }
  });

  it("leave the file as it is where its settings go into an override", () => {
    const { opened, ...shown } = judged(PLAIN);
    for (const views of [true, false]) {
      const actions = codeActions(opened.view, URI, { start: 2, end: 2 }, shown, { views, overridden: true });
      const left = titles(actions).filter((it) => !it.startsWith("Ignore"));
      assert.deepEqual(left, views ? ["Open the exposure report"] : []);
    }
  });

  it("ask which finding is meant where comments could silence several", () => {
    const { opened, reported, folded, open: left } = judged(PLAIN);
    const other: Finding = { code: "unit/x", severity: "error", message: "m", start: 0, end: 9, fixes: [] };
    const shown = { reported: [other, ...reported], folded, open: left };
    const ignoring = (views: boolean): CodeAction[] =>
      codeActions(opened.view, URI, { start: 2, end: 2 }, shown, { views }).filter((it) => /^Ignore/.test(it.title));
    const [asking, ...more] = ignoring(true);
    assert.deepEqual([asking?.title, asking?.command?.command, more], ["Ignore…", "unitWarden.ignoreFindings", []]);
    const choices = asking?.command?.arguments?.[0] as readonly { title: string }[];
    assert.deepEqual(
      choices.map((it) => it.title),
      titles(ignoring(false)),
    );
    assert.equal(choices.length, 2);
  });
});
