import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { asRead } from "../../server/src/units/template/finished.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const PATH = unitPath("x.service") ?? assert.fail();

const read = (text: string, previous?: Unit): Unit => readUnit(PATH, text, NEWEST_VERSION, { previous });

const codes = (unit: Unit): string[] => check(unit, { profile: "off" }).map((it) => `${it.start} ${it.code}`);

describe("placeholders", () => {
  it("are none of a finished unit", () => {
    for (const line of [
      "After=foo@a@b.service user@1000.service",
      "SystemCallFilter=@system-service @mount ~@clock",
      "ExecStart=@/usr/bin/a b -c @d",
      "ExecStart=/usr/bin/docker inspect -f '{{.State.Running}}' {{json .Mounts}}",
      "ExecStart=/bin/date +%%FT%%T --utc %%HOST%%",
      "ExecStart=/bin/sh -c 'echo $HOME ${FOO} $$BAR'",
      "ExecStart=/usr/bin/python3 -m __main__ a__b__c",
      "WorkingDirectory=$HOME/app",
      "User=$USER",
      "Environment=PATH=/opt/bin:$PATH",
      "EnvironmentFile=/etc/default/a\nPIDFile=${PIDFILE}",
      "Description=%n on %H, %U%G",
      "# {{ is no tag, @NAME@, __NAME__, %NAME% and ${NAME} are for nobody",
      "#endif of nothing",
      "ExecStart=/bin/a #NOTE 1# b",
    ])
      assert.equal(read(`[Service]\n${line}\n`).file.template, undefined, line);
  });

  it("hide neither mistakes nor the exposure", () => {
    const unit = read("[Service]\nExecStart=/bin/a\nWorkingDirectory=__INSTALL_DIR__/\n\nRestart=allways\n");
    assert.deepEqual(
      codes(unit).map((it) => it.split(" ")[1]),
      ["value/enumeration"],
    );
    assert.equal(assess(unit).loads, true);
    const finished = readUnit({ ...PATH, finished: true }, unit.file.text, NEWEST_VERSION);
    assert.deepEqual(
      codes(finished).map((it) => it.split(" ")[1]),
      ["value/path"],
    );
    assert.equal(assess(finished).loads, false);
  });

  it("make no template of what systemd itself reads, or of any file where that is switched off", () => {
    const finished = (path: string, templates?: "off"): true | undefined =>
      asRead(path, unitPath(path) ?? assert.fail(), templates).finished;
    for (const path of [
      "/etc/systemd/system/a.service",
      "/usr/lib/systemd/system/a.service",
      "/etc/systemd/system/a.service.d/b.conf",
      "/home/me/.config/systemd/user/a.service",
    ])
      assert.equal(finished(path), true, path);
    for (const path of ["/work/role/etc/systemd/system/a.service", "/work/a.service", "a.service"]) {
      assert.equal(finished(path), undefined, path);
      assert.equal(finished(path, "off"), true, path);
    }
  });

  it("in the name of a file make no mistake of it", () => {
    const found = (name: string, text: string): string[] =>
      codes(readUnit(unitPath(name) ?? assert.fail(), text, NEWEST_VERSION));
    for (const name of ["@NAME@.service", "{{ name }}.service", "__APP__.service", "%APP%@.service"])
      assert.deepEqual(found(name, "[Service]\nExecStart=/bin/a\n"), [], name);
    assert.deepEqual(found("__WHERE__.mount", "[Mount]\nWhat=/dev/a\nWhere=/srv\n"), []);
    assert.deepEqual(found("a b.service", "[Service]\nExecStart=/bin/a\n"), ["0 unit/unit-name"]);
  });

  it("are written in more ways where the team has its own", () => {
    const text = "[Service]\nExecStart=<<BIN>>/a\nWorkingDirectory=<< dir >>/\nUser=~user\nRestart=alwais\nUMask=<<\n";
    const own = (placeholders: readonly string[], of = text): string[] =>
      codes(readUnit({ ...PATH, placeholders }, of, NEWEST_VERSION)).map((it) => it.replace(/.* /, ""));
    assert.deepEqual(own(["<<*>>", "~*"]), ["value/enumeration", "value/mode"]);
    assert.deepEqual(
      own([]),
      codes(read(text)).map((it) => it.replace(/.* /, "")),
    );
    // One whose closing is never there costs no more than its line.
    assert.deepEqual(own(["<*>"], `[Service]\nExecStart=/bin/a ${"<".repeat(50_000)}\n`), []);
  });

  it("are written in more ways with an edit as without", () => {
    const path = { ...PATH, placeholders: ["<<*>>"] };
    const [plain, more] = ["[Service]\nExecStart=/bin/a\nUser=a\n", "[Service]\nExecStart=/bin/a\nUser=<<u>>\n"];
    const first = readUnit(path, plain, NEWEST_VERSION);
    assert.deepEqual(readUnit(path, more, NEWEST_VERSION, { previous: first }).file.template?.holes.length, 1);
  });

  it("are variables of any name where the name of the file says so", () => {
    const path = unitPath("x.service.in") ?? assert.fail();
    const text = "[Service]\nExecStart=$PREFIX/bin/a\nWorkingDirectory=$HOME/a\nUser=$USER\nRestart=alwais\n";
    assert.deepEqual(
      codes(readUnit(path, text, NEWEST_VERSION)).map((it) => it.split(" ")[1]),
      ["value/enumeration"],
    );
    assert.equal(readUnit(path, "[Service]\nExecStart=/bin/a\n", NEWEST_VERSION).file.template, undefined);
  });

  it("leave what is around them certain in each branch", () => {
    const branch = (lines: string): string =>
      `[Service]\nExecStart=/bin/a\nType=oneshot\n{% if a %}\n${lines}{% endif %}\n`;
    assert.deepEqual(codes(read(branch("Restart=always\n"))), []);
    assert.deepEqual(codes(read(branch("{% else %}\nRestart=always\n"))), []);
    assert.deepEqual(
      codes(
        read(
          "[Service]\n{% if a %}\nType=simple\n{% else %}\nType=oneshot\n{% endif %}\nExecStart=/bin/a\nRestart=always\n",
        ),
      ),
      [],
    );
    const certain = codes(read("[Service]\nExecStart=/bin/a {{ b }}\nType=oneshot\nRestart=always\n"));
    assert.equal(certain.length, 1);
  });

  it("may bring the command where they are whole lines", () => {
    assert.deepEqual(codes(read("[Service]\nType=simple\n{{ commands }}\n")), []);
    assert.deepEqual(codes(read("[Service]\n{% include 'commands.j2' %}\n")), []);
    assert.equal(codes(read("[Service]\nType=@TYPE@\n")).length, 1);
  });

  it("are advised on as far as the template shows", () => {
    const unit = read("[Service]\nExecStart=@BIN@/a\nProtectHome=@HOME@\n{% if b %}\nProtectClock=yes\n{% endif %}\n");
    const found = check(unit, { profile: "basic" }).filter((it) => it.advice !== undefined);
    assert.ok(found.length > 0);
    assert.ok(found.every((it) => it.ofTemplate && it.directive !== "ProtectHome" && it.directive !== "ProtectClock"));
  });

  it("are read after an edit as if everything was read again", () => {
    const folder = "test/templates/files";
    const texts = readdirSync(folder).map((it) => readFileSync(`${folder}/${it}`, "utf8"));
    const piece = fc.constantFrom(
      "@A@",
      "{{ b }}",
      "{% if c %}\n",
      "{% endif %}\n",
      "<% end %>",
      "__D__",
      "\n",
      "\\\n",
      "x",
      "#",
      "${E}",
      "{#",
      "%}",
      "Environment=a\n",
      "",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(), fc.nat(30), piece), { maxLength: 4 }),
        (first, edits) => {
          let unit = read(first);
          for (const [at, length, put] of edits) {
            const { text } = unit.file;
            const start = at % (text.length + 1);
            const after = text.slice(0, start) + put + text.slice(start + length);
            const fresh = read(after);
            unit = read(after, unit);
            assert.deepEqual(unit.file.template?.holes, fresh.file.template?.holes);
            assert.deepEqual(unit.file.template?.plain, fresh.file.template?.plain);
            assert.deepEqual(codes(unit), codes(fresh));
            for (const { start: from, end } of check(fresh, { profile: "strict" }))
              assert.ok(from <= end && end <= after.length);
          }
        },
      ),
      { seed: 19, numRuns: 120 },
    );
  });
});
