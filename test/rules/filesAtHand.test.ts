import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

type Texts = Readonly<Record<string, string>>;

/** What `check` finds in a service of a machine or of a tree with some files, as "line severity code: message". */
function found(unit: string, files: Texts, path = "/etc/systemd/system/app.service"): readonly string[] {
  const host: Host = { ...memoryHost({ [path]: unit }), programFiles: () => memoryFiles(files) };
  const { stdout } = runOver(host, "check", path, "--profile", "off", "--format", "json");
  const { files: all } = JSON.parse(stdout) as {
    readonly files: readonly {
      readonly findings: readonly {
        readonly code: string;
        readonly severity: string;
        readonly start: { readonly line: number };
        readonly message: string;
      }[];
    }[];
  };
  return all.flatMap(({ findings }) =>
    findings.map((it) => `${it.start.line + 1} ${it.severity} ${it.code}: ${it.message}`),
  );
}

const TREE = "/srv/tree/etc/systemd/system/app.service";
const service = (...lines: readonly string[]): string =>
  `[Service]\nExecStart=/opt/app/server\n${lines.map((it) => `${it}\n`).join("")}`;

describe("the files of a machine in check", () => {
  const withEnvironment = service("EnvironmentFile=/etc/default/app");
  const environment = (text: string): readonly string[] => found(withEnvironment, { "/etc/default/app": text });
  const begin = "3 warning unit/environment-file: EnvironmentFile= reads /etc/default/app, whose line";

  it("say what an environment file means to systemd", () => {
    for (const [text, rest] of [
      ["A=1\nexport PORT=8080\n", "2 begins with export: systemd ignores the line; leave export out"],
      [
        "APP-PORT=1\n",
        '1 has an invalid name "APP-PORT": systemd ignores the line; names have letters, digits and _ only',
      ],
      [
        "PORT=8080 # public\n",
        '1 has a comment after its value: PORT is "8080 # public"; comments stand on lines of their own',
      ],
      ["A=/srv\nB=$A/lib\n", '2 has $A, which no shell expands: B is literally "$A/lib"'],
    ] as const)
      assert.deepEqual(environment(text), [`${begin} ${rest}`]);
    for (const text of ["A=x#y\n", "B='costs $5 # now'\n", "# PORT=1 # x\nA = 1\n", "OPTS=--dir=$HOME\n", "B=$C\n"])
      assert.deepEqual(environment(text), [], text);
  });

  it("say that it is missing, where its folder can be read", () => {
    const missing = found(withEnvironment, { "/etc/default/other": "" });
    assert.match(missing.join(), /^3 warning unit\/environment-file: EnvironmentFile= names \S+, which does not exist/);
    assert.deepEqual(found(service("EnvironmentFile=-/etc/default/app"), { "/etc/default/other": "" }), []);
    assert.deepEqual(found(withEnvironment, {}), []);
    assert.deepEqual(found(withEnvironment, { "/etc/default/other": "" }, TREE), []);
    const asked = `[Unit]\nConditionPathExists=/etc/default/app\n${withEnvironment}`;
    assert.deepEqual(found(asked, { "/etc/default/other": "" }), []);
  });

  it("give variables their values", () => {
    const braced = `[Service]\nEnvironmentFile=/etc/default/app\nExecStart=/opt/app/server \${OPTS}\n`;
    for (const path of ["/etc/systemd/system/app.service", TREE]) {
      const several = found(braced, { "/etc/default/app": 'OPTS="--listen ::1 --port 8080"\n' }, path);
      assert.match(several.join(), /^3 warning unit\/one-argument: \$\{OPTS\} in ExecStart= is one argument/);
      assert.deepEqual(found(braced, { "/etc/default/app": "OPTS=--port=8080\n" }, path), []);
    }
  });

  it("say that a credential is missing", () => {
    const unit = service("LoadCredential=key:/etc/secrets/key");
    assert.match(found(unit, { "/etc/x": "" }).join(), /^3 warning unit\/credential-file: .*243\/CREDENTIALS/);
    assert.deepEqual(found(`${unit}SetCredential=key:none\n`, { "/etc/x": "" }), []);
    assert.deepEqual(found(unit, { "/etc/secrets/key": "x" }), []);
  });

  it("say what tmpfiles.d creates at boot", () => {
    const unit = "[Service]\nUser=d\nExecStart=/usr/bin/d --bind unix:/run/d/d.sock\n";
    const created = { "/usr/lib/tmpfiles.d/d.conf": "d /run/d 0755 d d -\n" };
    for (const path of ["/etc/systemd/system/d.service", "/srv/tree/etc/systemd/system/d.service"])
      assert.deepEqual(found(unit, created, path), []);
    const others = { "/usr/lib/tmpfiles.d/e.conf": "d /run/e\n" };
    assert.match(found(unit, others).join(), /^3 warning sandbox\/missing-run-directory/);
    assert.match(found(unit, others, TREE).join(), /^3 info sandbox\/missing-run-directory/);
    const log = service("StandardOutput=append:/var/log/d/out.log");
    assert.match(found(log, {}).join(), /^3 warning sandbox\/output-directory: .*209\/STDOUT/);
    assert.deepEqual(found(log, { "/usr/lib/tmpfiles.d/d.conf": "d /var/log/d\n" }), []);
    assert.deepEqual(found(log, { "/var/log/d/out.log": "" }), []);
  });

  it("say that a directory of settings keeps its owner", () => {
    const unit = "[Service]\nUser=d\nConfigurationDirectory=d\nExecStart=/usr/bin/d --data /etc/d/state.json\n";
    assert.match(found(unit, { "/etc/d/d.conf": "" }).join(), /^4 info sandbox\/other-directory: .*leaves its owner/);
    assert.deepEqual(found(unit, { "/etc/e/e.conf": "" }), []);
  });
});
