import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CONFIG_KINDS } from "../../server/src/facts/configKinds.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { skip } from "../kit/skip.ts";

/** Old names that systemd 262 reads still, and describes no more. */
const LOST: ReadonlySet<string> = new Set([
  "IPv6ProxyNDPAddress",
  "RelayTarget",
  "RelayAgentCircuitId",
  "RelayAgentRemoteId",
]);

describe("manual: settings of configuration files (needs ../shared/manpages)", () => {
  for (const version of [257, 262] as const)
    it(`all have an entry with a text in systemd ${version}, if they are documented there`, async function () {
      if (!HAS_MANPAGES) skip(this, "there are no manual pages");
      const manual = await manualOfVersion(version);
      const missing: string[] = [];
      let found = 0;
      for (const kind of CONFIG_KINDS)
        for (const [section, rows] of Object.entries(configFamilyOf(kind).description.table.sections))
          for (const name of Object.keys(rows)) {
            const known = configFamilyOf(kind).content.directive(section, name);
            if (!known || known.page === undefined || known.successor) continue;
            if ((known.since ?? 0) > version || (known.until ?? 999) <= version) continue;
            const entry = manual.directiveEntry(known);
            if (entry && entry.blocks.length > 0) found++;
            else if (!(version === 262 && LOST.has(name)))
              missing.push(`${kind} [${section}] ${name}= in ${known.page}`);
          }
      assert.deepEqual(missing, []);
      assert.ok(found > 1200, `${found}`);
    });

  it("stand under the heading that links to a section lead to", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    const manual = await manualOfVersion(262);
    const missing: string[] = [];
    for (const kind of CONFIG_KINDS) {
      const { content } = configFamilyOf(kind);
      for (const section of Object.keys(configFamilyOf(kind).description.table.sections)) {
        const { page, anchor } = content.sectionFacts(section as never);
        const titles = manual.page(page)?.sections.map((it) => it.title.toLowerCase()) ?? [];
        if (anchor !== undefined && titles.length > 0 && !titles.includes(anchor.toLowerCase()))
          missing.push(`${page}: ${anchor}`);
      }
    }
    assert.deepEqual(missing, []);
  });
});
