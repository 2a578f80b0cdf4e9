import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { describe, it } from "mocha";
import { debianPackages } from "../../server/src/program/debianPackages.ts";
import { memoryFiles } from "./kit.ts";

const search = (path: string): string => spawnSync("dpkg", ["-S", path], { encoding: "utf8" }).stdout;

const MACHINE = memoryFiles({
  "/var/lib/dpkg/status": `Package: shop-server
Status: install ok installed
Source: shop (1.2-1)
Version: 1.2-1+b1

Package: libshop1
Source: shop
Version: 1.2-1

Package: plain
Version: 3
`,
  "/var/lib/dpkg/info/shop-server.list":
    "/.\n/usr\n/usr/sbin\n/usr/sbin/shopd\n/usr/share/doc/shop-server/changelog.gz\n",
  "/var/lib/dpkg/info/libshop1:amd64.list": "/.\n/lib\n/lib/x86_64-linux-gnu/libshop.so.1\n",
  "/var/lib/dpkg/info/plain.list": "/.\n/bin/plain\n",
  "/var/lib/dpkg/info/plain.md5sums": "0  bin/other\n",
});

describe("source packages of a Debian machine", () => {
  it("are those of the status of dpkg, else the package itself", () => {
    const packageOf = debianPackages(MACHINE)?.packageOf;
    assert.equal(packageOf?.("/usr/sbin/shopd"), "shop");
    assert.equal(packageOf?.("/usr/bin/plain"), "plain");
    assert.equal(packageOf?.("/usr/bin/other"), undefined);
    assert.equal(packageOf?.("/opt/shop/shopd"), undefined);
  });

  it("are found by either name of a merged folder", () => {
    const packageOf = debianPackages(MACHINE)?.packageOf;
    for (const path of ["/usr/lib/x86_64-linux-gnu/libshop.so.1", "/lib/x86_64-linux-gnu/libshop.so.1"])
      assert.equal(packageOf?.(path), "shop");
    assert.equal(packageOf?.("/sbin/shopd"), "shop");
  });

  it("have plugins in folders of their own, which are no libraries of programs", () => {
    const machine = memoryFiles({
      "/var/lib/dpkg/info/shop.list":
        "/usr/lib/x86_64-linux-gnu/libshop.so.1\n/usr/lib/x86_64-linux-gnu/shop/rlm_a.so\n/usr/lib/shop/b.so\n/usr/bin/shopd\n",
    });
    assert.deepEqual(debianPackages(machine)?.pluginsOf("/usr/bin/shopd"), [
      "/usr/lib/x86_64-linux-gnu/shop/rlm_a.so",
      "/usr/lib/shop/b.so",
    ]);
    assert.deepEqual(debianPackages(machine)?.pluginsOf("/opt/shopd"), []);
  });

  it("are none where dpkg manages nothing", () =>
    assert.equal(debianPackages(memoryFiles({ "/usr/bin/x": "" })), undefined));

  it("are those that dpkg says on this machine", function () {
    if (!existsSync("/var/lib/dpkg/status")) this.skip();
    const packageOf = debianPackages({
      read: (path) => readFileSync(path),
      list: (folder) => readdirSync(folder).sort(),
    })?.packageOf;
    for (const path of ["/bin/sh", "/usr/bin/env", "/usr/bin/perl", "/usr/bin/dpkg"].map((it) => realpathSync(it))) {
      const [name = ""] = `${search(path)}${search(path.replace("/usr", ""))}`.split(":", 1);
      const source = execFileSync("dpkg-query", ["-f", "$".concat("{source:Package}"), "-W", name], {
        encoding: "utf8",
      });
      assert.equal(packageOf?.(path), source, path);
    }
  });
});
