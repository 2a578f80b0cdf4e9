import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { confine, hardenAsDropIn, hardenUnit } from "../../server/src/hardening/profile.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { GROUPS } from "../../server/src/service/settingGroups.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { findingsOf } from "../kit/fixture.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { service, unitOf } from "./kit.ts";

const PROFILES = ["basic", "strict", "isolated"] as const;
const PATH = "/etc/systemd/system/x.service";

/** The text of a unit after hardening. */
function hardened(text: string, profile: (typeof PROFILES)[number] = "basic", path = PATH): string {
  return applyEdits(text, hardenUnit(unitOf(text, path), profile).edits);
}

const BASIC = `
# File system
ProtectSystem=full
ProtectHome=read-only
PrivateTmp=yes

# Devices and kernel
PrivateDevices=yes
ProtectHostname=yes
ProtectClock=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes

# Privileges
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes

# System calls
SystemCallArchitectures=native

# Network
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
`;

/** A service that lacks nothing of the basic profile but what a test leaves out. */
const FULL = service("User=server", "StateDirectory=server");
const all = (): string => hardened(FULL);

describe("hardening in one step", () => {
  it("adds what is safe in groups with headings, behind the last setting", () => {
    assert.equal(hardened(service()), service() + BASIC);
  });

  it("knows a heading for every directive of the profiles", () => {
    const known = GROUPS.flatMap((it) => it.directives);
    assert.deepEqual(
      ROWS.map((it) => it.directive).filter((it) => !known.includes(it)),
      [],
    );
    assert.equal(new Set(known).size, known.length);
  });

  it("keeps a blank line to what follows", () => {
    assert.equal(
      hardened(`${service()}[Install]\nWantedBy=x.target\n`),
      `${service()}${BASIC}\n[Install]\nWantedBy=x.target\n`,
    );
    assert.equal(hardened(`${service()}\n[Install]\n`), `${service()}${BASIC}\n[Install]\n`);
  });

  it("leaves comments where they belong", () => {
    assert.equal(
      hardened(`${service()}#PrivateTmp=yes\n\n# on boot\n[Install]\n`),
      `${service()}#PrivateTmp=yes\n${BASIC}\n# on boot\n[Install]\n`,
    );
    assert.equal(hardened(`${service()}# on boot\n[Install]\n`), `${service()}${BASIC}\n# on boot\n[Install]\n`);
  });

  it("changes weak values in place and says what they were", () => {
    const text = service("ProtectSystem=yes", "Restart=always");
    const { settings } = hardenUnit(unitOf(text), "basic");
    assert.deepEqual(
      settings.filter((it) => it.replaces),
      [
        {
          line: "ProtectSystem=full",
          breaks: "Files below /usr, /boot, /efi and /etc cannot be written.",
          grade: "read",
          reason: "what gotosocial needs is known",
          replaces: "ProtectSystem=yes",
        },
      ],
    );
    assert.ok(
      hardened(text).startsWith(
        "[Service]\nExecStart=/usr/sbin/gotosocial --port=8080\nProtectSystem=full\nRestart=always\n\n",
      ),
    );
  });

  it("says for every line what may break", () => {
    for (const { line, breaks } of hardenUnit(unitOf(FULL), "isolated").settings)
      assert.match(breaks, /^[A-Z].*\.$/, line);
  });

  it("says of a list of what is denied what that list takes", () => {
    const { settings } = hardenUnit(unitOf(service("ExecStart=/opt/thing/thing")), "basic");
    const breaksOf = (start: string): string | undefined => settings.find((it) => it.line.startsWith(start))?.breaks;
    assert.equal(breaksOf("SystemCallFilter=~@"), "These calls fail, in programs that it starts as well.");
    assert.equal(breaksOf("RestrictAddressFamilies=~"), "Sockets of these families cannot be opened.");
  });

  it("puts what is left into the groups of an earlier run", () => {
    const text = all().replace("PrivateTmp=yes\n", "").replace("LockPersonality=yes\n", "");
    const again = hardened(text);
    assert.equal(again.match(/^# /gm)?.length, 5);
    assert.match(again, /\nProtectHome=tmpfs\n(?:ReadWritePaths=.*\n)?PrivateTmp=yes\n\n# Devices and kernel\n/);
    assert.match(again, /\nRestrictRealtime=yes\nLockPersonality=yes\n\n# System calls\n/);
  });

  it("makes a group anew where the heading stands alone", () => {
    const text = service("# Network", "Restart=always");
    assert.match(hardened(text), /\n\n# Network\nRestrictAddressFamilies=.*\n$/);
  });

  it("goes from basic to strict as in one step", () => {
    const lines = (text: string): string[] => text.split("\n").toSorted();
    assert.deepEqual(lines(hardened(hardened(FULL), "strict")), lines(hardened(FULL, "strict")));
    assert.match(
      hardened(FULL, "strict"),
      /\n# System calls\n.*=native\nSystemCallFilter=.*\nSystemCallErrorNumber=EPERM\n/,
    );
  });

  it("keeps line ends, and a missing one at the end", () => {
    const windows = hardened(service().replaceAll("\n", "\r\n"));
    assert.equal(windows, (service() + BASIC).replaceAll("\n", "\r\n"));
    assert.equal(hardened(service().trimEnd()), (service() + BASIC).trimEnd());
    assert.equal(hardened(`${service().trimEnd()} \\`), `${service().trimEnd()} \\\n\n${BASIC}`.trimEnd());
  });

  it("has nothing to add where it does not fit", () => {
    for (const [text, path] of [
      ["", PATH],
      ["[Unit]\nDescription=x\n", PATH],
      ["[Socket]\nListenStream=1\n", "/x.socket"],
      [service(), "/x.service.d/y.conf"],
      [service("ExecStart=/usr/sbin/sshd -D"), "/etc/systemd/user/x.service"],
    ] as const)
      assert.equal(hardened(text, "basic", path), text);
  });

  it("leaves alone what drop-ins say already", () => {
    const unit = unitOf(service(), PATH, ["[Service]\nPrivateTmp=no\nProtectHome=yes\n"]);
    const names = hardenUnit(unit, "basic").settings.map((it) => it.line.replace(/=.*/, ""));
    assert.ok(!names.includes("PrivateTmp") && !names.includes("ProtectHome") && names.includes("ProtectSystem"));
  });

  it("loses no line, adds nothing twice and leaves nothing that is safe to add, on mangled units", () => {
    const settings = fc.array(
      fc.constantFrom(
        "ProtectSystem=full",
        "PrivateTmp=no",
        "# Network",
        "# File system",
        "ProtectSystem=yes",
        "",
        "UMask=022",
      ),
      { maxLength: 6 },
    );
    const text = fc
      .tuple(mangledUnit, settings, mangledUnit, fc.constantFrom("\n", "\r\n"))
      .map(([a, lines, b, eol]) => `${a}${eol}[Service]${eol}ExecStart=/usr/sbin/x${eol}${lines.join(eol)}${eol}${b}`);
    fc.assert(
      fc.property(text, fc.constantFrom(...PROFILES), (source, profile) => {
        const unit = unitOf(source);
        const { edits, settings: added } = hardenUnit(unit, profile);
        const after = unitOf(applyEdits(source, edits));
        assert.deepEqual(safeSettings(after, profile), []);
        assert.deepEqual(hardenUnit(after, profile), { edits: [], settings: [] });
        const kept = edits.filter((it) => it.start === it.end);
        // What is only inserted can be taken out again.
        let rest = applyEdits(source, kept);
        for (const edit of kept.toReversed()) {
          const at = rest.lastIndexOf(edit.newText);
          rest = rest.slice(0, at) + rest.slice(at + edit.newText.length);
        }
        assert.equal(rest, source);
        for (const { line } of added) assert.ok(after.file.text.includes(line), line);
        if (assess(unit).loads) assert.ok(assess(after).loads);
      }),
      { numRuns: 300 },
    );
  });
});

describe("hardening by a drop-in", () => {
  it("is a file of its own that leaves nothing to add", () => {
    const { text } = hardenAsDropIn(unitOf(service("ProtectSystem=yes")), "basic", undefined);
    assert.equal(text, `[Service]${BASIC}`);
    const extended = unitOf(service("ProtectSystem=yes"), PATH, [text]);
    assert.deepEqual(hardenAsDropIn(extended, "basic", text), { text, edits: [], settings: [] });
  });

  it("repeats and copies only what systemd knows", () => {
    const unit = unitOf(
      service(
        "User=x",
        "AmbientCapabilities=CAP_NET_RAW CAP_NET_RAWW cap_kill",
        "SystemCallFilter=~@mount @mout",
        "SystemCallFilter=~nonsense",
        'SystemCallFilter=~@swap "open',
      ),
      PATH,
    );
    const { text } = hardenAsDropIn(unit, "strict", undefined);
    assert.match(text, /^CapabilityBoundingSet=CAP_KILL CAP_NET_RAW$/m);
    const families = unitOf(service("User=x", "RestrictAddressFamilies=~AF_PACKET AF_PACKT"), PATH);
    assert.match(hardenAsDropIn(families, "basic", undefined).text, /^RestrictAddressFamilies=~AF_PACKET$/m);
    assert.deepEqual(text.match(/^SystemCallFilter=~.*$/gm), ["SystemCallFilter=~@mount", "SystemCallFilter=~@swap"]);
    assert.deepEqual(
      findingsOf(text, "x.service.d/y.conf").map((it) => it.message),
      [],
    );
  });

  it("adds to what the drop-in says already", () => {
    const own = "# mine\n[Service]\nProtectSystem=strict\n\n# Network\nRestrictAddressFamilies=AF_UNIX\n";
    const { text } = hardenAsDropIn(unitOf(service(), PATH, [own]), "basic", own);
    assert.ok(text.startsWith(own));
    assert.match(text, /\n\n# File system\nProtectHome=read-only\n/);
    assert.equal(text.match(/RestrictAddressFamilies/g)?.length, 1);
  });

  it("makes the section where the drop-in has none", () => {
    const own = "[Unit]\nDescription=Wiki";
    const { text } = hardenAsDropIn(unitOf(service(), PATH, [own]), "basic", own);
    assert.equal(text, `${own}\n\n[Service]${BASIC}`);
  });
});

describe("confinement", () => {
  it("writes the empty root with a note, and once", () => {
    const text = service("ExecStart=/opt/x/bin/x --data /var/lib/x/data");
    const edits = confine(unitOf(text))?.edits ?? [];
    const after = applyEdits(text, edits);
    assert.match(
      after,
      /\n\n# Confinement: .*\nRuntimeDirectory=confinement\/%n\nRootDirectory=\/run\/confinement\/%n\nBindReadOnlyPaths=\/usr \/etc .* \/opt\/x .*\nBindPaths=-\/run\/x -\/var\/cache\/x -\/var\/log\/x\nInaccessiblePaths=-\+\/run\/confinement\/%n\nStateDirectory=x\nPrivateTmp=yes\nProtectSystem=strict\n$/,
    );
    assert.equal(confine(unitOf(after)), undefined);
    assert.ok(assess(unitOf(after)).loads);
  });

  const bound = (...lines: string[]): string[] => {
    const text = service(...lines);
    const after = applyEdits(text, confine(unitOf(text))?.edits ?? []);
    return /^BindPaths=(-.*)$/m.exec(after)?.[1]?.split(" ") ?? [];
  };

  it("binds what the unit names and what belongs to a service of its name, once", () => {
    const usual = ["-/run/x", "-/var/cache/x", "-/var/lib/x", "-/var/log/x"];
    assert.deepEqual(bound("ExecStart=/usr/bin/x"), usual);
    assert.deepEqual(bound("ExecStart=/usr/bin/x", "StateDirectory=x", "LogsDirectory=x", "BindPaths=/run/x"), [
      "-/var/cache/x",
    ]);
    const names = ["ReadWritePaths=-/srv/x/data /var/run/y", "WorkingDirectory=/srv/x", "PIDFile=/run/z/x.pid"];
    assert.deepEqual(bound("ExecStart=/usr/bin/x --log /var/log/x/x.log --conf /etc/x.conf /dev/null", ...names), [
      "-/run/x",
      "-/run/y",
      "-/run/z",
      "-/srv/x",
      "-/var/cache/x",
      "-/var/lib/x",
    ]);
    assert.deepEqual(bound("ExecStart=/usr/bin/x", "DynamicUser=yes"), []);
    assert.ok(bound("ExecStart=/usr/bin/x", "User=me").includes("-/var/lib/me"));
    assert.ok(!bound("ExecStart=/usr/bin/x", "User=nobody").includes("-/var/lib/nobody"));
    assert.ok(bound("ExecStart=/usr/bin/x", "User=%i").includes("-/home"));
  });

  it("says of a PID file straight below /run that it lies outside", () => {
    for (const [path, noted] of [
      ["/run/x.pid", true],
      ["/run/x/x.pid", false],
    ] as const) {
      const text = service("ExecStart=/usr/bin/x", `PIDFile=${path}`);
      const after = applyEdits(text, confine(unitOf(text))?.edits ?? []);
      assert.equal(after.includes(`# PIDFile=${path} is outside the root`), noted);
    }
  });

  it("is none for user units and for units without a command", () => {
    assert.equal(confine(unitOf(service(), "/etc/systemd/user/x.service")), undefined);
    assert.equal(confine(unitOf("[Service]\n")), undefined);
  });
});
