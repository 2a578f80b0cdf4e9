import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { SECTIONS } from "../../server/src/catalog/sections.ts";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { ADVICE_RULES } from "../../server/src/dialects/dialects.ts";
import { ADDRESS_FAMILIES } from "../../server/src/facts/addressFamilies.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { errnos } from "../../server/src/facts/errnos.ts";
import { SIGNALS } from "../../server/src/facts/signals.ts";
import { SPECIAL_UNITS } from "../../server/src/facts/specialUnits.ts";
import { SPECIFIERS } from "../../server/src/facts/specifiers.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { RULES } from "../../server/src/rules/allRules.ts";
import { ownEntry, ownManual, ownPage } from "../kit/manualPages.ts";
import { memoryHost, runOn } from "../kit/memoryHost.ts";

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
  const pages = manual ? ({ manual: MANUAL, origin: "installed" } as const) : undefined;
  return runOn(["explain", ...argv], memoryHost({}), terminal, pages);
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

  it("knows settings of other files, with what the manual says of them", () => {
    const [title, ...parts] = said("DHCP=");
    assert.equal(title, "DHCP= in [Network] of .network files");
    assert.deepEqual(parts.slice(-3), [
      "systemd.network(5) of systemd 300 on this machine, under\n“[Network] Section Options”:",
      "Own words.",
      "https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#DHCP=",
    ]);
  });

  it("knows sections of other files, with their settings", () => {
    const [title, about, settings] = said("[WireGuardPeer]");
    assert.match(title ?? "", /^\[WireGuardPeer\] of \.netdev files in systemd/);
    assert.match(about ?? "", /one peer/);
    assert.match(settings ?? "", /^Settings: PublicKey, AllowedIPs, Endpoint,/);
    const text = said("--section", "Journal", "SystemMaxUse").join("\n");
    assert.match(text, /^SystemMaxUse= in \[Journal\] of journald\.conf\n/);
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
    assert.match(text, /\n\nFound in a unit next to webapp-database\.service:\n\n/);
  });

  it("shows advice with what it may break", () => {
    const text = said("hardening/protect-home").join("\n\n");
    assert.match(text, /The basic profile asks for it and offers\s+ProtectHome=/);
    assert.match(text, /May break: /);
  });

  it("says who needs an address family, by any of its names", () => {
    assert.deepEqual(said("af_netlink").slice(0, 3), [
      "AF_NETLINK, address family 16",
      "Communication with the kernel: interfaces, routes, devices\nand audit.",
      "Also called AF_ROUTE.",
    ]);
    assert.deepEqual(said("AF_LOCAL"), said("AF_UNIX"));
  });

  it("says of an error how filters answer with it", () => {
    const text = said("eperm");
    assert.equal(text[0], "EPERM, error number 1");
    assert.equal(text[1], "Not permitted: the usual answer to a filtered call.");
    assert.match(text.join("\n"), /SystemCallErrorNumber=EPERM/);
  });

  it("says of a system call which groups hold it", () => {
    assert.deepEqual(said("ptrace"), [
      `ptrace, system call, in the groups of systemd ${NEWEST_VERSION}`,
      "Held by @debug.",
      "A service with SystemCallFilter=@system-service alone cannot\nmake it.",
      "More: ptrace(2), or unit-warden explain @debug",
    ]);
    assert.ok(said("kexec_load").includes("By way of these also by @privileged."));
    assert.ok(said("setuid32").includes("Only other architectures than x86-64 have it."));
    assert.ok(said("execve").join(" ").includes("A list of what is allowed never leaves it out"));
    assert.equal(said("--systemd", "257", "ptrace")[0], "ptrace, system call, in the groups of systemd 257");
  });

  it("keeps a result and a call of the same name apart", () => {
    const text = said("signal");
    assert.equal(text[0], "Result=signal");
    assert.ok(text.includes(`signal, system call, in the groups of systemd ${NEWEST_VERSION}`));
    assert.equal(said("sigsys")[0], "31/SYS");
  });

  it("says what a special unit is to each manager", () => {
    assert.deepEqual(said("sound.target"), [
      "sound.target, special unit of the system and of users",
      "Started when a sound card appears.",
      "More: systemd.special(7)",
    ]);
    assert.deepEqual(
      said("default.target").filter((it) => it.includes("special unit")),
      ["default.target, special unit of the system", "default.target, special unit of users"],
    );
    assert.ok(said("time-set.target").includes("Since systemd 242."));
  });

  it("takes a special unit behind other names for one more name, and behind a failure for the unit that failed", () => {
    assert.match(explain(["ProtectHome", "default.target"]).stdout, /\n\ndefault\.target, special unit/);
    assert.match(explain(["226", "default.target"]).stderr, /default\.target/);
  });

  it("lists the directives of a section that no other has", () => {
    assert.deepEqual(said("[Automount]"), said("Automount"));
    assert.equal(said("[Service]")[0], `[Service] in systemd ${NEWEST_VERSION}`);
    assert.match(said("[Timer]").join("\n"), /no other section has:[^.]*OnCalendar/);
    assert.ok(said("[Install]").includes("Found in units of all kinds."));
    assert.equal(said("Service")[0], "Service= in [Socket]");
  });

  it("knows every name of the facts", () => {
    const names = [
      ...ADDRESS_FAMILIES.keys(),
      ...errnos().keys(),
      ...SIGNALS.map((it) => it.name),
      ...systemCalls(262).names,
      ...SPECIAL_UNITS.system.map((it) => it.name),
      ...SPECIAL_UNITS.user.map((it) => it.name),
      ...Object.keys(SECTIONS).map((it) => `[${it}]`),
    ];
    const { stdout, stderr, status } = explain(["--", ...names, "%n"]);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.doesNotMatch(stdout, /undefined|\.\.\n|`/);
    for (const it of names) assert.ok(stdout.includes(it.replace(/^SIG/, "")), it);
  });

  it("knows every code, specifier, capability and group", () => {
    const names = [
      ...[...RULES, ...ADVICE_RULES].map((it) => it.code),
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

  it("says what a specifier gives to units of the system and of users", () => {
    const { stdout } = explain(["%S", "%T", "%u"]);
    assert.match(stdout, /In units of the system it gives \/var\/lib;\s+in units of users\s+\$XDG_STATE_HOME/);
    assert.match(stdout, /%u\n\n.*it gives root; in units of users/s);
  });

  it("lists the members of a group as the asked systemd has them", () => {
    const text = explain(["--systemd", "257", "@file-system"]).stdout;
    assert.match(text, /in systemd 257\n/);
    assert.notEqual(text, explain(["@file-system"]).stdout.replace("262", "257"));
    assert.match(explain(["@system-service"]).stdout, /Groups in it: @aio, .*\d+ calls in all\.\n$/s);
  });

  it("knows the needs that comments state", () => {
    const [title = "", meaning = ""] = said("hardware");
    assert.equal(title, "hardware, a need of services");
    assert.match(meaning, /^Opens device nodes /);
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
      ["AF_NETLNK", "AF_NETLINK"],
      ["EPRM", "EPERM"],
      ["SIGSSY", "SIGSYS"],
      ["ptrcae", "ptrace"],
      ["network-onlin.target", "network-online.target"],
      ["[Servcie]", "[Service]"],
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
