import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { newFileUnits } from "../../../server/src/features/newFile.ts";
import type { FileAnswers, NewFile } from "../../../server/src/features/newUnit/wanted.ts";
import { skip } from "../../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../../kit/systemd.ts";

const MOUNT = {
  kind: "mount",
  what: "/dev/sdb1",
  where: "/srv/data",
  type: "ext4",
  options: "",
  scope: "system",
} as const;
const TARGET = { kind: "target", name: "shop", wants: [], isAtBoot: true, scope: "system" } as const;
const QUADLET = {
  kind: "quadlet",
  of: "container",
  name: "web",
  main: "docker.io/library/caddy:2",
  scope: "system",
} as const;

const made = (answers: FileAnswers, profile: "off" | "basic" = "basic") =>
  newFileUnits({ ...answers, profile, version: NEWEST_VERSION });

/** The file, about which nothing is to be said. */
function fileOf(answers: FileAnswers, profile?: "off" | "basic"): NewFile {
  const result = made(answers, profile);
  assert.ok(result.kind === "files", JSON.stringify(result));
  assert.deepEqual(result.notes, []);
  const [file] = result.files;
  return file ?? assert.fail();
}

function refusal(answers: FileAnswers): string {
  const result = made(answers);
  return result.kind === "refused" ? `${result.about}: ${result.message}` : "made";
}

describe("new files without a command", () => {
  it("are mounts that have the name of their path", () => {
    for (const [where, name] of [
      ["/srv/data", "srv-data.mount"],
      ["/srv//data/", "srv-data.mount"],
      ["/", "-.mount"],
      ["/srv/data-old", "srv-data\\x2dold.mount"],
      ["/srv/größe", "srv-gr\\xc3\\xb6\\xc3\\x9fe.mount"],
      ["/srv/100%", "srv-100\\x25.mount"],
    ] as const)
      assert.equal(fileOf({ ...MOUNT, where }).name, name);
  });

  it("are mounts that begin with the file systems of their kind", () => {
    const target = (type: string, options = ""): string =>
      /^WantedBy=(.*)$/m.exec(fileOf({ ...MOUNT, what: "files:/export", type, options }).text)?.[1] ?? "";
    assert.equal(target("ext4"), "local-fs.target");
    assert.equal(target(""), "local-fs.target");
    for (const type of ["nfs", "nfs4", "cifs", "fuse.sshfs", "ceph"])
      assert.equal(target(type), "remote-fs.target", type);
    assert.equal(target("ext4", "noatime,_netdev"), "remote-fs.target");
  });

  it("are targets with what they start, for either manager", () => {
    const wants = ["a.service", "b.timer"];
    assert.match(fileOf({ ...TARGET, wants }).text, /^Wants=a\.service b\.timer$/m);
    assert.match(fileOf(TARGET).text, /^WantedBy=multi-user\.target$/m);
    assert.match(fileOf({ ...TARGET, scope: "user" }).text, /^WantedBy=default\.target$/m);
    assert.doesNotMatch(fileOf({ ...TARGET, isAtBoot: false }).text, /\[Install\]/);
    assert.equal(fileOf({ ...TARGET, name: "shop.target" }).name, "shop.target");
  });

  it("are quadlets of each kind, about which nothing is to be said in plain profiles", () => {
    for (const of of ["container", "pod", "volume", "network", "image", "build", "kube", "artifact"] as const)
      for (const scope of ["system", "user"] as const)
        for (const profile of ["off", "basic"] as const) {
          const file = fileOf({ ...QUADLET, of, scope }, profile);
          assert.equal(file.name, `web.${of}`);
          assert.doesNotMatch(file.text, /my-|\$\{/);
          if (scope === "user") assert.doesNotMatch(file.text, /multi-user/);
        }
    assert.match(fileOf(QUADLET).text, /^Image=docker\.io\/library\/caddy:2$/m);
    assert.match(fileOf({ ...QUADLET, of: "pod", name: "web@" }).text, /^PodName=web-%i$/m);
  });

  it("are selected where the reader goes on", () => {
    const looked = (answers: FileAnswers): string => {
      const { text, look } = fileOf(answers);
      return text.slice(look.start, look.end);
    };
    assert.equal(looked(MOUNT), "/dev/sdb1");
    assert.equal(looked(TARGET), "shop");
    assert.equal(looked(QUADLET), "docker.io/library/caddy:2");
  });

  it("say which answer is wrong", () => {
    for (const [answers, said] of [
      [{ ...MOUNT, where: "data" }, /^where: "data" is not an absolute path/],
      [{ ...MOUNT, where: "/a/../b" }, /^where: "\/a\/\.\.\/b" has "\.\."/],
      [{ ...MOUNT, where: `/${"x".repeat(255)}` }, /^where: This path is too long/],
      [{ ...MOUNT, what: " " }, /^what: What to mount is missing/],
      [{ ...MOUNT, options: "a\nWhat=b" }, /^options: A setting cannot contain a line break/],
      [{ ...TARGET, name: "a b" }, /^name: "a b" is not a valid target name/],
      [{ ...TARGET, name: "a.service" }, /^name: /],
      [{ ...TARGET, wants: ["nothing"] }, /^wants: /],
      [{ ...TARGET, wants: ["a.service\nAfter=b"] }, /^wants: A setting cannot/],
      [{ ...QUADLET, name: "a/b" }, /^name: "a\/b" is not a valid name of a \.container file/],
      [{ ...QUADLET, main: "" }, /^main: Image= is missing/],
      [{ ...QUADLET, main: "a\nb" }, /^main: A setting cannot/],
    ] as const)
      assert.match(refusal(answers), said);
  });

  describe("are taken by the systemd of this machine without a word", () => {
    before(function () {
      if (MACHINE_VERSION === undefined) skip(this, "there is no systemd-analyze");
    });

    for (const answers of [MOUNT, { ...MOUNT, where: "/srv/a b-c" }, { ...MOUNT, type: "nfs", what: "a:/b" }, TARGET])
      it(JSON.stringify(answers), () => {
        const { name, text } = fileOf(answers);
        assert.deepEqual(
          verify(name, { [name]: text }).filter((it) => it !== ""),
          [],
        );
      });
  });
});
