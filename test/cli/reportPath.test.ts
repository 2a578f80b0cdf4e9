import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { pathUri, pathWithin, portablePath } from "../../server/src/cli/reportPath.ts";

describe("cli: paths in reports", () => {
  const rows: readonly (readonly [path: string, plain: string, uri: string])[] = [
    ["x.service", "x.service", "x.service"],
    ["./units//x.service", "units/x.service", "units/x.service"],
    ["a/./b/../x@1.service", "a/x@1.service", "a/x@1.service"],
    ["../../x.service", "../../x.service", "../../x.service"],
    ["/../etc/x y.service", "/etc/x y.service", "file:///etc/x%20y.service"],
    ["a:b/ü#?%.service", "a:b/ü#?%.service", "a%3Ab/%C3%BC%23%3F%25.service"],
    ["units/dev-a\\x2db.mount", "units/dev-a\\x2db.mount", "units/dev-a%5Cx2db.mount"],
    ["units\\x.service", "units/x.service", "units/x.service"],
    ["C:\\units\\x y.service", "C:/units/x y.service", "file:///C:/units/x%20y.service"],
    ["C:\\..\\x.service", "C:/x.service", "file:///C:/x.service"],
    ["\\\\host\\share\\x.service", "//host/share/x.service", "file://host/share/x.service"],
  ];
  for (const [path, plain, uri] of rows)
    it(path, () => assert.deepEqual([portablePath(path), pathUri(path)], [plain, uri]));

  it("are relative to a folder that they lie in", () => {
    const rows: readonly (readonly [folder: string, path: string, within: string])[] = [
      ["/r", "/r/units/x.service", "units/x.service"],
      ["/r/", "/r/./x.service", "x.service"],
      ["/r", "/rr/x.service", "/rr/x.service"],
      ["/", "/etc/x.service", "etc/x.service"],
      ["/r", "units/x.service", "units/x.service"],
      ["C:\\r", "C:\\r\\units\\x.service", "units/x.service"],
    ];
    for (const [folder, path, within] of rows) assert.equal(pathWithin(folder, path), within);
  });

  it("are URI references that lead back to the path, whatever is in it", () => {
    const name = fc.string({ unit: "binary", minLength: 1 }).filter((it) => !/[\\/]|^\.{1,2}$/.test(it));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (parts) => {
        assert.equal(decodeURIComponent(pathUri(`/${parts.join("/")}`)), `file:///${parts.join("/")}`);
      }),
    );
    assert.equal(pathUri("\udcff.service"), "%FF.service");
    assert.equal(pathUri("\ud800.service"), "%EF%BF%BD.service");
  });
});
