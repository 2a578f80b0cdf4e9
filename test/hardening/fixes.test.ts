import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { hardeningFindings, safeSettings } from "../../server/src/hardening/hardening.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { addAll, fixed, service, unitOf } from "./kit.ts";

const PROFILES = ["basic", "strict", "isolated"] as const;
const EXEC = "ExecStart=/usr/sbin/server";

describe("hardening: fixes", () => {
  it("insert behind the last sandboxing line of the section, else at its end", () => {
    const bare = `[Unit]\nDescription=x\n\n[Service]\n${EXEC}\nUser=foo\n\n[Install]\nWantedBy=x.target\n`;
    assert.equal(
      fixed(bare, "PrivateTmp", "Add PrivateTmp=yes"),
      bare.replace("User=foo\n", "User=foo\nPrivateTmp=yes\n"),
    );
    const some = `[Service]\n${EXEC}\nProtectHome=yes\nRestart=always\n`;
    assert.equal(
      fixed(some, "PrivateTmp", "Add PrivateTmp=yes"),
      some.replace("ProtectHome=yes\n", "ProtectHome=yes\nPrivateTmp=yes\n"),
    );
    const comment = `[Service]\n${EXEC}\n# the end\n`;
    assert.equal(fixed(comment, "PrivateTmp", "Add PrivateTmp=yes"), `[Service]\n${EXEC}\nPrivateTmp=yes\n# the end\n`);
  });

  it("keep line ends, a missing final newline, and end an open continuation", () => {
    const crlf = `[Service]\r\n${EXEC}\r\n`;
    assert.equal(fixed(crlf, "PrivateTmp", "Add PrivateTmp"), `${crlf}PrivateTmp=yes\r\n`);
    const open = `[Service]\n${EXEC}`;
    assert.equal(fixed(open, "PrivateTmp", "Add PrivateTmp"), `${open}\nPrivateTmp=yes`);
    const continued = fixed(`[Service]\n${EXEC} \\\n`, "PrivateTmp", "Add PrivateTmp");
    assert.ok(
      unitOf(continued).file.nodes.some((it) => it.kind === "assignment" && it.key === "PrivateTmp"),
      continued,
    );
  });

  it("work on the first [Service] that has ExecStart=", () => {
    const text = `[Service]\nUser=foo\n[Service]\n${EXEC}\n[Service]\nRestart=always\n`;
    const [found] = hardeningFindings(unitOf(text), "basic");
    assert.equal(found?.start, text.indexOf("[Service]", 5));
    assert.equal(
      fixed(text, "PrivateTmp", "Add PrivateTmp"),
      `[Service]\nUser=foo\n[Service]\n${EXEC}\nPrivateTmp=yes\n[Service]\nRestart=always\n`,
    );
  });

  it("change a weak value in place, wherever it stands", () => {
    const text = `[Service]\n${EXEC}\n[Service]\nProtectSystem = full\n`;
    assert.equal(fixed(text, "ProtectSystem", "Change to ProtectSystem=strict"), text.replace("full", "strict"));
    const emptied = service("SystemCallArchitectures=");
    assert.equal(
      fixed(emptied, "SystemCallArchitectures", "Change to SystemCallArchitectures=native"),
      service("SystemCallArchitectures=native"),
    );
    assert.equal(
      fixed(service("ProtectSystem=yes", "Nice=1"), "ProtectSystem", "Change to ProtectSystem=full (gentler)"),
      service("ProtectSystem=full", "Nice=1"),
    );
    const data = "ExecStart=/usr/bin/x --data /var/lib/x/db";
    assert.equal(
      fixed(service(data, "ProtectSystem=full", "Nice=1"), "ProtectSystem", "Change to ProtectSystem=strict with"),
      service(data, "ProtectSystem=strict", "StateDirectory=x", "Nice=1"),
    );
  });

  it("put an allow list before a deny list, which then takes from it", () => {
    const text = service("SystemCallFilter=~@mount", "SystemCallFilter=~@swap");
    assert.equal(
      fixed(text, "SystemCallFilter", "Add SystemCallFilter=@system-service before the deny list", "strict"),
      service(
        "SystemCallFilter=@system-service",
        "SystemCallErrorNumber=EPERM",
        "SystemCallArchitectures=native",
        "SystemCallFilter=~@mount",
        "SystemCallFilter=~@swap",
      ),
    );
    assert.match(
      fixed(service("RestrictAddressFamilies=~AF_PACKET"), "RestrictAddressFamilies", "Change to "),
      /^RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6$/m,
    );
  });

  it("confine a service to its own root directory that stays read-only", () => {
    const after = fixed(service(), "TemporaryFileSystem", "Add RootDirectory=/run/confinement/%n", "isolated");
    assert.match(after, /RuntimeDirectory=confinement\/%n\nRootDirectory=\/run\/confinement\/%n\n/);
    assert.match(after, /InaccessiblePaths=-\+\/run\/confinement\/%n\n/);
    assert.match(after, /ProtectSystem=strict/);
    const empty = fixed(service("Type=notify"), "TemporaryFileSystem", "Add TemporaryFileSystem=", "isolated");
    assert.match(empty, /TemporaryFileSystem=\/:ro\nBindReadOnlyPaths=.*\/run\/systemd\/notify\nMountAPIVFS=yes\n/);
  });

  it("add all safe settings at once, the same on every missing one, and the title counts them", () => {
    const unit = unitOf(service("ProtectSystem=yes"));
    const all = hardeningFindings(unit, "strict").flatMap(({ fixes }) =>
      fixes.filter((it) => it.title.startsWith("Add all")),
    );
    const lines = safeSettings(unit, "strict");
    assert.equal(new Set(all.map((it) => it.title)).size, 1);
    assert.equal(all[0]?.title, `Add all ${lines.length} safe settings`);
    assert.ok(all.every((it) => it.safe));
    const after = applyEdits(unit.file.text, all[0]?.edits() ?? []);
    for (const { line } of lines) assert.ok(after.includes(`\n${line}\n`), line);
    assert.ok(!after.includes("ProtectSystem=yes"));
  });

  it("leave the fix for all out where it would add less than two", () => {
    const done = safeSettings(unitOf(service()), "basic").map((it) => it.line);
    const [, ...rest] = done;
    assert.equal(addAll(unitOf(service(...rest)), "basic"), undefined);
    assert.deepEqual(
      safeSettings(unitOf(service(...rest)), "basic").map((it) => it.line),
      done.slice(0, 1),
    );
  });

  it("reach a fixed point: nothing is safe to add any more, and what is strict is silent", () => {
    const units = [
      service(),
      service("User=foo", "StateDirectory=foo"),
      service("DynamicUser=yes"),
      service("ProtectSystem=yes", "ProtectHome=read-only", "User=foo"),
      service("ExecStart=/usr/bin/java -jar /opt/x.jar"),
      service("User=www-data", "ExecStart=/usr/bin/x --port 80"),
      service("SystemCallFilter=~@mount"),
    ];
    for (const path of ["/etc/systemd/system/a.service", "/etc/systemd/user/a.service"]) {
      for (const text of units) for (const profile of PROFILES) expectFixedPoint(unitOf(text, path), profile, path);
    }
  });

  it("keep every assignment that was there, and reach the fixed point, on mangled units", () => {
    const settings = fc.array(
      fc.constantFrom(
        "ProtectSystem=full",
        "ProtectHome=",
        "PrivateTmp=no",
        "RestrictAddressFamilies=~AF_X",
        "UMask=022",
        "SystemCallFilter=~x",
        "SystemCallArchitectures=",
      ),
      { maxLength: 4 },
    );
    const text = fc
      .tuple(mangledUnit, settings, mangledUnit)
      .map(([a, lines, b]) => `${a}\n[Service]\n${EXEC}\n${lines.join("\n")}\n${b}`)
      .map((it) => it.replace(/\r?\n\r?|\r/g, "\n"));
    fc.assert(
      fc.property(text, fc.constantFrom(...PROFILES), (source, profile) => {
        const unit = unitOf(source);
        for (const finding of hardeningFindings(unit, profile)) {
          assert.ok(finding.start >= 0 && finding.end <= source.length && finding.start < finding.end);
          for (const fix of finding.fixes) expectKept(unit, fix.edits(), finding.directive ?? "");
        }
        expectFixedPoint(unit, profile, "/etc/systemd/system/x.service");
      }),
      { numRuns: 150 },
    );
  });
});

function expectKept(
  unit: Unit,
  edits: readonly { start: number; end: number; newText: string }[],
  changed: string,
): void {
  const after = unitOf(applyEdits(unit.file.text, edits));
  const left = assignmentsOf(after);
  for (const line of assignmentsOf(unit)) {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    else assert.ok(line.startsWith(`${changed}=`) || changesMany(edits), `${line} is gone`);
  }
}

/** The fix for all may also change other weak values. */
const changesMany = (edits: readonly { start: number; end: number }[]): boolean => edits.length > 1;

function assignmentsOf({ file }: Unit): string[] {
  return file.nodes.flatMap((it) => (it.kind === "assignment" ? [`${it.key}=${it.value.text}`] : []));
}

function expectFixedPoint(unit: Unit, profile: (typeof PROFILES)[number], path: string): void {
  const fix = addAll(unit, profile);
  if (!fix) return;
  const after = unitOf(applyEdits(unit.file.text, fix.edits()), path);
  assert.deepEqual(safeSettings(after, profile), []);
  const gone = safeSettings(unit, profile).map((it) => it.line);
  for (const { directive, fixes } of hardeningFindings(after, profile)) {
    const strict = fixes[0]?.title.replace(/^.*? to |^Add /, "").replace(/ with .*/, "");
    assert.ok(!gone.includes(strict ?? ""), `${directive} is still found`);
  }
}

describe("hardening: time", () => {
  it("grows with the length of a line and no faster", () => {
    for (const piece of ["a;", "/a ", "a+", "1", "if ", ">  ", "sh -c ", "%h ", "p 1 "]) {
      const judge = (context: (long: string) => string): void =>
        expectLinear(
          10_000,
          (size) => service(context(piece.repeat(size / piece.length))),
          (text) => hardeningFindings(unitOf(text), "isolated"),
        );
      judge((long) => `ExecStart=/bin/x ${long}`);
      judge((long) => `ExecStart=/bin/sh -c "${long}"`);
    }
  });
});
