import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { BundleHead } from "../../server/src/learn/bundle.ts";
import { bundleHead, bundleUsers, readStatus, readStatusJson, unitTexts } from "../../server/src/learn/readBundle.ts";

const HEAD: BundleHead = {
  version: 1,
  unit: "x.service",
  systemd: "257",
  strace: "6.13",
  kernel: "6.12",
  architecture: "x86_64",
  users: ["root:0:0", "www-data:33:33", "broken"],
  exercised: ["curl localhost"],
};

describe("the parts of a bundle", () => {
  it("begin with a head", () => {
    const read = bundleHead(JSON.stringify(HEAD));
    deepEqual(read, { head: HEAD });
    deepEqual("head" in read ? [...bundleUsers(read.head)] : [], [
      ["root", { uid: 0, gid: 0 }],
      ["www-data", { uid: 33, gid: 33 }],
    ]);
  });

  it("say what is wrong with the head", () => {
    deepEqual(bundleHead("x"), { problem: "bundle.json cannot be read: the text is not JSON" });
    deepEqual(bundleHead('{"version":2}'), { problem: "bundle.json cannot be read: version 2 is not 1" });
    deepEqual(bundleHead(JSON.stringify({ ...HEAD, users: [1] })), {
      problem: "bundle.json cannot be read: users[0] is not a text",
    });
  });

  it("have the status of each path", () => {
    const status = readStatus(
      [
        "100644\t0\t33\t-\t/a\\tb\\\\n\\nc\t/a\\tb\\\\n\\nc",
        "104755\t0\t0\t0x0100000200200000\t/usr/bin/x\t/usr/bin/y",
        "100644\t0\t0\t-\trelative\t/x",
        "rubbish",
        "",
      ].join("\n"),
    );
    deepEqual(
      [...status],
      [
        ["/a\tb\\n\nc", { mode: 0o100644, uid: 0, gid: 33, capabilities: false, real: "/a\tb\\n\nc" }],
        ["/usr/bin/x", { mode: 0o104755, uid: 0, gid: 0, capabilities: true, real: "/usr/bin/y" }],
      ],
    );
  });

  it("had the status as JSON before", () => {
    const source =
      '{"files":{"/a":{"mode":33188,"uid":1,"gid":2},"/b":{"mode":"x"},"/c":{"mode":1,"uid":0,"gid":0,"real":"/a"}}}';
    deepEqual(
      [...readStatusJson(source)],
      [
        ["/a", { mode: 33188, uid: 1, gid: 2, capabilities: false, real: "/a" }],
        ["/c", { mode: 1, uid: 0, gid: 0, capabilities: false, real: "/a" }],
      ],
    );
    equal(readStatusJson("[").size, 0);
  });

  it("have the unit with its drop-ins", () => {
    const source = [
      "# /usr/lib/systemd/system/x.service",
      "# A comment",
      "",
      "# /etc/x.conf is read too",
      "[Service]",
      "ExecStart=/x",
      "",
      "# /etc/systemd/system/x.service.d/a.conf",
      "[Service]",
      "User=x",
      "",
    ].join("\n");
    deepEqual(unitTexts(source), [
      {
        path: "/usr/lib/systemd/system/x.service",
        text: "# A comment\n\n# /etc/x.conf is read too\n[Service]\nExecStart=/x\n",
      },
      { path: "/etc/systemd/system/x.service.d/a.conf", text: "[Service]\nUser=x\n" },
    ]);
    deepEqual(unitTexts("no unit"), []);
  });

  it("never throw", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        bundleHead(text);
        readStatus(text);
        readStatusJson(text);
        unitTexts(text);
      }),
    );
  });
});
