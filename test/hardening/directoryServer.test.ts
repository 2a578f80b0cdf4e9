import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { unitOf } from "./kit.ts";

/** A directory server as distributions start it: where it writes stands in a variable of another file. */
const SLAPD = `[Unit]
Description=Directory server
[Service]
Type=notify
EnvironmentFile=/etc/default/slapd
ExecStart=sh -c 'mkdir -p /run/slapd; exec /usr/sbin/slapd -d0 \${SLAPD_CONF:+-F "$SLAPD_CONF"}'
`;

describe("a directory server", () => {
  for (const profile of ["basic", "strict", "isolated"] as const) {
    it(`may write its configuration with ${profile}`, () => {
      const lines = hardenUnit(unitOf(SLAPD, "/usr/lib/systemd/system/slapd.service"), profile).settings.map(
        (it) => it.line,
      );
      const [protect, ...more] = lines.filter((it) => /^(?:ProtectSystem|ReadWritePaths)=/.test(it));
      assert.equal(protect, "ProtectSystem=full");
      assert.deepEqual(more, ["ReadWritePaths=-/etc/ldap -/etc/openldap -/etc/slapd"]);
    });
  }
});
