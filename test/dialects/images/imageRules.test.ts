import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { check } from "../../../server/src/rules/check.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";

const at = (path: string) => {
  const its = checkedPath(path);
  assert.ok(its, path);
  return its;
};
const found = (path: string, text: string, version = NEWEST_VERSION, dropIns: readonly string[] = []): string[] =>
  check(readUnit(at(path), text, version, { dropIns }), { profile: "off" }).map((it) => `${it.severity} ${it.code}`);

const TRUSTED = "/etc/systemd/nspawn/x.nspawn";
const BESIDE = "/var/lib/machines/x.nspawn";
const PARTITION = "/usr/lib/repart.d/50-root.conf";

describe("rules about containers of systemd-nspawn", () => {
  it("count what a file beside an image says only as far as it is trusted", () => {
    const text = "[Exec]\nPrivateUsers=no\n[Files]\nBind=/etc\n";
    assert.deepEqual(found(TRUSTED, text), ["info nspawn/host-users", "warning nspawn/host-files"]);
    assert.deepEqual(found(BESIDE, text), ["warning nspawn/untrusted", "warning nspawn/untrusted"]);
  });

  it("say less of what mapped users may open", () => {
    const mapped = (line: string): string => `[Exec]\nPrivateUsers=pick\n[Files]\n${line}\n`;
    assert.deepEqual(found(TRUSTED, mapped("Bind=/etc")), ["info nspawn/host-files"]);
    assert.deepEqual(found(TRUSTED, mapped("Bind=/etc:/etc:idmap")), ["warning nspawn/host-files"]);
    assert.deepEqual(found(TRUSTED, mapped("Bind=/run/docker.sock")), ["info nspawn/engine-socket"]);
  });

  it("leave to the command line what the file does not say", () => {
    for (const text of [
      "[Network]\nPort=80\n",
      "[Files]\nBindUser=anna\n",
      "[Exec]\nBoot=yes\n",
      "[Exec]\nAmbientCapability=CAP_NET_ADMIN\n",
      "",
    ])
      assert.deepEqual(found(TRUSTED, text, 257), [], text);
  });

  it("say nothing of a file that systemd-nspawn does not read to its end", () => {
    assert.deepEqual(found(TRUSTED, "[Network]\nPrivate=no\nPort=80\nInterface=eth/0\n"), [
      "error value/network-interface",
    ]);
  });
});

describe("rules about partitions and transfers", () => {
  it("say one thing of a partition, as systemd-repart does", () => {
    const text = "[Partition]\nType=root\nVerityMatchKey=a\nDefaultSubvolume=/a\n";
    assert.deepEqual(found(PARTITION, text), ["error image/partition"]);
  });

  it("round sizes in the way of the version before they compare them", () => {
    const text = "[Partition]\nType=root\nSizeMinBytes=4097\nSizeMaxBytes=4098\n";
    const rounded = ["warning value/size", "warning value/size"];
    assert.deepEqual(found(PARTITION, text, 257), rounded);
    assert.deepEqual(found(PARTITION, text).toSorted(), ["error image/partition", ...rounded]);
  });

  it("count a drop-in with its file, and judge none alone", () => {
    const main = "[Partition]\nType=root\n";
    const dropIn = "[Partition]\nVerityMatchKey=a\n";
    const path = at("/usr/lib/repart.d/50-root.conf.d/a.conf");
    const alone = check(readUnit(path, dropIn, NEWEST_VERSION), { profile: "off" });
    assert.deepEqual(alone, []);
    const texts = { path: at(PARTITION), text: main, dropIns: [dropIn], at: 0 };
    const read = readUnit(path, dropIn, NEWEST_VERSION, { main: texts });
    assert.deepEqual(
      check(read, { profile: "off" }).map((it) => it.code),
      ["image/partition"],
    );
    assert.deepEqual(found(PARTITION, main, NEWEST_VERSION, [dropIn]), []);
  });

  it("take no pattern of versions for a placeholder", () => {
    const text =
      "[Source]\nType=url-file\nPath=https://e.com/\nMatchPattern=a_@v_@u.raw\n[Target]\nType=tar\nPath=/srv\n";
    for (const path of ["/etc/sysupdate.d/a.transfer", "/etc/sysupdate.web.d/a.conf"])
      assert.deepEqual(found(path, text), ["error image/transfer"]);
  });
});
