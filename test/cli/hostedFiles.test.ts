import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { expectLinear } from "../kit/growth.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const SCRIPT = "cat > /etc/systemd/system/a.service <<'EOF'\n[Service]\nExecStart=!!/bin/echo 100\\d\nEOF\n";
const MENDED = SCRIPT.replace("!!", "").replace("\\d", "\\\\d");
const MODULE = `{ systemd.services.a.serviceConfig = { ExecStart = "/bin/x"; ProtectHome = "ye"; }; }\n`;
const PLAIN = "cat > /etc/systemd/system/a.service <<'EOF'\n[Service]\nExecStart=/bin/x\nEOF\n";
const NOT_UTF8 = (text: string): Buffer => Buffer.concat([Buffer.from("# caf\xe9\n", "latin1"), Buffer.from(text)]);

describe("cli: files of other languages with units", () => {
  it("are written through no link out of the folder that is named, which is said", () => {
    const host = memoryHost(
      { "/u/a.sh": SCRIPT, "/o/b.sh": SCRIPT, "/o/c.sh": MENDED },
      { links: { "/u/b.sh": "/o/b.sh", "/u/c.sh": "/o/c.sh" } },
    );
    const { stderr, status } = runOver(host, "check", "--profile", "off", "--fix", "/u");
    assert.equal(stderr, "unit-warden: note: /u/b.sh is not fixed: this link leads out of /u, to /o/b.sh\n");
    assert.deepEqual(host.written, ["/u/a.sh"]);
    assert.equal(host.files.get("/u/a.sh"), MENDED);
    assert.equal(status, 1, "what is left is a finding");
    assert.equal(
      runOver(host, "check", "--profile", "off", "--fix", "/u/b.sh").stderr,
      "",
      "one that is named is meant",
    );
    assert.equal(host.files.get("/o/b.sh"), MENDED);
  });

  it("are not fixed where they are not UTF-8, which is said", () => {
    const host = memoryHost({ "/u/a.sh": NOT_UTF8(SCRIPT) });
    const { stderr } = runOver(host, "check", "--profile", "off", "--fix", "/u/a.sh");
    assert.equal(stderr, "unit-warden: note: /u/a.sh is not fixed: it is not valid UTF-8\n");
    assert.deepEqual(host.written, []);
  });

  it("are not fixed where they are standard input, which is said", () => {
    const host = memoryHost({}, { piped: SCRIPT });
    const { stderr } = runOver(host, "check", "--profile", "off", "--fix", "--stdin-path", "/u/a.sh");
    assert.equal(stderr, "unit-warden: note: /u/a.sh: not fixed: standard input is only checked\n");
    assert.deepEqual(host.written, []);
  });

  it("are not hardened where they are not UTF-8, which is said", () => {
    const host = memoryHost({ "/u/a.sh": NOT_UTF8(PLAIN) });
    const { stderr, status } = runOver(host, "harden", "--write", "/u/a.sh");
    assert.equal(stderr, "unit-warden: /u/a.sh: this is not valid UTF-8: the file is left as it is\n");
    assert.equal(status, 2);
  });

  it("are hardened and assessed whatever their text begins with", () => {
    const contents = "[Service]\\nExecStart=/bin/x\\n";
    const files = {
      "/u/a.sh": `#!/bin/sh\n${PLAIN}`,
      "/u/d.ign": `{"ignition":{"version":"3.4.0"},"systemd":{"units":[{"name":"a.service","contents":"${contents}"}]}}`,
    };
    for (const path of Object.keys(files)) {
      const host = memoryHost(files);
      const { stderr, status } = runOver(host, "security", path);
      assert.deepEqual([stderr, status], ["", 0], path);
      for (const named of [path, "/u"]) {
        assert.equal(runOver(host, "harden", "--write", named).stderr, "", path);
        assert.ok(host.written.includes(path), `${path} is hardened as ${named}`);
      }
    }
  });

  it("are hardened where no other service gets it, too", () => {
    const shared = `let common = { PrivateTmp = "yes"; }; all = { ExecStart = "/bin/x"; }; in {
  systemd.services.a.serviceConfig = common // { ExecStart = "/bin/x"; };
  systemd.services.b.serviceConfig = common // { ExecStart = "/bin/y"; WorkingDirectory = "/home/y"; };
  systemd.services.c.serviceConfig = all;
  systemd.services.d.serviceConfig = all;
  systemd.services.e = { script = "x"; serviceConfig = common; };
  systemd.services.f = { script = "cat /home/x"; serviceConfig = common; };
}
`;
    const host = memoryHost({ "/u/a.nix": shared });
    runOver(host, "harden", "--write", "/u/a.nix");
    const text = String(host.files.get("/u/a.nix"));
    assert.match(text, /common = \{ PrivateTmp = "yes"; \};/, "it is not known what they all bear");
    assert.match(text, /all = \{ ExecStart = "\/bin\/x"; ProtectHome = /, "they say the same");
    assert.match(text, /common \/\/ \{ ExecStart = "\/bin\/x"; ProtectHome = "read-only"; /);
    assert.doesNotMatch(text, /WorkingDirectory = "\/home\/y"; ProtectHome/);
  });

  it("keep a weak value that other services have, too", () => {
    const shared = `let common = { ProtectSystem = "yes"; }; in {
  systemd.services.a.serviceConfig = common // { ExecStart = "/bin/x"; };
  systemd.services.b.serviceConfig = common // { ExecStart = "/bin/y"; ReadWritePaths = "/home/y"; };
}
`;
    const host = memoryHost({ "/u/a.nix": shared });
    runOver(host, "harden", "--write", "--profile", "strict", "--likely", "/u/a.nix");
    assert.match(String(host.files.get("/u/a.nix")), /common = \{ ProtectSystem = "yes"; \};/);
    assert.deepEqual(host.written, ["/u/a.nix"]);
  });

  it("are hardened where nothing swallows what is added", () => {
    const swallows = MODULE.replace("/bin/x", "/bin/x \\\\").replace("ye", "yes");
    const host = memoryHost({ "/u/a.nix": swallows });
    runOver(host, "harden", "--write", "/u/a.nix");
    assert.deepEqual(host.written, []);
    const plain = memoryHost({ "/u/a.nix": MODULE.replace("ye", "yes") });
    runOver(plain, "harden", "--write", "/u/a.nix");
    assert.deepEqual(plain.written, ["/u/a.nix"]);
  });

  it("are read once for the exposure of all their services", () => {
    const script = (size: number): string =>
      Array.from({ length: size }, (_, i) => PLAIN.replace("a.service", `a${i}.service`)).join("");
    const exposures = (text: string): unknown => runOver(memoryHost({ "/u/a.sh": text }), "security", "/u/a.sh").status;
    expectLinear(60, script, exposures);
  }).timeout(300_000);
});
