import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { dropInFolders, judgedDropInFolders, orderDropIns } from "../../server/src/families/unitFiles/dropIns.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

describe("drop-ins: folders", () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    "a.service": ["a.service.d", "service.d"],
    "a.b.socket": ["a.b.socket.d", "socket.d"],
    "a-b-c.service": ["a-b-c.service.d", "a-b-.service.d", "a-.service.d", "service.d"],
    "a-.service": ["a-.service.d", "service.d"],
    "a@.service": ["a@.service.d", "service.d"],
    "a@i.service": ["a@i.service.d", "a@.service.d", "service.d"],
    "a@i-j.service": ["a@i-j.service.d", "a@.service.d", "service.d"],
    "a-b@i.service": [
      "a-b@i.service.d",
      "a-b@.service.d",
      "a-.service.d",
      "a-@i.service.d",
      "a-@.service.d",
      "service.d",
    ],
  };
  for (const [name, folders] of Object.entries(expected)) {
    it(`of ${name}`, () => assert.deepEqual(dropInFolders(name), folders));
  }
});

describe("drop-ins: folders that a template is judged with", () => {
  it("are those of the instance that systemd-analyze makes of it", () => {
    assert.deepEqual(judgedDropInFolders("a@.service"), ["a@test_instance.service.d", "a@.service.d", "service.d"]);
    for (const name of ["a.service", "a-b.service", "a@i.service", "@NAME@.service"])
      assert.deepEqual(judgedDropInFolders(name), dropInFolders(name));
  });
});

describe("drop-ins: order", () => {
  it("is that of the file names, whatever the folders", () => {
    const folders = [
      { folder: "a.service.d", files: ["20-x.conf", "5-y.conf"] },
      { folder: "service.d", files: ["10-z.conf"] },
    ];
    assert.deepEqual(
      orderDropIns(folders).map(({ folder, file }) => `${folder}/${file}`),
      ["service.d/10-z.conf", "a.service.d/20-x.conf", "a.service.d/5-y.conf"],
    );
  });

  it("takes the most specific of one name", () => {
    const folders = ["a.service.d", "service.d"].map((folder) => ({ folder, files: ["x.conf"] }));
    assert.deepEqual(orderDropIns(folders), [{ folder: "a.service.d", file: "x.conf" }]);
  });

  it("leaves out what does not end in .conf, and what begins with a dot", () => {
    assert.deepEqual(
      orderDropIns([{ folder: "a.service.d", files: ["x.conf~", "conf", "x.CONF", ".x.conf.swp", ".x.conf"] }]),
      [],
    );
  });
});

/** Folders that look as if they could hold drop-ins of the names below. */
const DECOYS = ["a.service.d", "a-b.service.d", "b.service.d", "-.service.d", "a-b-.service.d", "@.service.d", "a.d"];

const NAMES = [
  ...["a.service", "a-b-c.service", "a--b.service", "a-.service", "-a.service", "a.b-c.service", "a\\x2db.service"],
  ...["a@i.service", "a-b@i.service", "a-b-c@i-j.service", "a-@i.service", "a@-.service", "a-b.socket", "a-b.target"],
];

describe("drop-ins: as this machine's systemd reads them", () => {
  before(function () {
    if (MACHINE_VERSION === undefined) skip(this, "there is no systemd-analyze");
  });

  it("of a template", () => {
    const name = "a-b@.service";
    const files: Record<string, string> = { [name]: "[Service]\nExecStart=/bin/true\n" };
    for (const [i, folder] of judgedDropInFolders(name).entries()) files[`${folder}/${i}.conf`] = "[Unit]\n";
    files["a-b@other.service.d/x.conf"] = "[Unit]\n";
    const output = verify(name, files, { SYSTEMD_LOG_LEVEL: "debug" });
    assert.deepEqual(
      output.flatMap((line) => /DropIn Path: DIR\/(.*\.conf)$/.exec(line)?.[1] ?? []),
      judgedDropInFolders(name).map((folder, i) => `${folder}/${i}.conf`),
    );
  });

  for (const name of NAMES) {
    it(name, () => {
      const folders = dropInFolders(name);
      const kind = name.slice(name.lastIndexOf("."));
      const body: Readonly<Record<string, string>> = {
        ".service": "[Service]\nExecStart=/bin/true\n",
        ".socket": "[Socket]\nListenStream=1\n",
      };
      const files: Record<string, string> = {
        [name.replace(/@.*\./, "@.")]: body[kind] ?? "[Unit]\n",
        "a-b.service": "[Service]\nExecStart=/bin/true\n",
      };
      // The file N.conf lies in the folder N and all that are less specific: N must win.
      const listed = folders.map((folder, i) => ({
        folder,
        files: folders.slice(0, i + 1).map((_, n) => `${n}.conf`),
      }));
      const decoys = DECOYS.filter((it) => !folders.includes(it)).map((folder) => ({ folder, files: ["decoy.conf"] }));
      for (const { folder, files: inside } of [...listed, ...decoys]) {
        for (const file of inside) files[`${folder}/${file}`] = "[Unit]\nDescription=x\n";
      }
      files[`${folders[0]}/.hidden.conf`] = "[Unit]\nDescription=x\n";
      const output = verify(name, files, { SYSTEMD_LOG_LEVEL: "debug" });
      const read = output.flatMap((line) => /DropIn Path: DIR\/(.*)$/.exec(line)?.[1] ?? []);
      assert.deepEqual(
        read.filter((path) => path.endsWith(".conf")),
        orderDropIns(listed).map(({ folder, file }) => `${folder}/${file}`),
        output.join("\n"),
      );
      assert.equal(read.length, folders.length);
    });
  }
});
