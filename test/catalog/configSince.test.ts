import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ConfigKind } from "../../server/src/facts/configKinds.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";

/** Since when a setting is read; 0 where the table does not say. */
function sinceOf(kind: ConfigKind, section: string, name: string): number {
  return configFamilyOf(kind).description.table.sections[section]?.[name]?.since ?? 0;
}

describe("settings of configuration files that share an entry of the manual with an older one", () => {
  it("have come when the tables of the programs first have them", () => {
    assert.deepEqual(
      [
        sinceOf("journald.conf", "Journal", "ForwardToSocket"),
        sinceOf("journald.conf", "Journal", "MaxLevelSocket"),
        sinceOf("logind.conf", "Login", "HandlePowerKeyLongPress"),
        sinceOf("logind.conf", "Login", "HandleSecureAttentionKey"),
        sinceOf("network", "DHCPv6", "UseDNR"),
        sinceOf("network", "IPv6SendRA", "DNS"),
        sinceOf("network", "Network", "IPoIB"),
      ],
      [256, 256, 250, 256, 256, 246, 250],
    );
  });
});
