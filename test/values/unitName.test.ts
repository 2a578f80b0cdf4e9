import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resolveSpecifiers } from "../../server/src/values/resolve.ts";
import { parseUnitName, stemFromPath, testInstance, type UnitName } from "../../server/src/values/unitName.ts";

/** A name that must be one. */
function nameOf(text: string): UnitName {
  const name = parseUnitName(text);
  assert.ok(name, text);
  return name;
}

describe("unitName", () => {
  it("takes a name apart", () => {
    const parts = ({ stem, prefix, instance, kind }: UnitName) => [stem, prefix, instance, kind];
    assert.deepEqual(parts(nameOf("a.service")), ["a", "a", undefined, "service"]);
    assert.deepEqual(parts(nameOf("a@.service")), ["a@", "a", "", "service"]);
    assert.deepEqual(parts(nameOf("a.b@c@d.e.socket")), ["a.b@c@d.e", "a.b", "c@d.e", "socket"]);
    assert.deepEqual(parts(nameOf("dev-disk-a\\x20b.swap")), [
      "dev-disk-a\\x20b",
      "dev-disk-a\\x20b",
      undefined,
      "swap",
    ]);
  });

  it("refuses what is no name", () => {
    for (const text of [
      "a",
      ".service",
      "@b.service",
      "a b.service",
      "a.servic",
      "ä.service",
      "a/b.service",
      `${"a".repeat(250)}.service`,
    ]) {
      assert.equal(parseUnitName(text), undefined, text);
    }
  });

  it("gives a template the instance that systemd-analyze gives it", () => {
    assert.equal(testInstance(nameOf("a@.service")).full, "a@test_instance.service");
    assert.equal(testInstance(nameOf("a@b.service")).full, "a@b.service");
    assert.equal(testInstance(nameOf("a.service")).full, "a.service");
  });

  it("names the unit of a path", () => {
    const cases = {
      "/": "-",
      "/srv": "srv",
      "//srv//a-b/": "srv-a\\x2db",
      "/a b/ä": "a\\x20b-\\xc3\\xa4",
      "/.x/.y": "\\x2ex-.y",
    };
    for (const [path, stem] of Object.entries(cases)) assert.equal(stemFromPath(path), stem, path);
  });
});

describe("resolveSpecifiers", () => {
  const resolve = (text: string, name = "foo-bar@x-y\\x2dz.service", scope: "system" | "user" = "system") =>
    resolveSpecifiers(text, nameOf(name), scope);

  it("knows the name of the unit", () => {
    assert.equal(resolve("%p %P %i %I"), "foo-bar foo/bar x-y\\x2dz x/y-z");
    assert.equal(resolve("%n %N"), "foo-bar@x-y\\x2dz.service foo-bar@x-y\\x2dz");
    assert.equal(resolve("%j %J %f"), "bar bar /x/y-z");
    assert.equal(resolve("%i|%f", "foo.service"), "|/foo");
    assert.equal(resolve("%f", "foo@-.service"), "/");
    // Answers of systemd 257: names that no path is escaped to.
    for (const name of ["a-", "-a", "a--b", ".", "a-..-b", "a-.-b", "\\x2fa", "a\\x2f", "\\x2e\\x2e"])
      assert.equal(resolve("%f", `t@${name}.service`), undefined, name);
    for (const name of ["-p", "q-", "a--b"]) assert.equal(resolve("%f", `${name}.service`), undefined, name);
  });

  it("knows the directories of both managers", () => {
    assert.equal(resolve("%t %S %C %L %E %h %u %U"), "/run /var/lib /var/cache /var/log /etc /root root 0");
    assert.match(resolve("%t %S %h", "a.service", "user") ?? "", /^\/run\/user\/\d+ \/home\/\S+\/state \/home\/\S+$/);
    assert.equal(resolve("%d", "a.service"), "/run/credentials/a.service");
  });

  it("keeps what is none, and gives up at an unknown letter", () => {
    assert.equal(resolve("100%% % %- %"), "100% % %- %");
    assert.equal(resolve("%Q"), undefined);
    assert.equal(resolve("%p%5"), undefined);
    assert.equal(resolve("%I", "a@b\\q.service"), undefined);
  });
});
