import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { failuresOf } from "../../server/src/features/failure.ts";
import { FORESEEN } from "../../server/src/features/foreseen.ts";
import type { UnitContext } from "../../server/src/findings/rule.ts";
import { CODES } from "../../server/src/rules/codes.ts";
import { EMPTY_INDEX, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** The rules that find what a source of causes knows before the start, or why only a log shows it. */
const BEFORE: Readonly<Record<string, readonly string[] | string>> = {
  "callCauses.ts":
    "which system calls a program makes is seen when it makes them; known programs: sandbox/denied-command",
  "hidden.ts": ["sandbox/hidden-write"],
  "lifecycle.ts": ["unit/endless-oneshot", "unit/endless-wait", "reference/start-deadlock", "unit/init-script"],
  "limits.ts": "how much a program uses depends on its work",
  "mentioned.ts": "only the log mentions the path",
  "mountCauses.ts": ["sandbox/missing-path"],
  "networkCauses.ts": ["sandbox/no-loopback", "sandbox/denied-port", "reference/port-of-socket"],
  "podman.ts": "images and the storage of podman are the machine's",
  "programCauses.ts": "whether a file is there and may be run is seen on the machine",
  "readOnly.ts": ["sandbox/read-only-path"],
  "rightsCauses.ts": ["sandbox/set-uid", "sandbox/unreadable-file", "sandbox/denied-port"],
  "setup.ts": ["unit/unescaped-user", "sandbox/missing-path", "unit/late-credential"],
};

const around = (path: string, files: Readonly<Record<string, string>>): UnitContext => ({
  index: withChanges(
    EMPTY_INDEX,
    Object.entries(files).map(([name, text]) => ({ path: `/u/${name}`, text })),
  ),
  path: `/u/${path}`,
  complete: false,
});

function causesIn(path: string, files: Readonly<Record<string, string>>, log: string, dropIns: readonly string[] = []) {
  const place = unitPath(path);
  assert.ok(place);
  const unit = readUnit(place, files[path] ?? "", 257, { dropIns });
  return failuresOf(unit, log, around(path, files)).failures.flatMap(({ causes }) => causes);
}

const FAILED =
  "systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE\nsystemd[1]: app.service: Failed with result 'exit-code'.";

describe("failures that rules foresee", () => {
  it("have rules", () => {
    for (const { code } of FORESEEN) assert.ok(CODES.includes(code), code);
  });

  it("are said of each source of causes, or why it cannot be known before", () => {
    const sources = readdirSync("server/src/failures").filter((it) => Object.hasOwn(BEFORE, it));
    assert.deepEqual(sources, Object.keys(BEFORE).toSorted());
    for (const codes of Object.values(BEFORE))
      for (const code of typeof codes === "string" ? [] : codes) assert.ok(CODES.includes(code), code);
  });

  it("are explained in the words of the rule, with its fix", () => {
    const files = {
      "app.service": "[Service]\nExecStart=/usr/bin/app --port 8080\n",
      "app.socket": "[Socket]\nListenStream=8080\n",
    };
    const log = "app[7]: bind: Address already in use\nsystemd[1]: app.service: Failed with result 'exit-code'.";
    const [first] = causesIn("app.service", files, log);
    assert.equal(first?.directive, "ExecStart");
    assert.match(first.reason, /in use by app\.socket/);
  });

  it("are credentials, folders and rights, not only the user", () => {
    const causeOf = (unit: string, line: string): string | undefined =>
      causesIn("app.service", { "app.service": `[Service]\nUser=web\n${unit}` }, `app[7]: ${line}\n${FAILED}`)[0]
        ?.reason;
    const key = "ExecStart=/usr/bin/app --key %d/key\n";
    assert.match(
      causeOf(key, "cannot open /run/credentials/app.service/key: No such file or directory") ?? "",
      /has no credential/,
    );
    assert.match(
      causeOf("ExecStart=/usr/bin/python3 main.py\n", "can't open file '//main.py'") ?? "",
      /without its folder/,
    );
    assert.match(
      causeOf("ExecStart=/usr/bin/sudo /usr/bin/app\n", "sudo: a terminal is required") ?? "",
      /ask for a password/,
    );
    const socket = "ExecStart=/usr/bin/app --bind unix:/run/app/app.sock\n";
    assert.match(causeOf(socket, "bind(/run/app/app.sock): No such file or directory") ?? "", /RuntimeDirectory=app/);
  });

  it("are a credential that nothing gives, which no sandbox hides", () => {
    const files = { "app.service": "[Service]\nDynamicUser=yes\nExecStart=/usr/bin/app\n" };
    const log = `app[7]: open /run/credentials/app.service/key: No such file or directory\n${FAILED}`;
    const directives = causesIn("app.service", files, log).map((it) => it.directive);
    assert.deepEqual(directives, ["LoadCredential"]);
  });

  it("stand in the drop-in that has the line", () => {
    const log =
      "systemd[1]: app.service: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.";
    const files = { "app.service": "[Service]\nExecStart=/usr/bin/old\n" };
    const [first] = causesIn("app.service", files, log, ["[Service]\nExecStart=/usr/bin/app\n"]);
    assert.equal(first?.origin?.dropIn, 0);
    assert.ok(first.fixes.every((it) => it.inDropIns?.length === 1));
  });

  it("are told of a command that did not end in time, not of Type=", () => {
    const text =
      "[Service]\nType=notify\nExecStartPre=/usr/bin/systemctl start helper.service\nExecStart=/usr/bin/app\n";
    const files = { "app.service": text, "helper.service": "[Unit]\nAfter=app.service\n[Service]\nExecStart=/bin/h\n" };
    const log =
      "systemd[1]: app.service: start-pre operation timed out. Terminating.\nsystemd[1]: app.service: Failed with result 'timeout'.";
    assert.equal(causesIn("app.service", files, log)[0]?.directive, "ExecStartPre");
  });

  it("are told of units that run or were stopped, where systemd says so", () => {
    const run = "[Service]\nExecStart=/usr/bin/app\n";
    const files = {
      "app.service": `[Unit]\nWants=b.service\nAfter=b.service\n${run}`,
      "b.service": `[Unit]\nAfter=app.service\n${run}`,
    };
    const started = "systemd[1]: Started app.service - App.";
    const cycle = `systemd[1]: app.service: Found ordering cycle on b.service/start\nsystemd[1]: app.service: Job b.service/start deleted to break ordering cycle starting with app.service/start\n${started}`;
    assert.equal(causesIn("app.service", files, cycle)[0]?.directive, "After");
    assert.deepEqual(causesIn("app.service", files, started), []);
    const stopped = `${started}\nsystemd[1]: Stopping app.service - App...\nsystemd[1]: app.service: Deactivated successfully.\nsystemd[1]: app.service: Unit process 192 (helper) remains running after unit stopped.\nsystemd[1]: Stopped app.service - App.`;
    const left = causesIn("app.service", { "app.service": `${run}KillMode=none\n` }, stopped);
    assert.deepEqual(
      left.map((it) => [it.directive, it.fixes.map(({ title }) => title)]),
      [["KillMode", ["Remove KillMode=none"]]],
    );
    assert.deepEqual(causesIn("app.service", { "app.service": run }, stopped), []);
  });
});
