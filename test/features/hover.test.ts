import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MarkupContent, MarkupKind } from "vscode-languageserver-types";
import { RHEL_9 } from "../../server/src/facts/targets.ts";
import { hover } from "../../server/src/features/hover.ts";
import { expectSnapshot } from "../kit/snapshot.ts";
import { applyLsp, open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

/** What the hover at `$0` says and what it is about, undefined without one. */
function hoverAt(source: string, markdown = true, version?: number): { said: string; about: string } | undefined {
  const opened = open(source, version);
  const answer = hover(opened.view, opened.cursor, markdown, SOME_WORLD);
  if (!answer) return undefined;
  assert.ok(MarkupContent.is(answer.contents) && answer.range);
  assert.equal(answer.contents.kind, markdown ? MarkupKind.Markdown : MarkupKind.PlainText);
  const { start, end } = answer.range;
  const about = opened.text.slice(opened.view.lines.offsetAt(start), opened.view.lines.offsetAt(end));
  assert.ok(applyLsp(opened, [{ range: answer.range, newText: "$0" }]).includes("$0"));
  return { said: answer.contents.value, about };
}

/** The cases as a page to read: the line hovered, what Markdown shows, and what a plain client shows. */
function page(title: string, cases: readonly string[]): string {
  const parts = cases.map((source) => {
    const rich = hoverAt(source);
    const plain = hoverAt(source, false);
    assert.ok(rich && plain, source);
    const line = source.split("\n").find((it) => it.includes("$0"));
    return `## \`${line?.replace("$0", "‸")}\`\n\nAbout: \`${rich.about}\`\n\n${rich.said}\n\n\`\`\`text\n${plain.said}\n\`\`\`\n`;
  });
  return `# ${title}\n\n${parts.join("\n")}`;
}

const SERVICE = "[Service]\n";

describe("hover: for an older target", () => {
  const said = (line: string, version: number): string => hoverAt(`${SERVICE}${line}`, false, version)?.said ?? "";

  it("tells that it ignores a directive, or knew it once", () => {
    assert.match(said("Private$0PIDs=yes", 252), /Since systemd 257; your target, systemd 252, ignores it/);
    assert.doesNotMatch(said("Private$0PIDs=yes", 257), /your target/);
    assert.match(said("RestartMode$0=direct", RHEL_9.four), /Since systemd 254; your target, systemd 252, ignores it/);
    assert.doesNotMatch(said("RestartMode$0=direct", RHEL_9.nine), /your target/);
    assert.match(
      said("ManagedOOMMemoryPressureLimitPercent$0=5%", 248),
      /Until systemd 247; your target, systemd 248, ignores it/,
    );
  });

  it("tells when a directive stops having an effect, as long as it has one", () => {
    assert.match(said("MemoryLimit$0=1G", 252), /Has no effect from systemd 258 on; it capped memory/);
    assert.match(said("MemoryLimit$0=1G", 262), /Has no effect any more; it capped memory/);
  });

  it("tells what a newer value does, and that it does not take it", () => {
    for (const [line, version] of [
      ["PrivateTmp=disc$0onnected", 257],
      ["Type=notify-re$0load", 253],
      ["SystemCallFilter=@system-service @sand$0box", 254],
      ["ProtectHostname=priv$0ate", 258],
    ] as const) {
      const tail = `\n\nYour target, systemd 252, does not take it: it requires systemd ${version}.`;
      const text = said(line, 252);
      assert.ok(text.endsWith(tail), `${line}: ${text}`);
      assert.ok(said(line, 262).startsWith(text.slice(0, text.indexOf("\n"))), line);
      assert.doesNotMatch(said(line, 262), /your target/);
    }
    assert.equal(said("PrivateTmp=may$0be", 252), "");
    assert.doesNotMatch(said("SystemCallFilter=@system-ser$0vice @sandbox", 252), /your target/);
  });

  it("takes the values that it takes", () => {
    assert.match(said("PrivateTmp$0=yes", 252), /Takes yes or no/);
    assert.match(said("PrivateTmp$0=yes", 257), /disconnected/);
  });
});

describe("hover: what it says", () => {
  it("of directives", () => {
    const cases = [
      `${SERVICE}Protect$0Home=tmpfs`,
      `${SERVICE}$0ReadOnlyPaths=/srv`,
      `${SERVICE}Type$0=simple`,
      "#- x.mount\n[Mount]\nType$0=ext4",
      `${SERVICE}StartLimitInterval$0=10`,
      `${SERVICE}MemoryLimit$0=1G`,
      `${SERVICE}SystemCallFilter$0=@system-service`,
      `${SERVICE}ExecStart$0=/bin/true`,
      "[Install]\nWantedBy$0=multi-user.target",
      `${SERVICE}DynamicUser$0=yes`,
      `${SERVICE}ProtectHostname$0=yes`,
      "#- x.timer\n[Timer]\nOnCalendar$0=daily",
      `${SERVICE}IPAddressAllow$0=localhost`,
      `${SERVICE}SyslogLevelPrefix$0=yes`,
      `${SERVICE}ImportCredential$0=x.*`,
      `${SERVICE}Capabilities$0=`,
      "[Unit]\nConditionKernelVersion$0=>5",
      "#- x.scope\n[Scope]\nTimeoutStopSec$0=1",
      `${SERVICE}LoadCredential$0=a:/b`,
      `${SERVICE}CPUPressureWatch$0=auto`,
    ];
    expectSnapshot("hover-directives", page("Hover: directives", cases));
  });

  it("of section headers", () => {
    const cases = [
      "[Uni$0t]",
      "#- x.service.d/a.conf\n[$0Service]",
      "[Install$0]",
      "#- x.slice\n[Slice$0]",
      "#- x.target\n[Target$0]",
    ];
    expectSnapshot("hover-sections", page("Hover: section headers", cases));
  });

  it("of values", () => {
    const cases = [
      `${SERVICE}ProtectHome=tmp$0fs`,
      `${SERVICE}ProtectHome=on$0`,
      `${SERVICE}NoNewPrivileges=$0TRUE`,
      `${SERVICE}ProtectHostname=private:bo$0x`,
      `${SERVICE}PrivateUsers=man$0aged`,
      `${SERVICE}StandardOutput=sys$0log`,
      `${SERVICE}StandardOutput=file:/var/log/$0x`,
      `${SERVICE}KillMode=no$0ne`,
      `${SERVICE}Type=not$0ify`,
      `${SERVICE}Restart=on-fail$0ure`,
      `${SERVICE}CPUSchedulingPolicy=$02`,
    ];
    expectSnapshot("hover-values", page("Hover: values", cases));
  });

  it("of parts of values", () => {
    const cases = [
      `${SERVICE}CapabilityBoundingSet=~CAP_KILL CAP_$0SYS_ADMIN`,
      `${SERVICE}CapabilityBoundingSet=$0~CAP_KILL`,
      "[Unit]\nAfter=network.tar$0get",
      "[Unit]\nAfter=network.target own.ser$0vice",
      "#- /etc/systemd/system/job@7.service\n[Unit]\nAfter=other@%$0i.service",
      "#- /etc/systemd/system/job@.service\n[Unit]\nAfter=other@%$0i.service",
      "#- /etc/systemd/user/job.service\n[Unit]\nAfter=other@%$0u.service",
      "[Unit]\nAfter=other@%$0H.service",
      "#- x.socket\n[Socket]\nSocketMode=0$0660",
      `${SERVICE}UMask=00$027`,
      `${SERVICE}TimeoutStartSec=5min $020s`,
      `${SERVICE}RestartSec=5$0s`,
      `${SERVICE}RestartSec=5$0`,
      `${SERVICE}WorkingDirectory=%$0S/app`,
      "#- /etc/systemd/user/job.service\n[Service]\nWorkingDirectory=%$0S/app",
      `${SERVICE}TimeoutStartSec=infin$0ity`,
      `${SERVICE}MemoryMax=1.$05G`,
      "#- x.timer\n[Timer]\nOnCalendar=Mon$0,Fri 10:00",
    ];
    expectSnapshot("hover-parts", page("Hover: parts of values", cases));
  });
});

describe("hover: where", () => {
  it("is about the name up to the equals sign, and about the value behind it", () => {
    assert.equal(hoverAt(`${SERVICE}  ProtectHome$0 = tmpfs`)?.about, "ProtectHome");
    assert.equal(hoverAt(`${SERVICE}  ProtectHome $0= tmpfs`)?.about, "ProtectHome");
    assert.equal(hoverAt(`${SERVICE}  ProtectHome = $0tmpfs`)?.about, "tmpfs");
    assert.equal(hoverAt(`${SERVICE}ProtectHome=\\\n  tm$0pfs\n`)?.about, "tmpfs");
    assert.equal(hoverAt("[Ser$0vice]")?.about, "Service");
  });

  it("explains a directive of another section of the unit in the words of that section", () => {
    assert.match(hoverAt("[Unit]\nRest$0art=always")?.said ?? "", /\*\*Restart=\*\* in `\[Service\]`/);
    assert.equal(hoverAt("#- x.timer\n[Timer]\nRest$0art=always"), undefined);
  });

  it("counts the version", () => {
    const at = `${SERVICE}MemoryLimit$0=1G`;
    assert.match(hoverAt(at, true, 262)?.said ?? "", /Without effect since systemd 258/);
    assert.doesNotMatch(hoverAt(at, true, 257)?.said ?? "", /Without effect/);
    assert.match(hoverAt(`${SERVICE}ProtectHome$0=yes`, true, 257)?.said ?? "", /\/man\/257\/systemd\.exec/);
    assert.match(hoverAt(`${SERVICE}PrivateUsers=managed$0`, true, 257)?.said ?? "", /requires systemd 260\.$/);
  });

  const nothing: Readonly<Record<string, string>> = {
    "a comment": "[Service]\n# Protect$0Home=yes\n",
    "a blank line": "[Service]\n$0\nType=simple\n",
    "an empty file": "$0",
    "an unknown directive": "[Service]\nProtectHoem$0=yes\n",
    "an unknown section": "[Serv$0cie]\n",
    "a section in the wrong letter case": "[serv$0ice]\n",
    "an unknown value": "[Service]\nProtectHome=may$0be\n",
    "a value of free form": "[Unit]\nDescription=Some wo$0rds\n",
    "a line without an equals sign": "[Service]\nProtect$0Home\n",
    "a line before the first header": "Protect$0Home=yes\n",
    "a name of JavaScript": "[Service]\nconstr$0uctor=yes\n",
  };
  for (const [where, source] of Object.entries(nothing))
    it(`says nothing on ${where}`, () => {
      assert.equal(hoverAt(source), undefined);
    });
});
