import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { run } from "../../server/src/cli/main.ts";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { SPECIFIERS } from "../../server/src/facts/specifiers.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import { RULES } from "../../server/src/lint/rules.ts";
import { adviceRules } from "../../server/src/lint/suggestions/advice.ts";
import { ownEntry, ownManual, ownPage } from "../kit/manualPages.ts";
import { memoryHost } from "../kit/memoryHost.ts";

const MANUAL = ownManual(
  ownPage(
    "systemd.exec",
    `.SH "SANDBOXING"\n${ownEntry("\\fIProtectHome=\\fR", `Own ${"words ".repeat(40)}end.`, "Added in version 214\\&.")}`,
  ),
  ownPage("systemd.network", `.SH "[NETWORK] SECTION OPTIONS"\n[Network]\n${ownEntry("\\fIDHCP=\\fR", "Own words.")}`),
  ownPage("systemd.resource-control", ownEntry("\\fIMemoryMax=\\fR", "A limit.")),
);

function explain(argv: readonly string[], manual = true, colours = false): Outcome {
  const terminal = { colours, progress: () => undefined, width: 60 };
  const shelf = manual ? ({ manual: MANUAL, origin: "installed" } as const) : undefined;
  return run(["explain", ...argv], memoryHost({}), terminal, shelf);
}

/** The paragraphs of what is printed for one name. */
function said(...argv: readonly string[]): string[] {
  const { stdout, stderr, status } = explain(argv);
  assert.deepEqual([stderr, status], ["", 0]);
  return stdout.trimEnd().split("\n\n");
}

describe("cli explain", () => {
  it("says of a directive what we and the manual know, in lines of the terminal's width", () => {
    const text = said("ProtectHome=");
    assert.equal(text[0], "ProtectHome= in [Service], [Socket], [Mount], [Swap]");
    assert.ok(text.includes("Takes yes, read-only, tmpfs or no."));
    assert.ok(
      text.includes("systemd.exec(5) of systemd 300 on this machine, under\n“Sandboxing”, since 214:"),
      text.join("\n\n"),
    );
    assert.match(text.at(-1) ?? "", /^Own words .*\nwords .* end\.$/s);
    const long = text
      .join("\n")
      .split("\n")
      .filter((it) => it.length > 60 && !it.startsWith("https:"));
    assert.deepEqual(long, []);
  });

  it("takes the name with and without what belongs to a line", () => {
    for (const name of ["ProtectHome", "ProtectHome=tmpfs"]) assert.deepEqual(said(name), said("ProtectHome="));
  });

  it("keeps to a section", () => {
    assert.equal(said("--section", "[Mount]", "ProtectHome")[0], "ProtectHome= in [Mount]");
    const { stdout, stderr, status } = explain(["--section", "Unit", "ProtectHome"]);
    assert.deepEqual([stdout, status], ["", 2]);
    assert.match(stderr, /^unit-warden: there is nothing to explain by the name ProtectHome in \[Unit\]/);
  });

  it("says of an old name whose entry it shows", () => {
    assert.match(said("MemoryLimit").at(-3) ?? "", /about\s+MemoryMax=:$/);
  });

  it("does without a manual", () => {
    const { stdout, status } = explain(["ProtectHome"], false);
    assert.equal(status, 0);
    assert.doesNotMatch(stdout, /on this machine/);
  });

  it("knows directives of other files from the manual", () => {
    assert.deepEqual(said("DHCP="), [
      "DHCP= in systemd.network(5)",
      "systemd.network(5) of systemd 300 on this machine, under\n“[Network] Section Options”:",
      "Own words.",
      "https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#DHCP=",
    ]);
  });

  it("shows a rule with its examples", () => {
    const text = said("directive/unknown").join("\n\n");
    assert.match(text, /^directive\/unknown: /);
    assert.match(text, /\n\nFound in[^\n]*:\n\n {4}\[/);
    assert.match(text, /\n\nPut right[^\n]*:\n\n {4}\[/);
    assert.match(text, /\n\nSeverity: error, with a fix to choose\.\n\n/);
    assert.match(text, /\n {4}# unit-warden: ignore directive\/unknown -- reason\n {4}"unitWarden\.rules": /);
    assert.match(text, /\n\nMore: [\w.-]+\(\d\)$/);
  });

  it("names the files beside an example", () => {
    const text = said("reference/misspelled-unit").join("\n\n");
    assert.match(text, /\n\nFound in a unit beside webapp-database\.service:\n\n/);
  });

  it("shows advice with what it may break", () => {
    const text = said("hardening/protect-home").join("\n\n");
    assert.match(text, /The basic profile asks for it and offers\s+ProtectHome=/);
    assert.match(text, /May break: /);
  });

  it("knows every code, specifier, capability and group", () => {
    const names = [
      ...[...RULES, ...adviceRules].map((it) => it.code),
      ...[...SPECIFIERS.keys()].map((it) => `%${it}`),
      ...CAPABILITIES,
      ...systemCalls(262).groups.keys(),
      "@common-block",
    ];
    const { stdout, stderr, status } = explain(names);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.doesNotMatch(stdout, /undefined|\.\.\n|`%/);
    for (const it of names) assert.ok(stdout.includes(it), it);
  });

  it("lists the members of a group as the asked systemd has them", () => {
    const text = explain(["--systemd", "257", "@file-system"]).stdout;
    assert.match(text, /in systemd 257\n/);
    assert.notEqual(text, explain(["@file-system"]).stdout.replace("262", "257"));
    assert.match(explain(["@system-service"]).stdout, /Groups in it: @aio, .*\d+ calls in all\.\n$/s);
  });

  it("takes a capability in small letters, and prints the heading bold in colours", () => {
    assert.equal(said("cap_kill")[0], "CAP_KILL, capability 5");
    assert.match(explain(["CAP_KILL"], true, true).stdout, /^\u001b\[1mCAP_KILL, capability 5\u001b\[0m\n/);
  });

  it("suggests what may be meant, and still explains the others", () => {
    for (const [name, meant] of [
      ["ProtectHoem", "ProtectHome"],
      ["DHPC=", undefined],
      ["directive/unknwon", "directive/unknown"],
      ["@clokc", "@clock"],
      ["CAP_KIL", "CAP_KILL"],
      ["%Q", "did you mean %q?"],
    ] as const) {
      const { stdout, stderr, status } = explain([name, "%n"]);
      assert.equal(status, 2);
      assert.match(stdout, /^%n\n/);
      assert.match(stderr, /^unit-warden: there is nothing to explain by the name /);
      if (meant) assert.ok(stderr.includes(meant), stderr);
    }
  });

  it("wants a name and knows its options", () => {
    assert.match(explain([]).stderr, /^unit-warden: name a directive, /);
    assert.equal(explain(["--systemd", "1", "%n"]).status, 2);
    assert.match(explain(["--help"]).stdout, /unit-warden explain NAME/);
  });
});
