import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hardeningFindings, hardeningRules } from "../../server/src/hardening/hardening.ts";
import { codeOf, ROWS, rowsOf } from "../../server/src/hardening/profiles.ts";
import { findings, fixed, service, unitOf } from "./kit.ts";

const BASIC = rowsOf("basic");
/** A unit in which every row has something to say, as far as one unit can. */
const BARE = [
  "ExecStart=/usr/sbin/server --data /var/lib/x/x --cache /var/cache/server/x --log /var/log/x/x --run /run/x/x",
];

describe("hardening: the rows", () => {
  it("has the 18 settings of the basic tier, and one row for each directive", () => {
    assert.equal(BASIC.length, 18);
    assert.equal(new Set(ROWS.map((it) => it.directive)).size, ROWS.length);
  });

  it("gives each directive a code in kebab case", () => {
    assert.equal(codeOf("ProtectHome"), "hardening/protect-home");
    assert.equal(codeOf("IPAddressDeny"), "hardening/ip-address-deny");
    assert.equal(codeOf("UMask"), "hardening/umask");
    assert.equal(codeOf("RestrictSUIDSGID"), "hardening/restrict-suidsgid");
  });

  it("writes its texts as one sentence each", () => {
    for (const { directive, protects, breaks, shows, page, absent, title } of ROWS) {
      for (const text of [protects, breaks, shows]) assert.match(text, /^["A-Z\d].*\.$/, directive);
      for (const text of [absent, title]) assert.doesNotMatch(text, /\.$/, directive);
      assert.match(page, /^systemd\.[a-z-]+\(5\)$/);
    }
  });

  it("tells the same about each code for the documentation", () => {
    assert.deepEqual(
      hardeningRules.map((it) => it.code),
      ROWS.map((it) => codeOf(it.directive)),
    );
  });

  it("knows which rights a service starts with", () => {
    const messageOf = (...lines: string[]): string | undefined =>
      hardeningFindings(unitOf(service(...lines)), "basic").find((it) => it.directive === "ProtectClock")?.message;
    const able = "ProtectClock= is not set: the service can set the system clock";
    assert.equal(messageOf(), able);
    assert.equal(messageOf("User=x", "AmbientCapabilities=CAP_SYS_TIME")?.slice(0, able.length), able);
    assert.equal(
      messageOf("User=x"),
      "ProtectClock= is not set: once it gains rights, the service can set the system clock",
    );
  });

  for (const row of ROWS) {
    const { directive, tier, weak } = row;
    if (directive === "LoadCredential" || directive === "IPAddressDeny") continue;
    const user =
      { RemoveIPC: ["User=foo"], DevicePolicy: ["PrivateDevices=no"] }[directive as "RemoveIPC" | "DevicePolicy"] ?? [];

    it(`finds ${directive}= missing, on the header, and puts it right`, () => {
      const text = service(...BARE, ...user);
      const found = hardeningFindings(unitOf(text), tier).find((it) => it.directive === directive);
      assert.ok(found);
      assert.equal(text.slice(found.start, found.end), "[Service]");
      assert.equal(found.code, codeOf(directive));
      assert.ok(found.message.startsWith(`${directive}= `), found.message);
      assert.doesNotMatch(found.message, /\.$/);
      const [first] = found.fixes;
      assert.ok(first);
      assert.ok(first.title.startsWith(`Add ${directive}=`), first.title);
      const after = fixed(text, directive, first.title, tier);
      assert.ok(!hardeningFindings(unitOf(after), tier).some((it) => it.directive === directive), after);
    });

    for (const value of Object.keys(weak).filter((it) => it !== "open" && it !== "")) {
      const written = value === "~" && directive !== "CapabilityBoundingSet" ? "~@x AF_PACKET" : value;
      it(`finds ${directive}=${written} weak, on the value`, () => {
        const text = service(...BARE, ...user, `${directive}=${written}`);
        const found = hardeningFindings(unitOf(text), tier).find((it) => it.directive === directive);
        assert.ok(found);
        assert.equal(text.slice(found.start, found.end), written);
        assert.ok(found.message.startsWith(`${directive}=`), found.message);
        assert.ok(!found.fixes.some((it) => it.title.startsWith("Add all")));
        const [first] = found.fixes;
        assert.ok(first);
        const after = fixed(text, directive, first.title, tier);
        assert.ok(!hardeningFindings(unitOf(after), tier).some((it) => it.directive === directive), after);
      });
    }
  }

  it("asks for addresses to be denied where there is no private network", () => {
    const found = findings([], "isolated").get("IPAddressDeny");
    assert.deepEqual(found?.fixes.map((it) => it.title).slice(0, 1), [
      "Add IPAddressDeny=any with IPAddressAllow=localhost",
    ]);
    assert.equal(findings(["PrivateNetwork=yes"], "isolated").has("IPAddressDeny"), false);
    assert.equal(findings(["IPAddressDeny=any"], "isolated").has("PrivateNetwork"), false);
  });

  it("finds a secret in the environment, on its word", () => {
    const text = service("Environment=A=1 DB_PASSWORD=abc");
    const found = hardeningFindings(unitOf(text), "strict").find((it) => it.directive === "LoadCredential");
    assert.ok(found);
    assert.equal(text.slice(found.start, found.end), "DB_PASSWORD=abc");
    assert.match(fixed(text, "LoadCredential", "Add ", "strict"), /DB_PASSWORD=abc\nLoadCredential=db_password\n/);
    for (const harmless of ["PASSWORD_FILE=/x", "TOKEN=", "PASSWORD=%d/x", "PATH=/bin"]) {
      assert.equal(findings([`Environment=${harmless}`], "strict").has("LoadCredential"), false, harmless);
    }
  });

  it("counts the tiers: warning, info, hint", () => {
    const found = findings([], "isolated");
    assert.equal(found.get("ProtectSystem")?.severity, "warning");
    assert.equal(found.get("SystemCallFilter")?.severity, "info");
    assert.equal(found.get("NoExecPaths")?.severity, "hint");
  });

  it("says nothing with the profile off, and each profile includes the ones before", () => {
    assert.equal(findings([], "off").size, 0);
    const [basic, strict, isolated] = (["basic", "strict", "isolated"] as const).map((it) => findings([], it).size);
    assert.ok((basic ?? 0) < (strict ?? 0) && (strict ?? 0) < (isolated ?? 0));
  });
});
