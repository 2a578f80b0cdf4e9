import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "mocha";
import { built, isAtHand } from "../../lab/strangers/stubs/builtStubs.ts";
import { canAll, type LanguageName, stubText } from "../../lab/strangers/stubs/stubLanguages.ts";
import type { StubNeed } from "../../lab/strangers/stubs/stubNeeds.ts";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";

/** What each thing that a stub does has to be seen as: a sign and what stands there. */
const SEEN: Readonly<Partial<Record<StubNeed, RegExp>>> = {
  hardware: /^devices /,
  clock: /^clock /,
  hostName: /^hostName /,
  kernelLog: /^kernelLog /,
  modules: /^modules /,
  kernelSettings: /^kernelSettings /,
  kernelFiles: /^kernelSettings /,
  controlGroups: /^controlGroups /,
  processes: /^processes /,
  machineFigures: /^procFiles /,
  homes: /^homes /,
  temporary: /^temporary /,
  privileged: /^privileged /,
  setuidFile: /^(?:setuidMode|mode) /,
  namespaces: /^namespaces /,
  mounts: /^mount /,
  realtime: /^realtime /,
  personality: /^personality /,
  packets: /^packets /,
  netlink: /^netlink /,
  users: /^setuid /,
  owners: /^chown /,
  rootDirectory: /^chroot /,
  sharedMemory: /^sharedMemory /,
  compiles: /^compiles /,
  bluetooth: /AF_BLUETOOTH$/,
  can: /AF_CAN$/,
};

const SCRIPTS: readonly LanguageName[] = ["Python", "Perl", "Ruby", "Node", "PHP", "Lua", "shell", ".NET"];

/** A call of the language, a file and a command are the most ways that there are. */
const WAYS = [0, 1, 2];

/** What the own files of a script show: each sign with what stands there. */
function signsOf(language: LanguageName, need: StubNeed, way: number): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), "unit-warden-way-"));
  try {
    mkdirSync(join(root, "opt"));
    const path = language === ".NET" ? "/opt/small.dll" : "/opt/small";
    writeFileSync(join(root, path), built(language, stubText(language, [need], false, way)), { mode: 0o755 });
    const { files } = readPrograms([{ path, args: [], environment: {} }], nodeProgramFiles(root));
    return files.flatMap((it) => (it.own ? it.signs.map(({ sign, what }) => `${sign} ${what}`) : []));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("reading what scripts do, in each way of their language", () => {
  for (const language of SCRIPTS)
    (isAtHand(language) ? it : it.skip)(`sees it in ${language}`, () => {
      const unseen = Object.entries(SEEN).flatMap(([need, seen]) =>
        WAYS.filter(
          (way) =>
            canAll(language, [need as StubNeed]) &&
            !signsOf(language, need as StubNeed, way).some((it) => seen.test(it)),
        ).map((way) => `${need} ${way}`),
      );
      assert.deepEqual(unseen, []);
    });
});
