import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findQuadlets } from "../../server/src/dialects/quadlets/generator/folders.ts";
import { NEWEST_PODMAN } from "../../server/src/facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { expectLinear } from "../kit/growth.ts";
import { LONG_CONFIG_TEXTS } from "../kit/longConfigTexts.ts";

describe("rules: files with very many sections", () => {
  // Only so many show work that grows with the square.
  const SIZE = 1000;
  const wanted = [
    ["/etc/systemd/network/10-x.link", "functions"],
    ["/etc/systemd/network/10-x.netdev", "channels"],
  ] as const;
  for (const [path, what] of wanted)
    it(`are judged in a time that grows with their number: ${what}`, () => {
      const known = checkedPath(path) ?? assert.fail(path);
      const make = LONG_CONFIG_TEXTS[path]?.[what] ?? assert.fail(what);
      expectLinear(SIZE, make, (text) => check(readUnit(known, text, NEWEST_VERSION), { profile: "off" }));
    });

  it("are found in a folder of quadlets in a time that grows with their number", () => {
    const paths = (size: number): string[] => Array.from({ length: size }, (_, i) => `/q/a${i}.container`);
    expectLinear(1000, paths, (it) => findQuadlets(it, ["/q"], NEWEST_PODMAN, () => true));
  });
});
