import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { MarkupContent } from "vscode-languageserver-types";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { titleWithGain } from "../../server/src/features/benefit.ts";
import { checkFix } from "../../server/src/features/checkFix.ts";
import { addSafeSettings, codeLenses } from "../../server/src/features/codeLens.ts";
import { gainOf } from "../../server/src/features/exposure.ts";
import { openGroups } from "../../server/src/features/exposureBlocks.ts";
import { hover } from "../../server/src/features/hover.ts";
import { type ExposureReport, exposureReport, type ReportRow } from "../../server/src/features/report.ts";
import { reportMarkdown } from "../../server/src/features/reportMarkdown.ts";
import { allSafeEdits, likelyEdits, safeEdits } from "../../server/src/features/safeOffers.ts";
import { symbols } from "../../server/src/features/symbols.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import type { Profile } from "../../server/src/hardening/hardening.ts";
import { READERS } from "../../server/src/reports/model.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { applyEdits, type TextEdit } from "../../server/src/text/span.ts";
import { applyLsp, open } from "../kit/view.ts";

const URI = "file:///etc/systemd/system/x.service";
const PLAIN = "[Service]\nExecStart=/bin/true --port 8080\n";
const with_ = (...lines: readonly string[]): string => `${PLAIN}${lines.join("\n")}\n`;

/** Units of many shapes: what people write, and what is awkward to edit. */
const UNITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readdirSync("examples").map((name) => [`examples/${name}`, readFileSync(`examples/${name}`, "utf8")]),
  ),
  "nothing set": PLAIN,
  "weak values": with_("ProtectHome=read-only", "ProtectSystem=yes", "UMask=0022", "KeyringMode=shared"),
  "deny lists": with_(
    "SystemCallFilter=~@mount",
    "CapabilityBoundingSet=~CAP_KILL",
    "RestrictAddressFamilies=~AF_PACKET",
  ),
  "allow lists": with_("SystemCallFilter=@system-service @mount", "RestrictAddressFamilies=AF_INET AF_PACKET"),
  "access lists": with_("IPAddressAllow=any", "DeviceAllow=/dev/sda rw", "DevicePolicy=auto"),
  "values that systemd drops": with_("ProtectHome=read-only", "ProtectHome=maybe", "PrivateTmp=nope"),
  "values given twice": with_("ProtectHome=yes", "ProtectHome=no"),
  "empty values": with_("ProtectHome=", "UMask=", "SystemCallFilter="),
  continuations: with_("ProtectHome=\\", "  no", "UMask=0022 \\", ""),
  "no final newline": PLAIN.trimEnd(),
  "CRLF lines": with_("ProtectHome=no").replaceAll("\n", "\r\n"),
  "several sections": `${with_("ProtectHome=no")}\n[Install]\nWantedBy=a.target\n[Service]\nPrivateTmp=no\n`,
  "an early unit": `[Unit]\nDefaultDependencies=no\n${with_("Delegate=cpu")}`,
  "a user of its own": with_("User=web", "NoNewPrivileges=yes", "StateDirectory=web"),
  "no section with a command": "[Unit]\nSuccessAction=none\n[Service]\nType=oneshot\nRemainAfterExit=yes\n",
};

const PATHS = ["x.service", "/etc/systemd/user/x.service", "/etc/systemd/system/x@.service"];

/** Calls back for each unit in each place and version. */
function everywhere(each: (source: string, version: number, name: string) => void): void {
  for (const path of PATHS)
    for (const version of [257, 262])
      for (const [name, text] of Object.entries(UNITS))
        each(`#- ${path}\n${text}`, version, `${path} ${version} ${name}`);
}

/** A service as it is read with one drop-in next to it. */
function withDropIn(text: string, dropIn: string): View {
  const path = unitPath("/etc/systemd/system/x.service");
  assert.ok(path);
  return viewOf(unitDocument(path, text), 262, { dropIns: [dropIn] });
}

const shown = (exposure: number | undefined): string => (exposure === undefined ? "refused" : formatExposure(exposure));
const exposureOf = (source: string, version = 262): string => shown(assess(open(source, version).view.unit).exposure);
const lenses = (source: string, views = false): (readonly [string, string])[] =>
  codeLenses(open(source).view, URI, "basic", views).map(({ command }) => [
    command?.title ?? "",
    command?.command ?? "",
  ]);
const report = (source: string): ExposureReport => exposureReport(open(source).view.unit);
function row(source: string, id: string): ReportRow {
  const found = report(source).rows.find((it) => it.id === id);
  assert.ok(found, `there is no check ${id}`);
  return found;
}
/** The text after the fix of a check. */
function mended(source: string, id: string): string {
  const { view, text } = open(source);
  return applyEdits(text, checkFix(view.unit, id));
}

describe("code lenses", () => {
  it("show the exposure, what is safe to add, and the way to the report", () => {
    assert.deepEqual(lenses(PLAIN), [
      ["9.4 UNSAFE", "unitWarden.reportMarkdown"],
      ["16 safe settings are missing (9.4 → 5.5)", "unitWarden.addSafeSettings"],
      ["report", "unitWarden.reportMarkdown"],
    ]);
  });

  it("open the view of a client that has one", () => {
    assert.deepEqual(
      lenses(PLAIN, true).map(([, command]) => command),
      ["unitWarden.openReport", "unitWarden.addSafeSettings", "unitWarden.openReport"],
    );
  });

  it("stand at the first [Service] and name the document", () => {
    const { view } = open(`# x\n[Unit]\n${PLAIN}[Service]\n`);
    for (const { range, command } of codeLenses(view, URI, "basic", false)) {
      assert.deepEqual(range, { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } });
      assert.deepEqual(command?.arguments, [URI]);
    }
  });

  it("offer nothing to add where nothing is missing or asked for", () => {
    const { view } = open(PLAIN);
    assert.deepEqual(
      codeLenses(view, URI, "off", false).map((it) => it.command?.title),
      ["9.4 UNSAFE", "report"],
    );
    assert.deepEqual(addSafeSettings(view, "off"), []);
    assert.deepEqual(
      lenses(UNITS["examples/4-solid.service"] ?? "").map(([title]) => title),
      ["4.7 OK", "report"],
    );
  });

  it("count what is left to the reader once all that is safe is there", () => {
    const all = applyLsp(open(PLAIN), addSafeSettings(open(PLAIN).view, "basic"));
    assert.deepEqual(lenses(all).slice(1), [
      ["3 open decisions", "unitWarden.reportMarkdown"],
      ["report", "unitWarden.reportMarkdown"],
    ]);
  });

  it("count a single setting as one", () => {
    const all = applyLsp(open(PLAIN), addSafeSettings(open(PLAIN).view, "basic"));
    const [, one] = lenses(all.replace("PrivateTmp=yes\n", "").replace("PrivateTmp=disconnected\n", ""));
    assert.match(one?.[0] ?? "", /^1 safe setting is missing: PrivateTmp=\w+ \(\d\.\d → \d\.\d\)$/);
  });

  it("say that systemd refuses a unit, and promise no gain", () => {
    assert.deepEqual(
      lenses("[Service]\nExecStop=/bin/true\n").map(([title]) => title),
      ["refused by systemd", "13 safe settings are missing", "6 more are likely to be safe", "report"],
    );
  });

  it("say nothing of a new file that is merely unfinished", () => {
    const { view } = open("[Service]\n");
    assert.deepEqual(codeLenses(view, URI, "basic", true, undefined, true), []);
    assert.equal(codeLenses(open(PLAIN).view, URI, "basic", true, undefined, true).length, 3);
  });

  for (const [what, source] of [
    ["a socket", "#- x.socket\n[Socket]\nListenStream=80\n[Service]\nExecStart=/bin/true\n"],
    ["a timer", "#- x.timer\n[Timer]\nOnCalendar=daily\n"],
    ["a drop-in", `#- /etc/systemd/system/x.service.d/a.conf\n${PLAIN}`],
    ["a service without [Service]", "[Unit]\nDescription=x\n"],
    ["a section that is not closed", "[Service\nExecStart=/bin/true\n"],
    ["an empty file", ""],
  ] as const)
    it(`are not there for ${what}`, () => assert.deepEqual(lenses(source), []));
});

describe("all safe settings", () => {
  it("buy what the lens promises, and are not asked for again", () => {
    everywhere((source, version, name) => {
      for (const profile of ["basic", "strict", "isolated"] as const) {
        const opened = open(source, version);
        const title = (it: View): string | undefined =>
          codeLenses(it, URI, profile, false).find((lens) => lens.command?.command === "unitWarden.addSafeSettings")
            ?.command?.title;
        const promised = title(opened.view);
        const edits = addSafeSettings(opened.view, profile);
        assert.equal(edits.length > 0, promised !== undefined, name);
        if (promised === undefined) continue;
        const after = open(`${source.split("\n", 1)[0]}\n${applyLsp(opened, edits)}`, version);
        const [then, now] = [opened, after].map((it) => shown(assess(it.view.unit).exposure));
        const gain = / \((\S+ → \S+)\)$/.exec(promised)?.[1];
        assert.equal(
          gain,
          then === now ? undefined : `${then} → ${now}`,
          `${name}: ${promised}, but really ${then} → ${now}`,
        );
        assert.equal(title(after.view), undefined, name);
      }
    });
  });

  it("count a drop-in that undoes them", () => {
    const view = withDropIn(PLAIN, "[Service]\nCapabilityBoundingSet=\nCapabilityBoundingSet=~\nPrivateDevices=no\n");
    const after = applyLsp({ view, text: PLAIN }, addSafeSettings(view, "basic"));
    const real = assess(withDropIn(after, view.unit.dropIns[0]?.text ?? "").unit).exposure;
    const title = codeLenses(view, URI, "basic", false)[1]?.command?.title ?? "";
    assert.ok(title.endsWith(`→ ${shown(real)})`), `${title}, but really ${shown(real)}`);
  });
});

describe("titles of fixes", () => {
  it("promise what the fix really buys", () => {
    for (const [name, text] of Object.entries(UNITS)) {
      const { view } = open(text);
      for (const { code, fixes } of check(view.unit, { profile: "isolated" }))
        for (const fix of fixes) {
          const [, gain] = /^.* \((\S+ → \S+)\)$/.exec(titleWithGain(view.unit, fix)) ?? [];
          if (gain === undefined) continue;
          const real = `${exposureOf(text)} → ${exposureOf(applyEdits(text, fix.edits()))}`;
          assert.equal(gain, real, `${name}, ${code}: ${fix.title}`);
        }
    }
  });

  it("are plain where nothing is set, or no service is at hand", () => {
    const fix = { title: "Mend it", safe: true, edits: () => [] };
    assert.equal(titleWithGain(open(PLAIN).view.unit, fix), "Mend it");
    const sets = { ...fix, sets: ["ProtectHome=tmpfs"] };
    assert.equal(titleWithGain(open("#- x.socket\n[Socket]\nListenStream=80\n").view.unit, sets), "Mend it");
    assert.equal(titleWithGain(open("[Service]\nExecStop=/bin/true\n").view.unit, sets), "Mend it");
  });

  it("have no gain where systemd would refuse the unit afterwards", () => {
    const { view, text } = open(PLAIN);
    const edits = [{ start: text.length, end: text.length, newText: "Type=dbus\n" }];
    assert.equal(gainOf(view.unit, ["Type=dbus"], edits), undefined);
  });
});

describe("report: rows", () => {
  it("are all checks, the dearest first", () => {
    const { name, user, exposure, level, messages, rows } = report(PLAIN);
    assert.deepEqual(
      { name, user, exposure, level, messages },
      { name: "x.service", user: false, exposure: 94, level: { name: "UNSAFE", emoji: "😨" }, messages: [] },
    );
    assert.equal(rows.length, 81);
    assert.equal(new Set(rows.map((it) => it.id)).size, 81);
    const [first] = rows;
    const { line, title, gain } = first?.fix ?? {};
    assert.deepEqual([line, title, gain], ["PrivateNetwork=yes", "Add PrivateNetwork=yes anyway", "9.4 → 9.0"]);
    assert.deepEqual([first?.id, first?.share, first?.state], ["PrivateNetwork", 1, "failed"]);
  });

  it("have shares from 0 to 1 that fall, and costs that fit their states", () => {
    everywhere((source, version, name) => {
      const { rows } = exposureReport(open(source, version).view.unit);
      let before = 1;
      for (const { share, state, cost, fix, sentence, url, title } of rows) {
        assert.ok(share >= 0 && share <= before, `${name}: ${title} ${share}`);
        before = share;
        assert.equal(state === "failed", share > 0, `${name}: ${title}`);
        assert.match(cost, state === "failed" ? /^\d\.\d$/ : /^$/, `${name}: ${title}`);
        assert.ok(state === "failed" || fix === undefined, `${name}: ${title}`);
        assert.match(sentence, /^[A-Z].*[^.]\.$/, name);
        assert.match(url ?? "", /^https:\/\/\S+#\w+=\S*$/, `${name}: ${title}`);
      }
    });
  });

  it("say what speaks against a fix in this unit", () => {
    const { fix } = row(with_("ExecStartPre=/usr/bin/stty -F /dev/ttyS%i"), "ProtectClock");
    assert.match(fix?.against ?? "", /^Not safe here: .*uses \/dev\/ttyS%i\.$/);
    assert.equal(row(PLAIN, "ProtectClock").safe, "ProtectClock");
    assert.match(row(PLAIN, "PrivateUsers").fix?.breaks ?? "", /^Ports below 1024/);
    assert.match(reportMarkdown(open(with_("ExecStartPre=/usr/bin/stty -F /dev/ttyS0")).view.unit), /Not safe here: /);
  });

  it("know what passed and what does not apply", () => {
    assert.equal(row(with_("ProtectClock=yes"), "ProtectClock").state, "passed");
    const early = `[Unit]\nDefaultDependencies=no\n${PLAIN}`;
    assert.ok(report(early).rows.some((it) => it.state === "not-applicable"));
    assert.equal(report(early).rows.at(-1)?.share, 0);
  });

  it("are none for a unit that systemd refuses, whose reason is told", () => {
    const { exposure, level, messages, rows, notes } = report("[Service]\nExecStop=/bin/true\n");
    assert.deepEqual({ exposure, level, rows, notes }, { exposure: undefined, level: undefined, rows: [], notes: [] });
    assert.match(messages.join(), /^ExecStart= is missing, .*: systemd refuses the unit$/);
  });

  it("promise what their fixes really buy, never raise the exposure, and are without an answer for a reason", () => {
    everywhere((source, version, name) => {
      const { view, text } = open(source, version);
      const [head] = source.split("\n", 1);
      for (const { id, state, safe, fix, stuck } of exposureReport(view.unit).rows) {
        const answers = [safe, fix, stuck].filter((it) => it !== undefined);
        assert.equal(answers.length, state === "failed" ? 1 : 0, `${name}: ${id}`);
        if (!fix) continue;
        const edits = checkFix(view.unit, id);
        assert.ok(edits.length > 0, `${name}: ${id}`);
        const [before, after] = [
          exposureOf(source, version),
          exposureOf(`${head}\n${applyEdits(text, edits)}`, version),
        ];
        const said = before === after ? "too little for the level to show" : `${before} → ${after}`;
        assert.equal(fix.gain, said, `${name}: ${fix.line}`);
        assert.ok(Number(after) <= Number(before), `${name}: ${fix.line}`);
        assert.notEqual(fix.breaks, "", `${name}: ${fix.line}`);
        assert.equal(fix.title, `${edits.some((it) => it.start < it.end) ? "Change to" : "Add"} ${fix.line} anyway`);
      }
    });
  });

  it("offer no line that a drop-in undoes", () => {
    const { rows } = exposureReport(withDropIn(PLAIN, "[Service]\nPrivateNetwork=no\n").unit);
    const found = rows.find((it) => it.id === "PrivateNetwork");
    assert.equal(found?.fix, undefined);
    assert.match(found?.stuck ?? "", /^A drop-in overrides this/);
  });

  it("offer no deny list that would merge with an allow list in a drop-in", () => {
    const { rows } = exposureReport(withDropIn(PLAIN, "[Service]\nSystemCallFilter=@system-service\n").unit);
    const found = rows.find((it) => it.id === "SystemCallFilter_resources");
    assert.equal(found?.fix, undefined);
    assert.match(
      found?.stuck ?? "",
      /^SystemCallFilter=~@resources would raise the exposure here \(8\.\d → 9\.\d\): it would merge/,
    );
  });

  it("know what a drop-in has after its drop-in", () => {
    const own = with_("SystemCallFilter=@system-service");
    assert.match(
      row(own, "SystemCallFilter_resources").fix?.breaks ?? "",
      /^A call of @resources kills the program with SIGSYS/,
    );
    const soft = `${own}SystemCallErrorNumber=EPERM\n`;
    assert.equal(row(soft, "SystemCallFilter_resources").fix?.breaks, "Calls of @resources fail with EPERM.");
  });
});

describe("report: what is safe", () => {
  const NODE =
    "[Service]\nUser=api\nWorkingDirectory=/srv/api\nEnvironment=PORT=3000\nExecStart=/usr/bin/node server.js\n";
  const KNOWN = "[Service]\nUser=api\nExecStart=/usr/bin/gotosocial --port 3000\n";
  const NGINX =
    "[Unit]\nAfter=network.target\n\n[Service]\nType=forking\nPIDFile=/run/nginx.pid\nExecStart=/usr/sbin/nginx -g 'daemon on;'\n";

  for (const [name, text] of Object.entries({ NODE, NGINX }))
    it(`comes first and in one step, without what ends the network of ${name}`, () => {
      const found = report(text);
      const { all, safe, rows } = found;
      assert.match(all[0]?.title ?? "", /^Add all 1[3-9] safe settings$/);
      assert.match(all[0]?.gain ?? "", /^9\.\d → [4-6]\.\d$/);
      assert.ok(safe.every((it) => !it.lines.some((line) => /PrivateNetwork|IPAddressDeny/.test(line))));
      const decide = openGroups(found, "", READERS).find((it) => it.id === "decide");
      const checks = decide?.blocks.flatMap((it) => (it.kind === "checks" ? it.items : [])) ?? [];
      const against = checks.map(({ remarks }) => remarks?.some((it) => it.look === "against"));
      assert.match(rows.find((it) => it.id === "PrivateNetwork")?.fix?.against ?? "", /uses the network\.$/);
      assert.deepEqual([against[0], against.at(-1)], [false, true]);
    });

  it("has the safe value where the check asks for more", () => {
    const found = report(NODE).safe.find((it) => it.directive === "ProtectSystem");
    assert.deepEqual(found?.lines, ["ProtectSystem=full", "ReadWritePaths=-/etc/x -/etc/api"]);
    assert.equal(found?.title, "Add ProtectSystem=full with ReadWritePaths=");
    const after = applyEdits(NODE, safeEdits(open(NODE).view.unit, "basic", "ProtectSystem"));
    assert.equal(row(after, "ProtectSystem").fix?.line, "ProtectSystem=strict");
  });

  it("marks what the strict profile asks for, and is one list for those who chose it", () => {
    const unit = open(KNOWN).view.unit;
    assert.deepEqual(
      report(KNOWN)
        .safe.filter((it) => it.beyond)
        .map((it) => [it.directive, it.beyond]),
      [
        ["SystemCallFilter", "strict"],
        ["CapabilityBoundingSet", "strict"],
        ["MemoryDenyWriteExecute", "strict"],
      ],
    );
    assert.equal(report(KNOWN).all.length, 2);
    const strict = exposureReport(unit, "strict");
    assert.ok(strict.safe.every((it) => it.beyond === undefined));
    assert.deepEqual(
      strict.all.map((it) => it.title.replace(/\d+/, "N")),
      ["Add all N safe settings", "Add N more that are likely to be safe"],
    );
    assert.deepEqual(exposureReport(unit, "off"), exposureReport(unit, "basic"));
  });

  it("says that only the strict profile asks for more, once the reader's own is followed", () => {
    const { view, text } = open(KNOWN);
    const after = report(applyEdits(text, allSafeEdits(view.unit, "basic")));
    assert.match(after.all[0]?.title ?? "", /^Add all \d safe settings of the strict profile$/);
    assert.ok(after.safe.every((it) => it.beyond === "strict"));
  });

  it("leaves out what a reader has switched off", () => {
    const unit = open(NODE).view.unit;
    const { safe, rows } = exposureReport(unit, "basic", (code) => code === "hardening/protect-clock");
    assert.ok(safe.every((it) => it.directive !== "ProtectClock"));
    assert.equal(rows.find((it) => it.id === "ProtectClock")?.fix?.line, "ProtectClock=yes");
  });

  it("buys what it promises, each for itself and in one step", () => {
    everywhere((source, version, name) => {
      const { view, text } = open(source, version);
      const [head] = source.split("\n", 1);
      const before = exposureOf(source, version);
      const check = (edits: readonly TextEdit[], gain: string, what: string): void => {
        const after = exposureOf(`${head}\n${applyEdits(text, edits)}`, version);
        assert.ok(edits.length > 0 && Number(after) <= Number(before), `${name}: ${what}`);
        if (before === after) assert.match(gain, /^(?:too little for the level to show|not counted in the level)$/);
        else assert.equal(gain, `${before} → ${after}`, `${name}: ${what}`);
      };
      const { safe, all } = exposureReport(view.unit);
      for (const it of safe) check(safeEdits(view.unit, it.beyond ?? "basic", it.directive), it.gain, it.title);
      for (const it of all) check((it.likely ? likelyEdits : allSafeEdits)(view.unit, it.profile), it.gain, it.title);
    });
  });
});

describe("fix of a check", () => {
  it("changes a value in place", () => {
    assert.equal(
      mended(with_("ProtectClock=no", "Restart=always"), "ProtectClock"),
      with_("ProtectClock=yes", "Restart=always"),
    );
    assert.equal(row(with_("ProtectClock=no"), "ProtectClock").fix?.title, "Change to ProtectClock=yes anyway");
    assert.equal(mended(with_("UMask=\\", "  0022"), "UMask"), with_("UMask=\\", "  0077"));
  });

  it("changes the last of several values", () => {
    assert.equal(
      mended(with_("ProtectClock=yes", "ProtectClock=no"), "ProtectClock"),
      with_("ProtectClock=yes", "ProtectClock=yes"),
    );
  });

  it("adds a line to a list", () => {
    assert.equal(
      mended(with_("CapabilityBoundingSet=~CAP_KILL"), "CapabilityBoundingSet_CAP_SYS_PTRACE"),
      with_("CapabilityBoundingSet=~CAP_KILL", "CapabilityBoundingSet=~CAP_SYS_PTRACE"),
    );
  });

  it("adds a missing line behind the sandboxing lines, in the line ends of the file", () => {
    assert.equal(
      mended(with_("ProtectHome=yes", "Restart=always"), "ProtectClock"),
      with_("ProtectHome=yes", "ProtectClock=yes", "Restart=always"),
    );
    assert.equal(
      mended(PLAIN.replaceAll("\n", "\r\n"), "ProtectClock"),
      with_("ProtectClock=yes").replaceAll("\n", "\r\n"),
    );
    assert.equal(mended(PLAIN.trimEnd(), "ProtectClock"), with_("ProtectClock=yes").trimEnd());
  });

  it("is nothing for what passed, is unknown or is no service", () => {
    const edits = (source: string, id: string): unknown => checkFix(open(source).view.unit, id);
    assert.deepEqual(edits(with_("ProtectClock=yes"), "ProtectClock"), []);
    assert.deepEqual(edits(PLAIN, "NoSuchCheck"), []);
    assert.deepEqual(edits("#- x.socket\n[Socket]\nListenStream=80\n", "ProtectClock"), []);
    assert.deepEqual(edits(`#- x.service.d/a.conf\n${PLAIN}`, "ProtectClock"), []);
  });
});

describe("report: notes", () => {
  const notes = (source: string): string => report(source).notes.join("\n");

  it("tell the number of the running service where it is another", () => {
    assert.match(notes(PLAIN), /running service systemd-analyze security shows 9\.6: .*PrivateMounts=/);
    assert.doesNotMatch(notes(with_("PrivateTmp=yes")), /running service/);
    assert.doesNotMatch(notes(with_("PrivateMounts=no")), /running service/);
  });

  it("tell that other settings have the same effect", () => {
    assert.match(notes(with_("PrivateNetwork=yes")), /counts IPAddressDeny= as missing, but other settings/);
    assert.match(notes(with_("RootDirectory=/srv")), /counts ProtectSystem=, ProtectHome=, PrivateTmp= as missing/);
    assert.doesNotMatch(notes(PLAIN), /as missing/);
  });

  it("do not call missing what the unit sets itself", () => {
    const said = notes(with_("IPAddressDeny=10.0.0.0/8"));
    assert.match(said, /requires more than this unit sets with IPAddressDeny=, but there is no finding/);
    assert.doesNotMatch(said, /as missing/);
  });

  it("tell what the level means for a user service", () => {
    const user = report(`#- /etc/systemd/user/x.service\n${PLAIN}`);
    assert.equal(user.user, true);
    assert.match(user.notes.join("\n"), /designed for system services/);
    assert.doesNotMatch(user.notes.join("\n"), /as missing/);
    assert.doesNotMatch(notes(PLAIN), /designed for system services/);
  });
});

describe("report: steps", () => {
  it("have what is only likely to be safe last, to be added by itself", () => {
    const { unit } = open("[Service]\nExecStart=/usr/local/bin/thing\n").view;
    const likely = exposureReport(unit, "basic").all.filter((it) => it.likely);
    assert.deepEqual(
      likely.map(({ profile, count, title }) => [profile, count, title]),
      [["basic", 8, "Add 8 more that are likely to be safe"]],
    );
    const text = applyEdits(unit.file.text, likelyEdits(unit, "basic"));
    assert.match(text, /^PrivateDevices=yes$/m);
    assert.doesNotMatch(text, /^LockPersonality=/m);
  });
});

describe("report as Markdown", () => {
  it("has a heading, notes, and a list for each state", () => {
    const page = reportMarkdown(open("[Service]\nExecStart=/bin/true\nStateDirectory=x\nProtectClock=yes\n").view.unit);
    const lines = page.split("\n");
    assert.match(lines[0] ?? "", /^# \*\*x\.service\*\*: 9\.\d UNSAFE$/);
    assert.deepEqual(
      lines.filter((it) => it.startsWith("## ")).map((it) => it.replace(/\d+\.\d/g, "N")),
      [
        "15 safe settings are missing (N → N)",
        "Needs a decision",
        "No fix here",
        "Passed",
        "Not applicable",
        "Notes",
      ].map((it) => `## ${it}`),
    );
    assert.match(
      page,
      /^Add all 15 safe settings \(9\.\d → \d\.\d\), or Add all 18 safe settings, .* \(9\.\d → \d\.\d\)\.$/m,
    );
    assert.match(
      page,
      /^- `ProtectHome=read-only` \(usual, as 221 of 225 measured daemons bear it; too little for the level to show\): Protects keys/m,
    );
    assert.match(
      page,
      /^- \[PrivateNetwork=\]\(https:\S+\) 0\.\d: It .*\. `PrivateNetwork=yes` \(9\.\d → \d\.\d\)\. May break: All .* How it shows: /m,
    );
    assert.match(page, /\n## Notes\n\n- For the running service .*\n$/);
    assert.match(page, /## Passed\n\n(?:- .*\n)*- \[ProtectClock=\]\(https:\S+\): /);
    assert.doesNotMatch(page, /undefined|\n\n\n| {2}/);
  });

  it("says why systemd refuses a unit", () => {
    const page = reportMarkdown(open("[Service]\nExecStop=/bin/true\n").view.unit);
    assert.match(page, /^# \*\*x\.service\*\*: refused by systemd\n\nExecStart= is missing, .*\n$/);
  });
});

describe("exposure elsewhere", () => {
  it("is in the hover on [Service], with what buys most and what is left to decide", () => {
    const said = (source: string, markdown: boolean): string => {
      const { view, cursor } = open(source);
      return JSON.stringify(hover(view, cursor, markdown)?.contents);
    };
    assert.match(
      said(PLAIN.replace("S", "$0S"), true),
      /\*\*9\.4 UNSAFE\*\*.*16 safe settings are missing \(9\.4 → 5\.5\), above all:.*- `RestrictNamespaces=yes` → 8\.7\\n/,
    );
    assert.match(
      said(PLAIN.replace("S", "$0S"), false),
      /9\.4 UNSAFE is the exposure.*- RestrictNamespaces=yes → 8\.7\\n.*Open decisions: NoNewPrivileges=\\n\\n- ProtectProc=: without effect here: /,
    );
    const lines = (profile: Profile, ...more: readonly string[]): string[] => {
      const { view, cursor } = open(`[Ser$0vice]\nExecStart=/usr/bin/gotosocial --port 8080\n${more.join("\n")}\n`);
      const shown = hover(view, cursor, false, undefined, profile)?.contents as MarkupContent;
      return shown.value.split("\n").filter(Boolean);
    };
    for (const profile of ["off", "basic", "strict", "isolated"] as const)
      for (const user of ["User=x", "User=root", "DynamicUser=yes"]) {
        const all = lines(profile, user);
        assert.ok(all.length <= 15, all.join("\n"));
      }
    assert.match(lines("off")[1] ?? "", /^Mostly from: PrivateNetwork= 0\.5,/);
    assert.match(said("[Ser$0vice]\nExecStop=/bin/true\n", false), /ExecStart= is missing, .*refuses the unit\./);
    assert.doesNotMatch(said(`[Un$0it]\n${PLAIN}`, false), /UNSAFE/);
    assert.doesNotMatch(said(`${PLAIN}[Ser$0vice]\n`, false), /UNSAFE/);
    assert.doesNotMatch(said(`#- x.service.d/a.conf\n${PLAIN.replace("S", "$0S")}`, false), /UNSAFE/);
  });

  it("is in the outline, at the first [Service]", () => {
    const details = (source: string): unknown[] => symbols(open(source).view).map((it) => [it.name, it.detail]);
    assert.deepEqual(details(`[Unit]\n${PLAIN}[Service]\n`), [
      ["Unit", undefined],
      ["Service", "9.4 UNSAFE"],
      ["Service", undefined],
    ]);
    assert.deepEqual(details("[Service]\nExecStop=/bin/true\n"), [["Service", "refused by systemd"]]);
    assert.deepEqual(details("#- x.socket\n[Socket]\nListenStream=80\n"), [["Socket", undefined]]);
  });
});
