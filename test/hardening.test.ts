import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "mocha";
import type { MarkupContent } from "vscode-languageserver-types";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { codeActions } from "../server/src/features/codeActions.ts";
import { complete } from "../server/src/features/completion.ts";
import { summarize } from "../server/src/features/hardeningSummary.ts";
import { hover } from "../server/src/features/hover.ts";
import type { Finding } from "../server/src/findings/finding.ts";
import { check, type Selection } from "../server/src/rules/check.ts";
import { applyEdits } from "../server/src/text/span.ts";
import { readUnit } from "../server/src/units/readUnit.ts";
import { findingsOf } from "./kit/fixture.ts";
import { ownEntry, ownManual, ownPage, worldWith } from "./kit/manualPages.ts";
import { memoryHost, runOver } from "./kit/memoryHost.ts";
import { applyLsp, open } from "./kit/view.ts";
import { SOME_WORLD } from "./kit/world.ts";

/** One row of the table of what the product teaches: a test of what a person sees, or why there is none yet. */
interface Row {
  readonly title: string;
  readonly test?: () => void;
  readonly missing?: string;
}

const BASIC: Selection = { profile: "basic" };
const STRICT: Selection = { profile: "strict" };
const URI = "file:///x.service";

const service = (...lines: readonly string[]): string =>
  `[Service]\n${lines.some((it) => it.startsWith("ExecStart=")) ? "" : "ExecStart=/usr/sbin/x --port 8080\n"}${lines.join("\n")}\n`;

const codes = (text: string, selection?: Selection): string[] =>
  findingsOf(text, "x.service", selection).map((it) => it.code);

const finding = (text: string, code: string, selection?: Selection): Finding => {
  const found = findingsOf(text, "x.service", selection).find((it) => it.code === code);
  assert.ok(found, `${code} is not said of\n${text}`);
  return found;
};

/** The text after the first fix of a finding. */
const fixed = (text: string, code: string, selection?: Selection): string => {
  const [fix] = finding(text, code, selection).fixes;
  assert.ok(fix, `${code} has no fix`);
  return applyEdits(text, fix.edits());
};

const hovered = (source: string, world = SOME_WORLD): string => {
  const { view, cursor } = open(source);
  const answer = hover(view, cursor, true, world);
  assert.ok(answer, source);
  return (answer.contents as MarkupContent).value;
};

const offered = (source: string, world = SOME_WORLD): string[] => {
  const { view, cursor } = open(source);
  return complete(view, cursor, { world }).items.map((it) => it.label);
};

/** What a reader sees of the command line. */
const printed = (files: Readonly<Record<string, string>>, ...argv: readonly string[]): string => {
  const { stdout, stderr } = runOver(memoryHost(files), ...argv);
  assert.equal(stderr, "");
  return stdout;
};

/** The text after a code action of a title, as a client applies it. */
const acted = (text: string, title: RegExp): string => {
  const opened = open(text);
  const span = { start: 0, end: text.length };
  const shown = summarize(opened.view.unit, check(opened.view.unit, BASIC));
  const actions = codeActions(opened.view, URI, span, shown);
  const action = actions.find((it) => title.test(it.title));
  assert.ok(action, actions.map((it) => it.title).join("\n"));
  return applyLsp(opened, action.edit?.changes?.[URI] ?? []);
};

const ROWS: Readonly<Record<number, Row>> = {
  1: {
    title: "the page of a directive",
    test() {
      assert.match(hovered("[Service]\nProtect$0Home=yes\n"), /\[systemd\.exec\(5\)[^\]]*\]\(https:.*#ProtectHome=\)/);
      assert.match(printed({}, "explain", "TemporaryFileSystem="), /systemd\.exec\(5\)/);
    },
  },
  2: {
    title: "the manual's own text",
    test() {
      const page = ownPage("systemd.exec", ownEntry("\\fIProtectHome=\\fR", "Words of the installed manual."));
      const world = worldWith(ownManual(page), false);
      assert.match(hovered("[Service]\nProtect$0Home=yes\n", world), /Words of the installed manual\./);
    },
  },
  3: {
    title: "the effective unit",
    test() {
      const files = {
        "/u/x.service": service("ProtectSystem=strict"),
        "/u/x.service.d/a.conf": "[Service]\nProtectSystem=full\n",
      };
      const said = printed(files, "show", "/u/x.service");
      assert.match(said, /^ProtectSystem=full +# a\.conf:2$/m);
      assert.match(said, /^# ProtectSystem=strict +# x\.service:3, overridden by a\.conf:2$/m);
    },
  },
  4: {
    title: "the world of a service",
    test() {
      const text = service("ProtectSystem=strict", "ProtectHome=tmpfs", "InaccessiblePaths=/srv", "StateDirectory=x");
      const said = printed({ "/u/x.service": text }, "sandbox", "/u/x.service");
      assert.match(said, /^\/ +read-only +ProtectSystem=strict/m);
      assert.match(said, /home +empty, read-only +ProtectHome=tmpfs/);
      assert.match(said, /srv +hidden +InaccessiblePaths=\/srv/);
      assert.match(said, /lib\/x +writable +StateDirectory=x/);
    },
  },
  5: {
    title: "paths that are read-only, writable or hidden",
    test() {
      assert.ok(offered("[Service]\nReadWritePaths=/etc/$0\n").some((it) => it.includes("ssh")));
      assert.ok(codes(service("ReadOnlyPaths=/srv", "ReadWritePaths=/srv")).includes("sandbox/read-write-lost"));
      assert.ok(codes(service("InaccessiblePaths=/srv", "BindPaths=/srv/x")).includes("sandbox/unreachable-path"));
      assert.match(fixed(service("InaccessiblePaths=/boot/efi"), "sandbox/optional-path"), /=-\/boot\/efi/);
      assert.deepEqual(codes(service("ReadOnlyPaths=/srv", "ReadWritePaths=/srv/x")), []);
    },
  },
  6: {
    title: "programs that stay executable",
    test() {
      const text = service("ExecStart=/opt/x/run", "NoExecPaths=/opt");
      assert.match(finding(text, "sandbox/no-exec").message, /203\/EXEC/);
      assert.deepEqual(codes(`${text}ExecPaths=/opt/x\n`), []);
    },
  },
  7: {
    title: "a file system of choice",
    test() {
      const text = service("TemporaryFileSystem=/opt:ro", "BindReadOnlyPaths=/opt/a", "BindPaths=/srv/b:/opt/b");
      const said = printed({ "/u/x.service": text }, "sandbox", "--path", "/opt/a", "--path", "/opt/b", "/u/x.service");
      assert.match(said, /^\/opt\/a +read-only +BindReadOnlyPaths=/m);
      assert.match(said, /^\/opt\/b +bound from \/srv\/b +BindPaths=/m);
      assert.ok(codes(service("ProtectHome=yes", "BindPaths=/home/x/data")).includes("sandbox/unreachable-path"));
      assert.ok(codes(service("TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr")).includes("sandbox/empty-root"));
    },
  },
  8: {
    title: "the first pair",
    test() {
      const text = service("User=x", "StateDirectory=x");
      for (const code of ["hardening/protect-system", "hardening/protect-home"])
        assert.equal(finding(text, code, BASIC).severity, "warning");
      assert.match(fixed(text, "hardening/protect-system", BASIC), /^ProtectSystem=strict$/m);
      assert.match(fixed(text, "hardening/protect-home", BASIC), /^ProtectHome=(?:tmpfs|read-only)$/m);
    },
  },
  9: {
    title: "directories of the service's own",
    test() {
      const text = service("ExecStart=/usr/sbin/x --pid-file /var/log/x/x.pid", "ProtectSystem=strict");
      assert.match(fixed(text, "sandbox/read-only-path"), /^LogsDirectory=x$/m);
      assert.match(hovered("[Service]\nExecStart=/bin/x %$0S\n"), /\/var\/lib/);
      assert.match(hovered("[Service]\nState$0Directory=x\n"), /\/var\/lib/);
    },
  },
  10: {
    title: "private temporary files, devices and processes",
    test() {
      const found = (selection: Selection) => codes(service("User=x"), selection);
      for (const code of ["hardening/private-tmp", "hardening/private-devices", "hardening/protect-proc"])
        assert.ok(found(BASIC).includes(code), code);
      assert.ok(found({ profile: "isolated" }).includes("hardening/proc-subset"));
      assert.ok(!found(STRICT).includes("hardening/proc-subset"));
    },
  },
  11: {
    title: "filters of system calls",
    test() {
      const text = fixed(service("User=x"), "hardening/system-call-filter", STRICT);
      for (const line of ["SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM"])
        assert.ok(text.includes(line), text);
      assert.ok(
        /SystemCallArchitectures=native/.test(text) || codes(text, STRICT).some((it) => it.endsWith("architectures")),
      );
      assert.match(hovered("[Service]\nSystemCallFilter=@cl$0ock\n"), /clock_settime/);
      assert.ok(codes(service("SystemCallFilter=@system-service")).includes("sandbox/other-architectures"));
    },
  },
  12: {
    title: "all that is missing in one step",
    test() {
      const text = acted(service("User=x"), /^Harden this service: basic/);
      const boring = ["Hostname", "KernelTunables", "KernelModules", "KernelLogs"].map((it) => `Protect${it}=yes`);
      for (const line of [...boring, "RestrictSUIDSGID=yes", "RestrictNamespaces=yes", "LockPersonality=yes"])
        assert.match(text, new RegExp(`^${line}$`, "m"));
      assert.deepEqual(
        codes(text, BASIC).filter((it) => it === "hardening/lock-personality"),
        [],
      );
    },
  },
  13: {
    title: "runtimes that compile into memory",
    test() {
      const dotnet = service("ExecStart=/usr/bin/dotnet /srv/x.dll", "User=x");
      assert.match(fixed(`${dotnet}MemoryDenyWriteExecute=yes\n`, "sandbox/jit"), /MemoryDenyWriteExecute=no/);
      assert.ok(!acted(dotnet, /^Harden this service: strict/).includes("MemoryDenyWriteExecute=yes"));
      const known = service("ExecStart=/usr/sbin/beanstalkd", "User=x");
      assert.ok(acted(known, /^Harden this service: strict/).includes("MemoryDenyWriteExecute=yes"));
    },
  },
  14: {
    title: "address families",
    test() {
      const text = acted(service("User=x"), /^Harden this service: basic/);
      assert.match(text, /^RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6(?: AF_NETLINK)?$/m);
      const routing = acted(service("ExecStart=/usr/sbin/bird"), /^Harden this service: basic/);
      assert.ok(!/^RestrictAddressFamilies=/m.test(routing) || routing.includes("AF_NETLINK"));
      assert.match(hovered("[Service]\nRestrictAddressFamilies=AF_NET$0LINK\n"), /kernel/i);
    },
  },
  15: {
    title: "networks that need care",
    test() {
      const text = service("IPAddressAllow=localhost");
      assert.match(finding(text, "sandbox/allow-without-deny").message, /restricts nothing/);
      assert.match(fixed(text, "sandbox/allow-without-deny"), /^IPAddressDeny=any$/m);
      assert.ok(
        codes(service("NetworkNamespacePath=/run/netns/a", "PrivateNetwork=yes")).includes("sandbox/namespace-path"),
      );
      const notify = service("Type=notify", "RestrictAddressFamilies=AF_INET", "SystemCallArchitectures=native");
      assert.ok(codes(notify).includes("sandbox/notify-unreachable"));
    },
  },
  16: {
    title: "an empty root, and NixOS",
    test() {
      const text = acted(service("User=x"), /^Confine this service/);
      assert.match(text, /^RootDirectory=/m);
      assert.ok(!codes(text).includes("sandbox/writable-root"), text);
      const loose = service("User=x", "RuntimeDirectory=x", "RootDirectory=/run/x");
      assert.ok(codes(loose).includes("sandbox/writable-root"));
      const nix = printed({ "/x.service": service("User=x") }, "harden", "--format", "nix", "/x.service");
      assert.match(nix, /serviceConfig/);
      assert.match(nix, /ProtectHome = "/);
    },
  },
  17: {
    title: "credentials",
    test() {
      const text = service("User=x", "Environment=DB_PASSWORD=hunter2");
      const found = findingsOf(text, "x.service", STRICT).filter((it) => /credential/i.test(it.code + it.message));
      assert.ok(
        found.some((it) => /LoadCredential=/.test(it.message)),
        found.map((it) => it.message).join("\n"),
      );
      assert.ok(
        found.some((it) => it.fixes.some((fix) => fix.edits().some((edit) => /LoadCredential=/.test(edit.newText)))),
      );
      assert.match(hovered("[Service]\nExecStart=/bin/x %$0d\n"), /credential/i);
    },
  },
  18: {
    title: "capabilities",
    test() {
      assert.match(hovered("[Service]\nCapabilityBoundingSet=CAP_NET_BIND$0_SERVICE\n"), /port/i);
      assert.ok(offered("[Service]\nAmbientCapabilities=$0\n").includes("CAP_NET_BIND_SERVICE"));
      assert.ok(codes(service("CapabilityBoundingSet=CAP_NET_BIND_SERVISE CAP_KILL")).includes("value/capability"));
      const lost = service("User=x", "AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_KILL");
      assert.match(fixed(lost, "sandbox/ambient-outside"), /CapabilityBoundingSet=CAP_KILL CAP_NET_RAW/);
    },
  },
  19: {
    title: "dynamic users",
    test() {
      const said = hovered("[Service]\nDynamic$0User=yes\n");
      for (const name of ["ProtectSystem=strict", "PrivateTmp=", "RemoveIPC="]) assert.ok(said.includes(name), said);
      const dynamic = (...lines: string[]): string[] => codes(service("DynamicUser=yes", ...lines));
      assert.deepEqual(dynamic("ProtectSystem=full"), ["sandbox/overridden"]);
      assert.deepEqual(dynamic("User=daemon"), ["sandbox/dynamic-user-static"]);
      assert.deepEqual(dynamic("ReadWritePaths=/var/lib/x"), ["sandbox/dynamic-user-files"]);
      assert.deepEqual(dynamic("StateDirectory=x"), []);
    },
  },
  20: {
    title: "the two tables of exposure",
    test() {
      const files = { "/u/a.service": service("User=a"), "/u/b.service": service("ProtectSystem=strict") };
      const all = printed(files, "security", "/u");
      assert.match(all, /a\.service +\d\.\d \w+/);
      assert.match(all, /b\.service +\d\.\d \w+/);
      const one = printed(files, "security", "--each", "/u/b.service");
      assert.match(one, /ProtectSystem=/);
      assert.match(one, /exposure level for b\.service: \d\.\d/i);
    },
  },
  21: {
    title: "hardening that is easily undone",
    test() {
      const mounts = service("ProtectSystem=strict", "CapabilityBoundingSet=~CAP_SYS_PTRACE");
      assert.match(finding(mounts, "sandbox/undoable").message, /can be undone/);
      assert.match(fixed(mounts, "sandbox/undoable"), /SystemCallFilter=~@mount/);
      assert.ok(codes(service("ProtectSystem=strict", "ExecStartPre=+/usr/bin/x")).includes("sandbox/outside"));
      assert.ok(codes(service("User=x", "ProtectProc=invisible", "Group=root")).includes("sandbox/protect-proc"));
    },
  },
  22: {
    title: "what is safe and what needs care",
    test() {
      const found = findingsOf(service("User=x", "ExecStart=/usr/sbin/x", "StateDirectory=x"), "x.service", {
        profile: "isolated",
      });
      const tiers = { warning: /protect-home/, info: /system-call-filter/, hint: /private-network/ } as const;
      assert.match(printed({}, "explain", "hardening/protect-home"), /basic[\s\S]*may break/i);
      for (const [severity, tier] of Object.entries(tiers))
        assert.ok(
          found.some((it) => it.severity === severity && tier.test(it.code)),
          severity,
        );
    },
  },
  23: {
    title: "why a service fails",
    test() {
      for (const status of ["226/NAMESPACE", "31/SYS", "203/EXEC", "200/CHDIR", "209/STDOUT", "213", "216/GROUP"])
        assert.ok(printed({}, "explain", status).length > 100, status);
      for (const status of ["217/USER", "218/CAPABILITIES", "238/STATE_DIRECTORY", "243/CREDENTIALS"])
        assert.ok(printed({}, "explain", status).length > 100, status);
    },
  },
  24: {
    title: "a service written well from the start",
    test() {
      const snippets = JSON.parse(readFileSync("snippets/systemd.json", "utf8")) as Record<string, { body: string[] }>;
      const names = Object.keys(snippets).join("\n").toLowerCase();
      for (const name of ["hardened", "timer", "socket"]) assert.ok(names.includes(name), name);
      const body = snippets["Hardened service"]?.body.join("\n") ?? "";
      for (const name of [
        "StateDirectory=",
        "LogsDirectory=",
        "CacheDirectory=",
        "ConfigurationDirectory=",
        "LoadCredential=",
      ])
        assert.ok(body.includes(name), name);
      const path = unitPath("x.service");
      assert.ok(path && readUnit(path, body, 262).file.sections.length > 1);
    },
  },
};

const LAST = 24;

describe("HARDENING", () => {
  const passed = new Set<number>();

  for (const [number, { title, test }] of Object.entries(ROWS)) {
    if (!test) continue;
    it(`HARDENING ${number}: ${title}`, () => {
      test();
      passed.add(Number(number));
    });
  }

  after(() => {
    const all = Array.from({ length: LAST }, (_, i) => i + 1);
    console.log(`\nHARDENING table: ${passed.size} of ${LAST} rows have tests`);
    for (const row of all.filter((it) => !passed.has(it)))
      console.log(`  ${row}: ${ROWS[row]?.missing ?? "its test fails"}`);
  });
});
