import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { packagedFiles } from "../../server/src/program/packages/packages.ts";
import { packageStatements } from "../../server/src/program/packages/statements.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { memoryFiles } from "./kit.ts";

const PROGRAM = "/usr/sbin/zorbd";
const POSTINST = "/var/lib/dpkg/info/zorb.postinst";

/** A machine on which the package of a program brought some files. */
function machine(brought: Parameters<typeof memoryFiles>[0]): ReturnType<typeof memoryFiles> {
  const paths = Object.keys(brought).filter((it) => it !== POSTINST);
  const files = memoryFiles({
    [PROGRAM]: "#!/bin/sh\nexit\n",
    ...brought,
    "/var/lib/dpkg/info/zorb.list": [PROGRAM, ...paths].join("\n"),
    "/var/lib/dpkg/info/other.list": "/usr/lib/tmpfiles.d/other.conf",
    "/usr/lib/tmpfiles.d/other.conf": "d /run/other 0755 other other\n",
  });
  const packages = packagedFiles(files);
  assert.ok(packages);
  return { ...files, packageOf: packages.packageOf, statementsOf: packages.statementsOf };
}

/** What the package says, as `kind value owner line`. */
const said = (path: string, text: string): readonly string[] =>
  packageStatements(PROGRAM, machine({ [path]: text })).map(({ kind, value, owner, line }) =>
    [kind, value, ...(owner === undefined ? [] : [owner]), line].join(" "),
  );

describe("what the package of a program says of it", () => {
  it("is nothing for a word of a script that JavaScript has a meaning for", () => {
    assert.deepEqual(said(POSTINST, "constructor /var/lib/zorb\ntoString x\nmkdir /var/lib/zorb\n"), [
      "place /var/lib/zorb 3",
    ]);
  });

  it("is read from its files alone", () => {
    assert.deepEqual(
      said(
        "/usr/lib/tmpfiles.d/zorb.conf",
        "# of zorb\nd /var/run/zorb/ 0755 zorb zorb -\nz /etc/zorb - root root\nr! /x\n",
      ),
      ["place /run/zorb zorb 2", "place /etc/zorb 3"],
    );
    assert.deepEqual(packageStatements("/opt/zorbd", machine({})), []);
  });

  it("names users with their homes", () =>
    assert.deepEqual(said("/usr/lib/sysusers.d/zorb.conf", 'u! zorb - "Zorb daemon" /var/lib/zorb -\ng other -\n'), [
      "user zorb 1",
      "place /var/lib/zorb zorb 1",
    ]));

  it("names the groups that users are added to", () => {
    assert.deepEqual(said("/usr/lib/sysusers.d/zorb.conf", "u zorb -\nm zorb dialout\n"), [
      "user zorb 1",
      "member dialout zorb 2",
    ]);
    assert.deepEqual(said(POSTINST, "adduser --quiet zorb dialout\nusermod -a -G video,audio zorb || true\n"), [
      "member dialout zorb 1",
      "member video zorb 2",
      "member audio zorb 2",
    ]);
  });

  it("names what is rotated, with its new owner, and how the program is told", () =>
    assert.deepEqual(
      said(
        "/etc/logrotate.d/zorb",
        "/var/log/zorb/*.log\n/var/log/zorb.log {\n  create 0640 zorb adm\n  postrotate\n    kill -HUP `cat /run/zorb.pid`\n    invoke-rc.d --quiet zorb reload\n  endscript\n}\n/var/log/b {\n}\n",
      ),
      [
        "signal SIGHUP 5",
        "signal reload 6",
        "place /var/log/zorb/*.log zorb 1",
        "place /var/log/zorb.log zorb 2",
        "place /var/log/b 9",
      ],
    ));

  it("names jobs, names of the bus, groups of devices and what AppArmor leaves", () => {
    assert.deepEqual(
      said("/etc/cron.d/zorb", "PATH=/bin\n*/5 * * * * zorb /usr/bin/zorb-clean\n@daily root /usr/bin/x\n"),
      ["job /usr/bin/zorb-clean zorb 2", "job /usr/bin/x 3"],
    );
    assert.deepEqual(
      said(
        "/usr/share/dbus-1/system.d/z.conf",
        '<policy user="zorb">\n<allow own="org.zorb"/>\n</policy>\n<policy context="default">\n',
      ),
      ["name org.zorb zorb 2"],
    );
    assert.deepEqual(said("/usr/lib/udev/rules.d/60-z.rules", 'SUBSYSTEM=="tty", GROUP="zorb", MODE="0660"\n'), [
      "device zorb 1",
    ]);
    assert.deepEqual(
      said(
        "/etc/apparmor.d/usr.sbin.zorbd",
        "capability chown,\ncapability sys_time net_raw,\n/etc/zorb.conf r,\nowner /var/lib/zorb/** rwk,\n/dev/log w,\n",
      ),
      ["capability CAP_CHOWN 1", "capability CAP_SYS_TIME 2", "capability CAP_NET_RAW 2", "place /var/lib/zorb 4"],
    );
  });

  it("names what scripts make and give away, by variables that they set plainly too", () =>
    assert.deepEqual(
      said(
        POSTINST,
        'DIR=/var/lib/zorb\nif true; then adduser --system --gecos "Zorb daemon" \\\n  --home "$DIR" _zorb || true; fi\nchown -R _zorb:adm $DIR/data "$UNKNOWN"\ninstall -d -o _zorb /run/zorb\nmkdir -p /srv/zorb\ndpkg-statoverride --update --add _zorb _zorb 0750 /etc/zorb\n',
      ),
      [
        "user _zorb 2",
        "place /var/lib/zorb _zorb 2",
        "place /var/lib/zorb/data _zorb 4",
        "place /run/zorb _zorb 5",
        "place /srv/zorb 6",
        "place /etc/zorb _zorb 7",
      ],
    ));

  it("is read of any text without an end", () => {
    const paths = ["/etc/logrotate.d/z", "/etc/cron.d/z", "/etc/apparmor.d/z", "/usr/lib/tmpfiles.d/z.conf", POSTINST];
    const words = fc.constantFrom(
      "/a/b ",
      "chown ",
      "{\n",
      "}\n",
      "create 640 z\n",
      "postrotate\n",
      "* ",
      "capability ",
      '"',
      "\\\n",
      "adduser ",
      "--home=",
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(fc.oneof(words, fc.string())), (path, parts) => {
        for (const it of packageStatements(PROGRAM, machine({ [path]: parts.join("") }))) assert.ok(it.line > 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a service whose package speaks of it", () => {
  const UNIT = "/etc/systemd/system/zorb.service";
  const run = (unit: string, brought: Parameters<typeof memoryFiles>[0], ...argv: readonly string[]): string => {
    const host: Host = { ...memoryHost({ [UNIT]: unit }), programFiles: () => machine(brought) };
    return runOver(host, ...argv).stdout;
  };

  it("is shown with it, an owned place once", () =>
    assert.match(
      run(
        `[Service]\nExecStart=${PROGRAM}\n`,
        { "/usr/lib/tmpfiles.d/zorb.conf": "d /run/zorb 0755 zorb\n", "/etc/logrotate.d/zorb": "/run/zorb {\n}\n" },
        "inspect",
        "zorb.service",
      ),
      /told by its package\n {4}has \/run\/zorb, which belongs to zorb: \/usr\/lib\/tmpfiles\.d\/zorb\.conf:1\n {2}\w/,
    ));

  it("keeps the places writable that are given to its user, where hardening would close them", () => {
    const brought = { [POSTINST]: "chown zorb /etc/keys/z /etc/keys/z/state /etc/z.conf\nchown other /etc/other\n" };
    const unit = `[Service]\nExecStart=${PROGRAM}\nUser=zorb\n`;
    const harden = (text: string): string => run(text, brought, "harden", UNIT);
    assert.match(harden(unit), /\+ReadWritePaths=.*-\/etc\/keys\/z(?: |\n)/);
    assert.doesNotMatch(harden(unit), /\/etc\/(?:other|z\.conf|keys\/z\/state)/);
    assert.doesNotMatch(harden(unit.replace("=zorb", "=third")), /\/etc\/keys/);
    // Who closed them before meant it.
    assert.doesNotMatch(harden(`${unit}ProtectSystem=strict\n`), /\/etc\/keys/);
  });

  it("keeps the capabilities that its profile of AppArmor has", function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    const program = { [PROGRAM]: compiled("int main(void) { return 0; }") };
    const unit = `[Service]\nExecStart=${PROGRAM}\n`;
    const taken = (more: Readonly<Record<string, string>>): string =>
      /\+CapabilityBoundingSet=(.*)/.exec(run(unit, { ...program, ...more }, "harden", UNIT))?.[1] ?? "";
    assert.ok(taken({}).includes("CAP_SYS_TIME"));
    const kept = taken({ "/etc/apparmor.d/usr.sbin.zorbd": "capability sys_time,\n" });
    assert.ok(kept.includes("CAP_SYS_MODULE") && !kept.includes("CAP_SYS_TIME"), kept);
  });

  const ACCOUNTS = {
    "/etc/passwd": "root:x:0:0::/root:/bin/sh\nzorb:x:900:901::/nonexistent:/bin/false\n",
    "/etc/group": "zorb:x:901:\ndialout:x:20:alice,zorb\nother:x:77:\n",
  };
  const NAMES = "#!/bin/sh\ncat /srv/z/own /srv/z/shared /srv/z/read /srv/z/all /srv/z/root /etc/z/z.conf\n";
  const OWNED = {
    ...ACCOUNTS,
    [PROGRAM]: NAMES,
    "/srv/z/own": { bytes: "", user: 900 },
    "/srv/z/shared": { bytes: "", group: 901, mode: 0o660 },
    "/srv/z/read": { bytes: "", group: 901, mode: 0o640 },
    "/srv/z/all": { bytes: "", group: 901, mode: 0o666 },
    "/srv/z/root": "",
    "/srv/z/unnamed": { bytes: "", user: 900 },
    "/etc/z/z.conf": { bytes: "", user: 900 },
  };

  it("keeps what it names and its user owns on the machine, or may write by a group", () => {
    const unit = `[Service]\nExecStart=${PROGRAM}\nUser=zorb\nStateDirectory=zorb\n`;
    const strict = run(unit, OWNED, "harden", UNIT, "--profile", "strict", "--likely");
    const lines = strict.match(/^\+ReadWritePaths=.*$/gm)?.join(" ") ?? "";
    assert.deepEqual(lines.match(/(?<=-)\/srv\/\S+/g), ["/srv/z/own", "/srv/z/shared"], strict);
    assert.doesNotMatch(
      run(unit.replace("=zorb", "=third"), OWNED, "harden", UNIT, "--profile", "strict", "--likely"),
      /srv/,
    );
    const shown = run(unit, OWNED, "inspect", "zorb.service");
    assert.match(shown, /owned on this machine\n {4}\/srv\/z\/own belongs to zorb: \/usr\/sbin\/zorbd names it\n/);
  });

  it("leaves devices to a user with a group of devices", () => {
    const unit = `[Service]\nExecStart=${PROGRAM}\nUser=zorb\n`;
    const why = (files: typeof OWNED, text = unit): boolean =>
      /its user has the group dialout/.test(run(text, files, "harden", UNIT, "--profile", "strict"));
    assert.equal(why(OWNED), true);
    assert.equal(why({ ...OWNED, "/etc/group": "zorb:x:901:\n" }), false);
    assert.equal(why(OWNED, `${unit}DynamicUser=yes\n`), false);
    assert.equal(why({ ...OWNED, "/etc/group": "", [POSTINST]: "adduser zorb dialout\n" } as typeof OWNED), true);
  });
});
