import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { check } from "../../server/src/rules/check.ts";
import { COMPLAINT_RULES } from "../../server/src/rules/unit/complaints.ts";
import { FILE_RULES } from "../../server/src/rules/unit/fileRules.ts";
import { IDLE_RULES } from "../../server/src/rules/unit/idle.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { EMPTY_INDEX, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

/** A finding with the text that it stands at. */
interface Found extends Finding {
  readonly at: string;
  /** The file: 0 for the unit, then its drop-ins. */
  readonly file: number;
}

/** All that is found in a unit and in its drop-ins, each of them judged as a file of its own. */
function foundIn(
  texts: readonly string[],
  { path = "x.service", version = NEWEST_VERSION, otherFiles }: Partial<Example>,
): readonly Found[] {
  const folder = path.includes("/") ? "" : "/etc/systemd/system/";
  const name = `${folder}${path}`;
  const main = unitPath(name);
  assert.ok(main);
  const [text = "", ...dropIns] = texts;
  const files = [
    ...Object.entries(otherFiles ?? {}).map(([other, content]) => ({ path: `${folder}${other}`, text: content })),
    ...texts.map((content, i) => ({ path: i === 0 ? name : `${name}.d/${i}.conf`, text: content })),
  ];
  const index = withChanges(EMPTY_INDEX, files);
  return texts.flatMap((content, file): Found[] => {
    const own = file === 0 ? name : `${name}.d/${file}.conf`;
    const parts = unitPath(own);
    assert.ok(parts);
    const unit =
      file === 0
        ? readUnit(main, text, version, { dropIns })
        : readUnit(parts, content, version, { main: { path: main, text, dropIns, at: file - 1 } });
    return check(unit, { profile: "off" }, { index, path: own, complete: true }).map((it) => ({
      ...it,
      at: content.slice(it.start, it.end),
      file,
    }));
  });
}

const told = (found: readonly Found[], code: string): string[] =>
  found.filter((it) => it.code === code).map((it) => `${it.at}: ${it.message}`);

/** The same unit with all lines from one on in a drop-in. */
function splitAt(text: string, place: number): readonly [string, string] {
  const lines = text.split("\n").slice(0, -1);
  const header = lines.slice(0, place).findLast((it) => it.startsWith("["));
  return [`${lines.slice(0, place).join("\n")}\n`, `${header}\n${lines.slice(place).join("\n")}\n`];
}

/** Rules outside of sandbox/ that look at what a service says of itself. */
const OF_SERVICES = [...IDLE_RULES, ...FILE_RULES, ...COMPLAINT_RULES].map((it) => it.code);
const BESIDE: readonly string[] = [
  ...OF_SERVICES,
  "unit/several-triggers",
  "reference/joins-lost",
  "reference/requires-without-after",
  "reference/joins-nothing",
];

/** The bad example of this one is a drop-in. */
const OTHERWISE = "sandbox/weakened";

describe("rules about a unit with its drop-ins", () => {
  for (const { code, bad } of SHOWN_RULES) {
    if (!(code.startsWith("sandbox/") || BESIDE.includes(code)) || code === OTHERWISE) continue;
    it(`${code} is found once, in the file of its line, wherever the unit is split`, () => {
      const whole = told(foundIn([bad.text], bad), code);
      assert.ok(whole.length > 0);
      for (let place = 1; place < bad.text.split("\n").length - 1; place++) {
        const parts = splitAt(bad.text, place);
        assert.deepEqual(told(foundIn(parts, bad), code), whole, parts.join("---\n"));
      }
    });

    it(`${code} is put right in the file of its line`, () => {
      for (let place = 1; place < bad.text.split("\n").length - 1; place++) {
        const parts = splitAt(bad.text, place);
        const own: readonly Found[] = foundIn(parts, bad).filter((it) => it.code === code);
        for (const { file, fixes } of own) {
          for (const { title, edits } of fixes) {
            const fixed = parts.map((text, i) => (i === file ? applyEdits(text, edits()) : text));
            const left = foundIn(fixed, bad).filter(({ severity }) => severity === "error" || severity === "warning");
            assert.deepEqual(left, [], `${title} makes\n${fixed.join("---\n")}`);
          }
        }
      }
    });
  }
});

const UNIT = "[Service]\nExecStart=/usr/bin/node /srv/x.js\nUser=app\n";
const inFile = (found: readonly Found[]): string[] =>
  found.filter((it) => it.code.startsWith("sandbox/")).map((it) => `${it.file} ${it.code} ${it.at}`);
const dropIn = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;

describe("what a drop-in adds to the sandbox of its unit", () => {
  it("is found in the drop-in", () => {
    const lines = ["MemoryDenyWriteExecute=yes", "IPAddressAllow=localhost", "SystemCallErrorNumber=EPERM"];
    assert.deepEqual(inFile(foundIn([UNIT, dropIn(...lines)], {})), [
      "1 sandbox/jit MemoryDenyWriteExecute",
      "1 sandbox/allow-without-deny IPAddressAllow",
      "1 sandbox/error-number SystemCallErrorNumber",
    ]);
    const more = ["DynamicUser=yes", "ProtectSystem=full", "ProtectHome=yes", "ReadWritePaths=/home/x"];
    const rights = ["SocketBindAllow=80", "AmbientCapabilities=CAP_KILL", "CapabilityBoundingSet=CAP_CHOWN"];
    assert.deepEqual(inFile(foundIn([UNIT, dropIn(...more, ...rights)], {})), [
      "1 sandbox/overridden full",
      "1 sandbox/unreachable-path /home/x",
      "1 sandbox/allow-without-deny SocketBindAllow",
      "1 sandbox/ambient-outside CAP_KILL",
    ]);
  });

  it("is not what another drop-in puts right or sets behind it", () => {
    const first = dropIn("IPAddressAllow=localhost", "MemoryDenyWriteExecute=yes");
    const second = dropIn("IPAddressDeny=any", "MemoryDenyWriteExecute=no");
    assert.deepEqual(inFile(foundIn([UNIT, first, second], {})), []);
    assert.deepEqual(inFile(foundIn(["", first], {})), [], "of a masked unit");
  });

  it("is said once where two files say the same", () => {
    const unit = `${UNIT}ProtectHome=yes\nReadWritePaths=/home/x\nReadWritePaths=/home/x\n`;
    assert.deepEqual(inFile(foundIn([unit, dropIn("ReadWritePaths=/home/x")], {})), [
      "0 sandbox/unreachable-path /home/x",
    ]);
    assert.deepEqual(inFile(foundIn([unit, dropIn("ReadWritePaths=", "ReadWritePaths=/home/x")], {})), [
      "1 sandbox/unreachable-path /home/x",
    ]);
  });

  it("is said of a command in its own file, whichever file hides the program", () => {
    const hidden = "[Service]\nExecStart=/home/x/run\nWorkingDirectory=/home/x/y\n";
    const closed = "[Service]\nProtectHome=yes\n";
    const own = ["sandbox/hidden-program /home/x/run", "sandbox/hidden-working-directory /home/x/y"];
    assert.deepEqual(
      inFile(foundIn([hidden, closed], {})),
      own.map((it) => `0 ${it}`),
    );
    assert.deepEqual(
      inFile(foundIn([closed, hidden], {})),
      own.map((it) => `1 ${it}`),
    );
    const quoted = `[Service]\nExecStart=/home/x/"my run"\n`;
    assert.deepEqual(inFile(foundIn([quoted, closed], {})), ["1 sandbox/hidden-program yes"]);
  });

  it("is no setting without effect where it takes back what the unit has", () => {
    const root = "[Service]\nExecStart=/usr/bin/d\nRootDirectory=/srv/root\n";
    assert.deepEqual(inFile(foundIn([root, dropIn("RootDirectory=/")], {})), []);
  });

  it("is put right in the text of the drop-in, unless a later file takes that back", () => {
    const text = dropIn("Nice=1", "IPAddressAllow=localhost", "Nice=2");
    const [found] = foundIn([UNIT, text], {}).filter((it) => it.file === 1);
    assert.equal(
      applyEdits(text, found?.fixes[0]?.edits() ?? []),
      dropIn("Nice=1", "IPAddressAllow=localhost", "IPAddressDeny=any", "Nice=2"),
    );
    const [lost] = foundIn([UNIT, text, dropIn("IPAddressDeny=")], {}).filter((it) => it.file === 1);
    assert.deepEqual([lost?.code, lost?.fixes], ["sandbox/allow-without-deny", []]);
  });

  it("never turns an allow list of a later file into a deny list", () => {
    const unit = "[Service]\nExecStart=/bin/true\n";
    const first = dropIn("ProtectSystem=strict", "CapabilityBoundingSet=~CAP_SYS_PTRACE");
    const list = dropIn("SystemCallFilter=@system-service @mount", "SystemCallArchitectures=native");
    const undoable = (...files: readonly string[]) =>
      foundIn([unit, ...files], {}).find((it) => it.code === "sandbox/undoable");
    assert.deepEqual(undoable(first, list)?.fixes, []);
    assert.equal(undoable(list, first)?.file, 2);
    assert.equal(
      applyEdits(first, undoable(list, first)?.fixes[0]?.edits() ?? []),
      `${first}SystemCallFilter=~@mount\n`,
    );
  });
});
