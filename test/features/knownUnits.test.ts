import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { complete } from "../../server/src/features/completion.ts";
import { descriptionNear, knownUnits, settingsNear } from "../../server/src/features/knownUnits.ts";
import type { ReferenceContext } from "../../server/src/features/referenceContext.ts";
import { NO_WORLD } from "../../server/src/features/world.ts";
import { uriOfPath } from "../../server/src/server/uris.ts";
import { EMPTY_INDEX, type SeenFile, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { open } from "../kit/view.ts";

const described = (text: string): string => `[Unit]\nDescription=${text}\n`;

const FILES: readonly SeenFile[] = [
  { path: "/work/shop/shop.service", text: described("The shop") },
  { path: "/work/shop/shop.service.d/more.conf", text: described("The shop, with more") },
  { path: "/work/shop/job@.service", text: described("A job") },
  { path: "/work/shop/shop.socket", text: "[Socket]\n" },
  { path: "/work/shop/ssh.service", text: described("Our own ssh") },
  { path: "/work/shop/gone.service", link: "/dev/null" },
  { path: "/work/other/mail.service", text: described("Mail") },
  { path: "/work/other/mail.slice", text: "[Slice]\n" },
  { path: "/usr/lib/systemd/system/ssh.service", text: described("Secure shell") },
  { path: "/usr/lib/systemd/system/gone.service", text: described("Masked by us") },
  { path: "/usr/lib/systemd/system/getty@.service", text: described("Login on a console") },
  { path: "/etc/systemd/system/login.service", link: "/usr/lib/systemd/system/ssh.service" },
  { path: "/usr/lib/systemd/user/desktop.service", text: described("For users") },
];

const context = (path: string): ReferenceContext => ({
  index: withChanges(EMPTY_INDEX, FILES),
  path,
  uriOf: uriOfPath,
});
const HERE = context("/work/shop/new.service");

describe("the units that a document can name", () => {
  it("are those of its own tree first, then others, each once and none that is masked", () => {
    assert.deepEqual(
      knownUnits(HERE).map(({ name, home }) => `${name} ${home}`),
      [
        "job@.service own",
        "shop.service own",
        "shop.socket own",
        "ssh.service own",
        "mail.service workspace",
        "mail.slice workspace",
        "getty@.service machine",
        "login.service machine",
      ],
    );
  });

  it("are those of the managers of users for a unit of theirs", () => {
    const names = knownUnits(context("/etc/systemd/user/new.service")).map((it) => it.name);
    assert.deepEqual(names, ["desktop.service"]);
  });

  it("of a whole machine only those of the document's folder are near", () => {
    const units = knownUnits(context("/etc/systemd/system/new.service"));
    const near = units.filter(({ home }) => home === "own").map(({ name }) => name);
    assert.deepEqual(near, ["login.service"]);
    assert.ok(units.some(({ name, home }) => name === "ssh.service" && home === "machine"));
  });

  it("come with their description, a link with that of its file", () => {
    const units = new Map(knownUnits(HERE).map((it) => [it.name, it.description]));
    assert.equal(units.get("ssh.service"), "Our own ssh");
    assert.equal(units.get("login.service"), "Secure shell");
    assert.equal(units.get("shop.socket"), undefined);
    assert.equal(descriptionNear("shop.service", HERE), "The shop, with more");
    assert.equal(descriptionNear("getty@tty1.service", HERE), "Login on a console");
    assert.equal(descriptionNear("gone.service", HERE), undefined);
  });

  const offered = (source: string): readonly string[] => {
    const { view, cursor } = open(`#- new.service\n${source}`);
    const world = { ...NO_WORLD, units: (kinds?: Parameters<typeof knownUnits>[1]) => knownUnits(HERE, kinds) };
    const names = new Set(FILES.map(({ path }) => path.slice(path.lastIndexOf("/") + 1)));
    return complete(view, cursor, { world }).items.flatMap((it) => (names.has(it.label) ? [it.label] : []));
  };

  it("are offered in lists of units, also behind the first", () => {
    const all = ["job@.service", "shop.service", "shop.socket", "ssh.service", "mail.service", "mail.slice"];
    assert.deepEqual(offered("[Unit]\nAfter=$0\n").slice(0, all.length), all);
    const others = all.filter((it) => it !== "shop.socket");
    assert.deepEqual(offered("[Unit]\nWants=shop.socket $0\n").slice(0, others.length), others);
  });

  it("are of the kinds that the directive takes", () => {
    assert.deepEqual(offered("[Service]\nSockets=$0\n"), ["shop.socket"]);
    assert.deepEqual(offered("[Service]\nSlice=$0\n"), ["mail.slice"]);
    assert.deepEqual(
      offered("[Socket]\nService=$0\n").filter((it) => !it.endsWith(".service")),
      [],
    );
    assert.ok(offered("[Timer]\nUnit=$0\n").includes("shop.service"));
  });
});

describe("what other files of the workspace say", () => {
  const FILES_WITH_SECRETS: readonly SeenFile[] = [
    { path: "/work/a.service", text: "[Service]\nLoadCredential=db:/srv/db\nLoadCredential=api\nBusName=org.a.B\n" },
    { path: "/work/b.service", text: "[Service]\nSetCredential=word:very secret\nLoadCredential=api\n" },
    { path: "/work/b.service.d/more.conf", text: "[Service]\nLoadCredential=more\n" },
    { path: "/work/c.container", text: "[Container]\nImage=a\nSecret=one,type=env\nSecret=two\n" },
    { path: "/usr/lib/systemd/system/m.service", text: "[Service]\nLoadCredential=machine\n" },
  ];
  const index = withChanges(EMPTY_INDEX, FILES_WITH_SECRETS);
  const said = (path: string, ...names: Parameters<typeof settingsNear>[1]): readonly string[] =>
    settingsNear({ index, path, uriOf: uriOfPath }, names);

  it("has each value once, without those of the document and of the machine", () => {
    assert.deepEqual(said("/work/x.service", "LoadCredential"), ["db:/srv/db", "api", "more"]);
    assert.deepEqual(said("/work/a.service", "LoadCredential"), ["api", "more"]);
    assert.deepEqual(said("/work/x.service", "BusName"), ["org.a.B"]);
    assert.deepEqual(said("/work/x.container", "Secret"), ["one,type=env", "two"]);
  });

  it("keeps of a secret that is set its name alone", () => {
    assert.deepEqual(said("/work/x.service", "SetCredential"), ["word"]);
    assert.ok(!JSON.stringify([...index.files.values()]).includes("very secret"));
  });
});
