import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listedUnder } from "../kit/listedUnder.ts";
import { type Content, type MemoryHost, memoryHost, runOn, runOver } from "../kit/memoryHost.ts";

const UNIT = "/u/x.service";
const PLAIN = "[Service]\nExecStart=/usr/sbin/gotosocial --port 8080\n\n[Install]\nWantedBy=multi-user.target\n";

/** What makes a dollar sign special to Nix. */
const REST = "{d}";

const harden = (host: MemoryHost, ...argv: readonly string[]) => runOver(host, "harden", ...argv);
const over = (content: Content, ...argv: readonly string[]) => harden(memoryHost({ [UNIT]: content }), ...argv, UNIT);

describe("cli harden", () => {
  it("writes no drop-in through a link out of the folder of the unit", () => {
    const unit = "[Service]\nExecStart=/bin/true\n";
    const files = { "/u/x.service": unit, "/etc/y.service.d/other.conf": "[Service]\n" };
    for (const named of ["/u", "/u/x.service"]) {
      const host = memoryHost(files, { links: { "/u/x.service.d": "/etc/y.service.d" } });
      const { stderr, status } = harden(host, "--drop-in", "--write", named);
      assert.equal(
        stderr,
        "unit-warden: /u/x.service: /u/x.service.d/hardening.conf leads out of the folder, to /etc/y.service.d: nothing is written\n",
      );
      assert.equal(status, 2);
      assert.deepEqual(host.written, []);
    }
  });

  it("prints what it would add as a diff, with a line for each setting, and writes nothing", () => {
    const host = memoryHost({ [UNIT]: PLAIN });
    const { stdout, stderr, status } = harden(host, UNIT);
    assert.match(
      stdout,
      /^# \/u\/x\.service: 16 settings to add, exposure 9\.\d → \d\.\d\n# read: what gotosocial needs is known\n# {3}ProtectSystem=full: [A-Z]/,
    );
    assert.equal(stdout.match(/^# {3}\w+=.*: [A-Z].*\.$/gm)?.length, 16);
    assert.match(stdout, /\n--- \/u\/x\.service\n\+\+\+ \/u\/x\.service\n@@ -1,5 \+1,31 @@\n \[Service\]\n/);
    assert.match(stdout, /\n\+# File system\n\+ProtectSystem=full\n/);
    assert.doesNotMatch(stdout, /^-[^-]/m);
    assert.deepEqual([stderr, status, host.written], ["", 1, []]);
  });

  it("says what a setting may break once for several files", () => {
    const host = memoryHost({ [UNIT]: PLAIN, "/u/y.service": PLAIN });
    const { stdout } = harden(host, "/u");
    const [first = "", second = ""] = stdout.split("# /u/y.service");
    assert.match(first, /^# {3}PrivateTmp=yes, \d+ of \d+: Sockets /m);
    assert.doesNotMatch(first, /as said above/);
    assert.match(second, /^# {3}ProtectSystem=full, PrivateDevices=yes, .*: as said above$/m);
    assert.doesNotMatch(second, /Sockets/);
  });

  it("keeps comments to the width of a terminal, and breaks none of a pipe", () => {
    const comments = (isTerminal: boolean): readonly string[] => {
      const terminal = { colours: false, isTerminal, width: 80, progress: () => undefined };
      const { stdout } = runOn(["harden", UNIT], memoryHost({ [UNIT]: PLAIN }), terminal);
      return stdout.split("\n").filter((it) => it.startsWith("#"));
    };
    assert.ok(comments(true).every((it) => it.length <= 80));
    assert.ok(comments(false).some((it) => it.length > 80));
    const joined = comments(true)
      .join("\n")
      .replaceAll(/\n# {5}/g, " ");
    assert.equal(joined, comments(false).join("\n"));
  });

  it("leaves out what is only likely to be safe, says what has to hold for it, and adds it with --likely", () => {
    const host = memoryHost({ [UNIT]: PLAIN.replace("gotosocial --port 8080", "x") });
    const { stdout } = runOver(host, "harden", UNIT);
    assert.match(stdout, listedUnder("likely: ", "PrivateDevices=yes, if it opens no hardware\\n"));
    assert.match(stdout, /^# likely: --likely adds them; unit-warden try --likely tests them on the machine$/m);
    assert.doesNotMatch(stdout, /^\+PrivateDevices=/m);
    const likely = runOver(host, "harden", "--likely", UNIT).stdout;
    assert.match(likely, listedUnder("likely: if it opens no hardware", "PrivateDevices=yes: [A-Z]"));
    assert.match(likely, /^\+PrivateDevices=yes$/m);
    assert.doesNotMatch(likely, /^# likely: --likely/m);
  });

  it("names what a value replaces", () => {
    const { stdout } = over(PLAIN.replace("\n\n", "\nProtectSystem=yes\n\n"));
    assert.match(
      stdout,
      listedUnder("read: what gotosocial needs is known", "ProtectSystem=full in place of ProtectSystem=yes: "),
    );
    assert.match(stdout, /^-ProtectSystem=yes\n\+ProtectSystem=full\n/m);
  });

  it("writes, and the second time has nothing to do", () => {
    const host = memoryHost({ [UNIT]: PLAIN });
    const first = harden(host, "--write", UNIT);
    assert.match(
      first.stdout,
      /^# \/u\/x\.service: 16 settings written, exposure .*\n(?:# (?:read|proven|usual): .*\n(?:# {3}\w+=.*\n)+)+# not added\n(?:# {3}\w+=.*\n){2}# 3 questions to its owner are open: .*\n$/,
    );
    assert.deepEqual([first.stderr, first.status, host.written], ["", 0, [UNIT]]);
    const text = host.files.get(UNIT);
    const second = harden(host, "--write", UNIT);
    assert.deepEqual(
      [second.stdout.split("\n")[0], second.stderr, second.status],
      [`# ${UNIT}: nothing to add`, "", 0],
    );
    assert.match(second.stdout, /^# {3}.*NoNewPrivileges=yes: it is not known to be safe here$/m);
    assert.equal(harden(host, UNIT).status, 0);
    assert.deepEqual([host.files.get(UNIT), host.written], [text, [UNIT]]);
  });

  it("takes a directory that it declares itself for no more than the path that named it", () => {
    const text = "[Service]\nExecStart=/usr/d -logfile=/var/log/d/\nProtectSystem=strict\n";
    const host = memoryHost({ [UNIT]: text });
    assert.match(harden(host, "--write", UNIT).stdout, /^# {3}LogsDirectory=d: /m);
    assert.match(harden(host, UNIT).stdout, /^# \/u\/x\.service: nothing to add$/m);
  });

  it("adds more with a stricter profile", () => {
    assert.match(over(PLAIN, "--profile", "strict").stdout, /^\+SystemCallFilter=@system-service/m);
    assert.doesNotMatch(over(PLAIN).stdout, /SystemCallFilter/);
  });

  describe("--drop-in", () => {
    const DROP_IN = `${UNIT}.d/hardening.conf`;

    it("prints a new file, or writes it next to the unit, which stays as it is", () => {
      const host = memoryHost({ [UNIT]: PLAIN });
      const dry = harden(host, "--drop-in", UNIT);
      assert.match(
        dry.stdout,
        /\n--- \/dev\/null\n\+\+\+ \/u\/x\.service\.d\/hardening\.conf\n@@ -0,0 \+1,26 @@\n\+\[Service\]\n/,
      );
      assert.equal(dry.status, 1);
      assert.equal(harden(host, "--drop-in", "--write", UNIT).status, 0);
      assert.deepEqual(host.written, [DROP_IN]);
      assert.match(String(host.files.get(DROP_IN)), /^\[Service\]\n# File system\nProtectSystem=full\n/);
      assert.equal(host.files.get(UNIT), PLAIN);
      for (const how of [["--drop-in"], ["--drop-in", "--write"], ["--write"]])
        assert.equal(harden(host, ...how, UNIT).stdout.match(/nothing to add/)?.length, 1, how.join());
      assert.deepEqual(host.written, [DROP_IN]);
    });

    it("adds to the one that is there", () => {
      const own = "[Service]\nMemoryMax=1G\n";
      const host = memoryHost({ [UNIT]: PLAIN, [DROP_IN]: own });
      harden(host, "--drop-in", "--write", UNIT);
      assert.match(String(host.files.get(DROP_IN)), /^\[Service\]\nMemoryMax=1G\n\n# File system\n/);
      harden(host, "--drop-in", "--write", "--profile", "strict", UNIT);
      assert.match(String(host.files.get(DROP_IN)), /\nSystemCallArchitectures=native\nSystemCallFilter=/);
    });

    it("does not hide another drop-in, nor adds to one that systemd does not read", () => {
      const shared = memoryHost({ [UNIT]: PLAIN, "/u/service.d/hardening.conf": "[Service]\nPrivateTmp=yes\n" });
      assert.match(harden(shared, "--drop-in", "--write", UNIT).stderr, /would hide service\.d\/hardening\.conf/);
      const broken = memoryHost({ [UNIT]: PLAIN, [DROP_IN]: "[Service\n" });
      const { stderr, status } = harden(broken, "--drop-in", "--write", UNIT);
      assert.match(stderr, /systemd does not read .*hardening\.conf to its end/);
      assert.deepEqual([status, broken.written], [2, []]);
    });
  });

  describe("bad input", () => {
    const refused = (content: Content, message: RegExp, expected = 1): void => {
      for (const how of [[], ["--write"], ["--drop-in", "--write"], ["--format", "nix"]]) {
        const host = memoryHost({ [UNIT]: content });
        const { stdout, stderr, status } = harden(host, ...how, UNIT);
        assert.match(stderr, message);
        assert.deepEqual([stdout, status, host.written], ["", expected, []]);
      }
    };

    it("leaves files alone that are no UTF-8", () => {
      const bytes = Uint8Array.from([...new TextEncoder().encode(`${PLAIN}# `), 0xe9, 0x0a]);
      refused(bytes, /^unit-warden: \/u\/x\.service: this is not valid UTF-8, .* left as it is\n$/, 2);
    });

    it("leaves units alone that have bytes which nobody sees", () => {
      refused(`${PLAIN}\0`, /^unit-warden: \/u\/x\.service: this has NUL bytes, .* left as it is\n$/, 2);
      refused(`${PLAIN.replace("\n", "\0\n")}`, /NUL bytes/, 2);
    });

    it("leaves units alone that systemd refuses or that are masked", () => {
      refused("[Service]\nType=oneshot\n", /nothing to harden: .*\n$/);
      refused("[Service\nExecStart=/bin/true\n", /nothing to harden: .*refuses the unit\n$/);
      refused("", /nothing to harden: An empty file masks the unit/);
    });

    it("names what cannot be read, is no service or leads nowhere, and does the rest", () => {
      const files = { [UNIT]: PLAIN, "/u/y.service": new Error("EACCES"), "/u/z.socket": "[Socket]\nListenStream=1\n" };
      const host = memoryHost(files, { links: { "/u/m.service": "/dev/null" } });
      const named = ["/u/y.service", "/u/z.socket", "/u/m.service", "/u/none.service"];
      const { stderr, status } = harden(host, "--write", UNIT, ...named);
      assert.deepEqual([status, host.written], [2, [UNIT]]);
      assert.equal(
        stderr,
        "unit-warden: /u/m.service: this link leads to no file, as that of a masked unit does: there is nothing to harden\n" +
          "unit-warden: /u/none.service: there is no such file or folder\n" +
          "unit-warden: /u/z.socket: only service files and .container files can be hardened\n" +
          "unit-warden: /u/y.service: EACCES\n",
      );
    });

    it("changes no template by what one of its instances bears", () => {
      const files = {
        "/u/a@.service": "[Service]\nExecStart=/usr/bin/dockerd %i\n",
        "/u/a@1.service.d/x.conf": "[Service]\nExecStart=\nExecStart=/usr/sbin/nginx\n",
      };
      const host = memoryHost(files, { links: { "/u/a@1.service": "/u/a@.service" } });
      const { stdout, stderr, status } = harden(host, "--write", "/u/a@1.service");
      const why = "this link leads to a@.service, which all of its instances share: name that, or add --drop-in";
      assert.deepEqual([stdout, stderr, status], ["", `unit-warden: /u/a@1.service: ${why}\n`, 2]);
      assert.equal(harden(host, "--write", "--drop-in", "/u/a@1.service").stderr, "");
      assert.deepEqual(host.written, ["/u/a@1.service.d/hardening.conf"]);
      assert.equal(harden(host, "--write", "/u/a@.service").stderr, "");
    });

    it("walks folders for services, without links and masks", () => {
      const files = { [UNIT]: PLAIN, "/u/masked.service": "", "/u/z.timer": "[Timer]\n", "/v/a.service": PLAIN };
      const host = memoryHost(files, { links: { "/u/alias.service": "/v/a.service" } });
      const { stdout, stderr, status } = harden(host, "/u");
      assert.deepEqual(stdout.match(/^# \/.*?:/gm), ["# /u/x.service:"]);
      assert.deepEqual([stderr, status], ["", 1]);
      assert.match(harden(host, "/u/alias.service").stdout, /^# \/u\/alias\.service: 16 settings to add/);
    });

    it("says how it is called", () => {
      for (const argv of [[], ["--profile", "off", UNIT], ["--format", "nix", "--write", UNIT], ["--fix", UNIT]]) {
        const { stdout, stderr, status } = over(PLAIN, ...argv.slice(0, -1), ...(argv.length > 0 ? [] : ["--systemd"]));
        assert.deepEqual([stdout, status], ["", 2], argv.join(" "));
        assert.match(stderr, /^unit-warden: .*\nunit-warden harden --help lists its options\n$/);
        assert.doesNotMatch(stderr, /\ncheck: /);
      }
      assert.match(over(PLAIN, "--help").stdout, /^harden: /m);
    });
  });

  describe("--format nix", () => {
    const nix = (...lines: readonly string[]): string => {
      const text = `[Unit]\nDescription=Wiki\n[Service]\nUser=wiki\nExecStart=/usr/bin/python3 /opt/x --port 8080\nWorkingDirectory=/opt/wiki\n${lines.join("\n")}\n`;
      const { stdout, status } = over(text, "--format", "nix", "--system");
      assert.equal(status, 0);
      return stdout;
    };

    it("prints an attribute set of what the hardened service sets", () => {
      const out = nix("ProtectSystem=true", "ProtectHome=bogus", "LockPersonality=1");
      assert.match(out, /^systemd\.services\.x\.serviceConfig = \{\n {2}# File system\n(?:.*\n)+\};\n$/);
      assert.match(out, /^ {2}PrivateTmp = true;$/m);
      assert.match(out, /^ {2}LockPersonality = true;$/m);
      assert.match(out, /^ {2}RestrictAddressFamilies = "~AF_ATMPVC .*";$/m);
    });

    it("writes lists as lists, deny lists and resets as one text, and escapes what Nix would read", () => {
      const out = nix(
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged @resources",
        "CapabilityBoundingSet=CAP_CHOWN",
        "CapabilityBoundingSet=",
        "ReadWritePaths=/a /b",
        `ReadOnlyPaths="/c $${REST}"`,
        "BindPaths=/x:/y",
        "UMask=0077",
        "RestrictNamespaces=true",
        "LoadCredential=a:/b c",
        "LoadCredential=d:/e",
      );
      for (const line of [
        'SystemCallFilter = [ "@system-service" "~@privileged @resources" ];',
        'CapabilityBoundingSet = "";',
        'ReadWritePaths = [ "/a" "/b" "-/etc/x" "-/etc/wiki" ];',
        `ReadOnlyPaths = "\\"/c \\$${REST}\\"";`,
        'BindPaths = "/x:/y";',
        'UMask = "0077";',
        "RestrictNamespaces = true;",
        'LoadCredential = [ "a:/b c" "d:/e" ];',
      ])
        assert.ok(out.includes(`\n  ${line}\n`), `${line}\n${out}`);
    });

    it("quotes names, and knows user services and services without any setting", () => {
      const host = memoryHost({
        "/a/x@.service": PLAIN,
        "/etc/systemd/user/y.service": PLAIN.replace("\n\n", "\nUMask=077\n\n"),
        "/etc/systemd/user/z.service": PLAIN,
      });
      assert.match(
        harden(host, "--format", "nix", "/a/x@.service").stdout,
        /^systemd\.services\."x@"\.serviceConfig = /,
      );
      assert.equal(
        harden(host, "--format", "nix", "/etc/systemd/user").stdout,
        'systemd.user.services.y.serviceConfig = {\n  # File system\n  UMask = "077";\n};\n\n# z.service has no sandboxing settings\n',
      );
    });
  });
});

describe("cli: relative paths", () => {
  it("are read by the folders above them: nothing is added to a user unit that its manager cannot do", () => {
    const path = "/home/x/.config/systemd/user/emacs.service";
    const text = "[Service]\nExecStart=/usr/bin/emacs --fg-daemon\n";
    const cwd = path.slice(0, path.lastIndexOf("/"));
    const host = memoryHost({ [path]: text, "emacs.service": text, "./emacs.service": text }, { cwd });
    for (const given of [path, "emacs.service", "./emacs.service"])
      assert.match(harden(host, "--profile", "strict", given).stdout, /: nothing to add\n/, given);
    assert.match(harden(host, "--system", "emacs.service").stdout, /: \d+ settings to add/);
  });
});
