import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

/** The findings of a service with drop-ins, as `code@start message`. */
function withDropIns(text: string, ...dropIns: string[]): string[] {
  const path = unitPath("x.service");
  assert.ok(path);
  const findings = check(readUnit(path, text, 262, { dropIns }), { profile: "off" });
  return findings.map(({ code, start, message }) => `${code}@${start} ${message}`);
}

const codes = (text: string, path?: string): string[] => findingsOf(text, path).map((it) => it.code);

describe("unit/no-command", () => {
  it("is a service that starts nothing", () => {
    expectFindings(`[Unit]
Description=x
[Service]
^^^^^^^^^ unit/no-command error: ExecStart=, ExecStop= and SuccessAction= are missing, and a service needs one of them: systemd refuses the unit
User=www-data
`);
  });

  it("is a service whose commands were all reset or dropped", () => {
    for (const lines of [
      "ExecStart=/bin/true\nExecStart=",
      "ExecStart=-a/b",
      `ExecStart=-/bin/true "x`,
      "ExecStart=;",
    ]) {
      assert.ok(codes(`[Service]\n${lines}\n`).includes("unit/no-command"), lines);
    }
  });

  it("is a service without sections, pointed at by its first character", () => {
    expectFindings(`# nothing
^ unit/no-command error: ExecStart=, ExecStop= and SuccessAction= are missing, and a service needs one of them: systemd refuses the unit
`);
  });

  it("is a service with ExecStop= that does not stay", () => {
    for (const lines of ["", "RemainAfterExit=no", "RemainAfterExit=yes\nRemainAfterExit=off"]) {
      expectFindings(`[Service]
^^^^^^^^^ unit/no-command error: ExecStart= is missing, and without it a service needs RemainAfterExit=yes: systemd refuses the unit
ExecStop=/bin/true
${lines}
`);
    }
  });

  it("is a service of another type than oneshot", () => {
    expectFindings(`[Service]
^^^^^^^^^ unit/no-command error: ExecStart= is missing, and Type=exec needs it: systemd refuses the unit
Type=exec
ExecStop=/bin/true
RemainAfterExit=yes
`);
  });

  it("is no service that has something to do", () => {
    for (const text of [
      "[Service]\nExecStart=/bin/true\n",
      "[Service]\nExecStart=\nExecStart=/bin/true\n",
      "[Service]\nExecStart=/bin/true\n[Service]\nUser=a\n",
      "[Service]\nExecStop=/bin/true\nRemainAfterExit=yes\n",
      "[Service]\nExecStop=/bin/true\nRemainAfterExit=1\nType=oneshot\n",
      "[Unit]\nSuccessAction=reboot\n[Service]\nType=oneshot\n",
      "[Unit]\nSuccessAction=reboot\n",
    ]) {
      assert.deepEqual(codes(text), [], JSON.stringify(text));
    }
  });

  it("does not count a value that systemd drops", () => {
    assert.deepEqual(codes("[Service]\nExecStop=/bin/true\nRemainAfterExit=yes\nRemainAfterExit=maybe\n"), [
      "value/boolean",
    ]);
    assert.deepEqual(codes("[Unit]\nSuccessAction=never\n[Service]\n"), ["value/enumeration", "unit/no-command"]);
  });

  it("is not said of what is no whole service", () => {
    assert.deepEqual(codes(""), [], "a mask");
    for (const path of ["x.service.d/y.conf", "service.d/y.conf", "x.target"]) {
      assert.deepEqual(codes("[Unit]\nDescription=x\n", path), [], path);
    }
  });

  it("is said of templates", () => {
    assert.deepEqual(codes("[Service]\nUser=a\n", "x@.service"), ["unit/no-command"]);
  });

  it("counts the commands of drop-ins", () => {
    assert.deepEqual(withDropIns("[Service]\nUser=a\n", "[Service]\nExecStart=/bin/true\n"), []);
    assert.deepEqual(withDropIns("[Service]\nExecStart=/bin/true\n", "[Service]\nExecStart=\n"), [
      "unit/no-command@0 ExecStart=, ExecStop= and SuccessAction= are missing, and a service needs one of them: systemd refuses the unit",
    ]);
  });
});

describe("unit/several-commands", () => {
  const message = "ExecStart= has 2 commands, which only Type=oneshot allows: systemd refuses the unit";

  it("is a service with a second command", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
ExecStart=/bin/false
          ^^^^^^^^^^ unit/several-commands error: ${message}
`);
    expectFindings(`[Service]
ExecStart=/bin/true ; /bin/false
          ^^^^^^^^^^^^^^^^^^^^^^ unit/several-commands error: ${message}
Type=exec
`);
  });

  it("counts over sections and commands of one line", () => {
    expectFindings(`[Service]
ExecStart=/bin/a ; /bin/b
[Service]
ExecStart=/bin/c
          ^^^^^^ unit/several-commands error: ExecStart= has 3 commands, which only Type=oneshot allows: systemd refuses the unit
`);
  });

  it("is no service of Type=oneshot, also where a later type is dropped", () => {
    assert.deepEqual(codes("[Service]\nType=oneshot\nExecStart=/bin/true\nExecStart=/bin/false\n"), []);
    assert.deepEqual(codes("[Service]\nType=oneshot\nType=once\nExecStart=/bin/true\nExecStart=/bin/false\n"), [
      "value/enumeration",
    ]);
  });

  it("is no service whose first command was reset or dropped", () => {
    assert.deepEqual(codes("[Service]\nExecStart=/bin/true\nExecStart=\nExecStart=/bin/false\n"), []);
    assert.deepEqual(codes("[Service]\nExecStart=/bin/true\nExecStart=-a/b\n"), ["value/command"]);
  });

  it("is not said of other commands, of drop-ins or of semicolons that separate nothing", () => {
    assert.deepEqual(codes("[Service]\nExecStart=/bin/true\nExecStop=/bin/a\nExecStop=/bin/b\n"), []);
    assert.deepEqual(codes("[Service]\nExecStart=/bin/a\nExecStart=/bin/b\n", "x.service.d/y.conf"), []);
    assert.deepEqual(codes('[Service]\nExecStart=/bin/a \\; x;y ";" ;\n'), []);
  });

  it("counts the commands of drop-ins, and points at the header for them", () => {
    const text = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n";
    assert.deepEqual(withDropIns(text, "[Service]\nExecStart=/bin/false\n"), [`unit/several-commands@21 ${message}`]);
    assert.deepEqual(withDropIns(text, "[Service]\nExecStart=\nExecStart=/bin/false\n"), []);
    assert.deepEqual(withDropIns(text, "[Service]\nExecStart=/bin/false\n", "[Service]\nType=oneshot\n"), []);
  });

  it("points at the command in the file where that is the last", () => {
    assert.deepEqual(withDropIns("[Service]\nExecStart=/bin/a\nExecStart=/bin/b\n", "[Service]\nUser=a\n"), [
      `unit/several-commands@37 ${message}`,
    ]);
  });
});

describe("an instance in a unit that is no template", () => {
  const codes = (line: string): readonly string[] =>
    findingsOf(`[Service]\nExecStart=/usr/bin/d\n${line}\n`, "/etc/systemd/system/d.service", { profile: "off" }).map(
      ({ code, message }) => `${code}${message.includes("%i is empty, as d.service is no template") ? ", why" : ""}`,
    );

  it("has one finding, which says why the value is wrong", () => {
    assert.deepEqual(codes("RuntimeDirectory=%i"), ["value/path, why"]);
    assert.deepEqual(codes("User=%i"), ["value/user, why"]);
    assert.deepEqual(codes("RuntimeDirectory=d-%i"), ["unit/no-instance"]);
  });
});
