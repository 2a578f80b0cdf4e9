import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { explainListed } from "../../server/src/cli/explain/listed.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { skip } from "../kit/skip.ts";

/** Groups of which a name need not be known by a table of ours. */
const GROUPS =
  /^(?:Options on the Kernel|SMBIOS|Environment Variables|System Credentials|EFI|Udev|Journal Fields|PAM|\/etc\/crypttab)/;

describe("cli explain: names that only the manual lists (needs ../shared/manpages)", () => {
  for (const version of [257, 262] as const) {
    it(`explains each of them or says which page does, systemd ${version}`, async function () {
      if (!HAS_MANPAGES) skip(this, "there are no manual pages");
      const manual = await manualOfVersion(version);
      const source = { manual, origin: "bundled" as const };
      const names = manual.index().flatMap((it) => (GROUPS.test(it.title) ? it.names : []));
      const unknown = names.filter(
        ({ name }) => explainListed({ name, section: undefined, version: NEWEST_VERSION, source }).length === 0,
      );
      assert.ok(names.length > 500);
      assert.deepEqual(unknown, []);
    });
  }

  it("prints the entry of a variable, whatever stands before or after its name", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    const source = { manual: await manualOfVersion(257), origin: "bundled" as const };
    for (const name of ["$STATE_DIRECTORY", "STATE_DIRECTORY", "x-systemd.automount", "passwd.hashed-password.root"]) {
      const [found] = explainListed({ name, section: undefined, version: NEWEST_VERSION, source });
      assert.match(`${found?.parts[0]}`, /^systemd\.\S+\(\d\) of systemd 257/, name);
    }
  });
});
