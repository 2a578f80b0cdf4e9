import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { learn } from "../../server/src/learn/learn.ts";
import type { LearntSetting } from "../../server/src/learn/learnt.ts";
import { writeLearnt } from "../../server/src/learn/learntFile.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { needsToJson } from "../../server/src/learn/needsJson.ts";
import { unitDigest } from "../../server/src/learn/unitDigest.ts";
import { needsPath } from "../../server/src/units/learntText.ts";
import { listedUnder } from "../kit/listedUnder.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { needsOf, serviceOf, sight, uses } from "../learn/kit.ts";

const UNIT = "/u/food.service";
const BESIDE = `${UNIT}.learnt.json`;
const GOOD = "[Service]\nExecStart=/usr/bin/food\n";
const NEEDS = needsOf({
  paths: { "/var/lib/food/db": uses(31, "write") },
  families: { AF_PACKET: sight(4), AF_UNIX: sight(5) },
  marks: { "writable-executable": sight(412, "mprotect(0x7f, 4096, PROT_EXEC)") },
});
const LEARNT = learn(NEEDS, serviceOf());
const TEXT = writeLearnt(LEARNT);
const NEEDS_BESIDE = needsPath(BESIDE);
const NEEDS_TEXT = writeNeeds(LEARNT);

const checked = (files: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  runOver(memoryHost(files), "check", "--profile", "off", ...argv);

describe("cli check: what was learnt", () => {
  it("finds nothing in a unit that leaves the service what it needs", () => {
    const { stdout, status } = checked(
      { [UNIT]: `${GOOD}ProtectHome=yes\nLockPersonality=yes\n`, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT },
      "/u",
    );
    assert.deepEqual([stdout, status], ["1 file: nothing to report\n", 0]);
  });

  it("fails where an edit takes away what a run has shown, and names the line of the run", () => {
    const { stdout, status } = checked(
      { [UNIT]: `${GOOD}MemoryDenyWriteExecute=yes\n`, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT },
      UNIT,
    );
    assert.match(
      stdout,
      /^\/u\/food\.service:3:1: warning: MemoryDenyWriteExecute=yes contradicts a run: mprotect\(PROT_EXEC\) was seen \(ExecStart:412\); .* \[learn\/contradiction\]\n/,
    );
    assert.equal(status, 1);
  });

  it("does so in a drop-in, whether the file lies next to the unit or next to its drop-ins", () => {
    const dropIn = `${UNIT}.d/90-local.conf`;
    for (const at of [BESIDE, `${UNIT}.d/food.service.learnt.json`]) {
      const files = {
        [UNIT]: GOOD,
        [dropIn]: "[Service]\nRestrictAddressFamilies=AF_UNIX\n",
        [at]: TEXT,
        [needsPath(at)]: NEEDS_TEXT,
      };
      const { stdout, status } = checked(files, "/u");
      assert.match(
        stdout,
        /^\/u\/food\.service\.d\/90-local\.conf:2:1: warning: RestrictAddressFamilies= denies AF_PACKET/m,
      );
      assert.match(stdout, /\n2 files: 1 warning, 1 info\n$/);
      assert.equal(status, 1);
    }
  });

  it("can be told not to", () => {
    const silenced = `${GOOD}# unit-warden: ignore learn/contradiction -- built without the compiler\nMemoryDenyWriteExecute=yes\n`;
    assert.equal(checked({ [UNIT]: silenced, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT }, "/u").status, 0);
    const files = { [UNIT]: `${GOOD}MemoryDenyWriteExecute=yes\n`, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT };
    assert.equal(checked(files, "--ignore", "learn", "/u").status, 0);
  });

  it("fails where a command leaves what was learnt, at its line, also in a drop-in, and with the file for reviewers alone", () => {
    const said = (change: string): string =>
      `warning: ${change} since the service was learnt: it may need more now than food.service.learnt.json allows; run \`unit-warden learn\` again [learn/outdated]\n`;
    const learnt = { [BESIDE]: TEXT };
    const changed = GOOD.replace("food\n", "food --config /srv/food\n");
    const { stdout, status } = checked({ [UNIT]: changed, ...learnt }, "--fail-on", "warning", "/u");
    assert.equal(stdout, `/u/food.service:2:1: ${said("ExecStart= has changed")}1 file: 1 warning\n`);
    assert.equal(status, 1);
    const more = checked(
      { [UNIT]: `${GOOD}EnvironmentFile=/etc/default/food\n`, ...learnt, [NEEDS_BESIDE]: NEEDS_TEXT },
      "/u",
    );
    assert.equal(more.stdout, `/u/food.service:3:1: ${said("EnvironmentFile= has changed")}1 file: 1 warning\n`);
    const dropIn = `${UNIT}.d/90-local.conf`;
    const other = { [UNIT]: GOOD, [dropIn]: "[Service]\nExecStart=\nExecStart=/usr/bin/food -v\n" };
    assert.equal(
      checked({ ...other, ...learnt }, "/u").stdout,
      `/u/food.service.d/90-local.conf:3:1: ${said("ExecStart= has changed")}2 files: 1 warning\n`,
    );
    const without = writeLearnt(learn(NEEDS, serviceOf(["ExecStart=/usr/bin/food", "ExecStop=/bin/x"])));
    assert.equal(
      checked({ [UNIT]: GOOD, [BESIDE]: without }, "/u").stdout,
      `/u/food.service:1:1: ${said("ExecStop= was removed")}1 file: 1 warning\n`,
    );
  });

  it("takes no offence at how a unit is written, at its sandbox, and at the proposed user", () => {
    const same = [
      `# The server.\n${GOOD}`,
      GOOD.replace("ExecStart=/usr/bin/food", 'ExecStart =  "/usr/bin/food" \\\n # all of it\n'),
      GOOD.replace("ExecStart=", "ExecStart=-"),
      `${GOOD}Restart=always\nLimitNOFILE=4096\nMemoryMax=1G\nTimeoutStopSec=5\n`,
      `${GOOD}ProtectHome=yes\nPrivateDevices=yes\nLockPersonality=yes\n`,
      `[Unit]\nDescription=Food\n\n${GOOD}\n[Install]\nWantedBy=multi-user.target\n`,
    ];
    for (const text of same) {
      const { stdout } = checked({ [UNIT]: text, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT }, "/u");
      assert.doesNotMatch(stdout, /learn\//, text);
    }
    const user: LearntSetting = {
      ...{ key: "User", value: "food", grade: "seen", evidence: "it becomes food", sights: [] },
      ...{ mayBreak: undefined, part: "user" },
    };
    const proposing = writeLearnt({ ...LEARNT, settings: [...LEARNT.settings, user] });
    assert.equal(
      checked({ [UNIT]: `${GOOD}User=food\n`, [BESIDE]: proposing }, "/u").stdout,
      "1 file: nothing to report\n",
    );
  });

  it("says in one warning that a file cannot be used, and does no more", () => {
    for (const text of ["", "{", "[]", '{"version":1}', TEXT.replace('"food.service"', '"bar.service"')]) {
      const { stdout, status } = checked({ [UNIT]: `${GOOD}MemoryDenyWriteExecute=yes\n`, [BESIDE]: text }, "/u");
      assert.match(
        stdout,
        /^\/u\/food\.service:1:1: warning: food\.service\.learnt\.json: The file .* \[learn\/unusable\]\n/,
      );
      assert.equal(stdout.trimEnd().split("\n").length, 2, stdout);
      assert.equal(status, 1);
    }
  });

  it("goes by a file of version 1 as before, which held all in one and a digest of all lines", () => {
    const first = JSON.stringify({
      ...{ version: 1, unit: "food.service", unitDigest: unitDigest(serviceOf()), runs: [], unknown: [] },
      settings: LEARNT.settings.map((it) => ({ ...it, evidence: `${it.evidence}: ${it.sights[0]?.at}` })),
      needs: JSON.parse(needsToJson(LEARNT.needs)),
    });
    const said = (text: string): string => checked({ [UNIT]: text, [BESIDE]: first }, "/u").stdout;
    assert.match(
      said(`${GOOD}MemoryDenyWriteExecute=yes\n`),
      / contradicts a run: mprotect\(PROT_EXEC\) was seen \(Exec/,
    );
    assert.match(said(`${GOOD}RestrictAddressFamilies=AF_UNIX\n`), / denies AF_PACKET, which a run used \(Exec/);
    assert.equal(said(GOOD), "1 file: nothing to report\n");
    assert.match(
      said(GOOD.replace("food", "drink")),
      /^\/u\/food\.service:1:1: info: food\.service\.learnt\.json is older/,
    );
    const hardened = runOver(memoryHost({ [UNIT]: GOOD, [BESIDE]: first }), "harden", UNIT).stdout;
    assert.match(hardened, listedUnder("measured: an observed run showed it", "LockPersonality=yes: "));
  });

  it("goes by what is left where the needs are missing", () => {
    const said = (line: string): string => checked({ [UNIT]: `${GOOD}${line}\n`, [BESIDE]: TEXT }, "/u").stdout;
    assert.match(said("MemoryDenyWriteExecute=yes"), / contradicts a run: mprotect\(PROT_EXEC\) was seen; /);
    assert.doesNotMatch(said("RestrictAddressFamilies=AF_UNIX"), /learn\//);
    const broken = checked({ [UNIT]: GOOD, [BESIDE]: TEXT, [NEEDS_BESIDE]: "{" }, "/u");
    assert.match(
      broken.stdout,
      /warning: food\.service\.needs\.json: The file cannot be used: the text is not JSON \[learn\/unus/,
    );
  });

  it("counts for the template of an instance that was observed", () => {
    const instance = writeLearnt({ ...LEARNT, unit: "food@a.service" });
    const files = {
      "/u/food@.service": `${GOOD}MemoryDenyWriteExecute=yes\n`,
      "/u/food@.service.learnt.json": instance,
    };
    assert.match(checked(files, "/u").stdout, /contradicts a run/);
  });
});

describe("cli harden: what was learnt", () => {
  const hardened = (files: Readonly<Record<string, string>>) => runOver(memoryHost(files), "harden", UNIT).stdout;

  it("does not add what a run speaks against, and says which line of the run does", () => {
    assert.match(hardened({ [UNIT]: `${GOOD}Environment=PORT=8080\n` }), /^\+RestrictAddressFamilies=/m);
    const stdout = hardened({ [UNIT]: GOOD, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT });
    assert.doesNotMatch(stdout, /^\+(?:MemoryDenyWriteExecute|RestrictAddressFamilies)/m);
    assert.match(
      stdout,
      listedUnder(
        "not added",
        "RestrictAddressFamilies=.*: what was learnt speaks against it: RestrictAddressFamilies= denies AF_PACKET",
      ),
    );
    const isolated = runOver(
      memoryHost({ [UNIT]: GOOD, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT }),
      "harden",
      "--profile",
      "isolated",
      UNIT,
    );
    assert.match(
      isolated.stdout,
      listedUnder(
        "not added",
        "MemoryDenyWriteExecute=yes: what was learnt speaks against it: mprotect\\(PROT_EXEC\\) was seen \\(ExecStart:412\\)\\n",
      ),
    );
  });

  it("calls measured what a second run proved, for the commands that were observed and this value or a stricter one", () => {
    const settings = LEARNT.settings.map(
      (it): LearntSetting => (it.grade === "seen" ? { ...it, grade: "proven" } : it),
    );
    const proven = writeLearnt({ ...LEARNT, settings });
    assert.match(
      hardened({ [UNIT]: GOOD, [BESIDE]: proven }),
      listedUnder("measured: a second run proved it", "LockPersonality=yes: "),
    );
    assert.match(
      hardened({ [UNIT]: GOOD, [BESIDE]: TEXT, [NEEDS_BESIDE]: NEEDS_TEXT }),
      listedUnder("measured: an observed run showed it", "LockPersonality=yes: "),
    );
    const changed = GOOD.replace("food", "drink");
    assert.match(hardened({ [UNIT]: changed, [BESIDE]: proven }), listedUnder("usual: so many", "LockPersonality=yes"));
    // ProtectHome=tmpfs is what was proven.
    assert.match(hardened({ [UNIT]: GOOD, [BESIDE]: proven }), listedUnder("measured: ", "ProtectHome=read-only: "));
    const weaker = proven
      .replace('"value":"tmpfs"', '"value":"read-only"')
      .replace('"value": "tmpfs"', '"value": "read-only"');
    assert.notEqual(weaker, proven);
    const packaged = "[Service]\nUser=food\nExecStart=/usr/bin/food\n";
    assert.doesNotMatch(hardened({ [UNIT]: packaged, [BESIDE]: weaker }), listedUnder("measured", "ProtectHome=tmpfs"));
  });
});
