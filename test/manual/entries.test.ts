import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { valueEntry } from "../../server/src/manual/entry.ts";
import { entryMarkdown, termsMarkdown } from "../../server/src/manual/markdown.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { shapeOf } from "../kit/manualBlocks.ts";
import { skip } from "../kit/skip.ts";
import { expectSnapshot } from "../kit/snapshot.ts";

/** The entries that are hardest to read. */
const ENTRIES: readonly (readonly [section: string, name: string])[] = [
  ...([
    "SystemCallFilter",
    "Type",
    "LoadCredential",
    "DevicePolicy",
    "RestrictNamespaces",
    "ExecStart",
    "Environment",
  ].map((it) => ["Service", it]) as [string, string][]),
  ...(["CPUWeight", "IPAddressAllow", "TemporaryFileSystem", "MountImages", "DynamicUser", "ProtectSystem"].map(
    (it) => ["Service", it],
  ) as [string, string][]),
  ...(["LimitCPU", "RootImageOptions", "StateDirectory", "Restart", "MemoryLow"].map((it) => ["Service", it]) as [
    string,
    string,
  ][]),
  ["Unit", "ConditionPathExists"],
  ["Unit", "ConditionFirstBoot"],
  ["Unit", "Wants"],
  ["Timer", "OnCalendar"],
  ["Timer", "OnBootSec"],
  ["Socket", "ListenStream"],
];

describe("manual: systemd's entries (needs ../shared/manpages)", () => {
  it("have the shapes they are known to have", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    const manual = await manualOfVersion(262);
    const scratch = process.env.MANUAL_SCRATCH;
    const shapes = ENTRIES.map(([section, name]) => {
      const found = manual.unitEntry(section, name);
      assert.ok(found, name);
      if (scratch) {
        mkdirSync(scratch, { recursive: true });
        writeFileSync(join(scratch, `${name}.md`), `${termsMarkdown(found)}\n\n${entryMarkdown(found)}\n`);
      }
      const facts = `${found.page}(${found.manualSection}), ${found.heading}, #${found.anchor}`;
      const data = [facts, found.since ? `since ${found.since}` : "", found.scope ?? ""].filter((it) => it !== "");
      return `## [${section}] ${name}=\n\n${data.join(", ")}\n\n${shapeOf(found.blocks).join("\n")}\n`;
    });
    expectSnapshot("manual-entries", `# Shapes of manual entries, systemd 262\n\n${shapes.join("\n")}`);
  });

  it("have parts for single values", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    const manual = await manualOfVersion(262);
    for (const [section, name, values] of [
      ["Service", "DevicePolicy", ["strict", "closed", "auto"]],
      ["Service", "Type", ["simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"]],
    ] as const) {
      const found = manual.unitEntry(section, name);
      assert.ok(found);
      for (const value of values) assert.ok(valueEntry(found, value), `${name}=${value}`);
      assert.equal(valueEntry(found, "nonsense"), undefined);
    }
  });

  it("have an index in groups", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    for (const [version, count, all] of [
      [257, 457, 6437],
      [262, 502, 7440],
    ] as const) {
      const groups = (await manualOfVersion(version)).index();
      assert.equal(groups.length, 24);
      assert.equal(groups[0]?.names.length, count);
      assert.equal(
        groups.reduce((sum, it) => sum + it.names.length, 0),
        all,
      );
      const user = groups[0]?.names.find((it) => it.name === "User=");
      assert.deepEqual(user?.pages, ["systemd.exec(5)"]);
    }
  });
});
