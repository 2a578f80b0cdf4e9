import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-types";
import { complete } from "../../../server/src/features/completion.ts";
import { NO_WORLD, type World } from "../../../server/src/features/world.ts";
import { applyLsp, open } from "../../kit/view.ts";
import { SOME_WORLD } from "../../kit/world.ts";

const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  "/etc/credstore/": ["tls.key", "not plain"],
  "/etc/credstore.encrypted/": ["sealed"],
  "/usr/share/dbus-1/system-services/": ["org.freedesktop.login1.service", "README"],
  "/usr/share/dbus-1/services/": ["org.gnome.Clock.service"],
};

const WORLD: World = {
  ...NO_WORLD,
  entries: (folder) => (ENTRIES[folder] ?? []).map((name) => ({ name, folder: false })),
  settings: (names) =>
    Object.entries({
      LoadCredential: ["db:/srv/db.key"],
      SetCredential: ["greeting"],
      BusName: ["com.example.Mail"],
      Secret: ["mail-token,type=env,target=TOKEN"],
    }).flatMap(([name, values]) => (names.some((it) => it === name) ? values : [])),
  activatedNames: () => ["com.example.Pay", "com.example.Shop"],
};

function itemsAt(source: string, world = WORLD): { labels: string[]; accept: (label: string) => string } {
  const opened = open(source);
  const items: readonly CompletionItem[] = complete(opened.view, opened.cursor, { world }).items;
  return {
    labels: items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)).map((it) => it.label),
    accept(label) {
      const item = items.find((it) => it.label === label);
      assert.ok(item?.textEdit && "range" in item.textEdit, label);
      return applyLsp(opened, [item.textEdit]).trimEnd().split("\n").at(-1) ?? "";
    },
  };
}

const labelsAt = (source: string, world?: World): string[] => itemsAt(source, world).labels;

const SHOP = "#- shop.service\n[Service]\n";

describe("completion of credentials", () => {
  it("begins with what the unit reads and has not, then what others load, then the machine's", () => {
    const unit = `${SHOP}ExecStart=/bin/a %d/api \${CREDENTIALS_DIRECTORY}/have\nLoadCredential=have\n`;
    assert.deepEqual(labelsAt(`${unit}LoadCredential=$0\n`), [
      ...["api", "db:/srv/db.key", "db", "greeting", "tls.key"],
      "token:/etc/credstore/shop.token",
    ]);
    assert.deepEqual(labelsAt(`${SHOP}LoadCredentialEncrypted=$0\n`).slice(-2), [
      "sealed",
      "token:/etc/credstore.encrypted/shop.token",
    ]);
  });

  it("keeps the source that is there, and offers the stores for one that is missing", () => {
    const there = itemsAt(`${SHOP}LoadCredential=d$0:/etc/x\n`);
    assert.deepEqual(there.labels, ["db"]);
    assert.equal(there.accept("db"), "LoadCredential=db:/etc/x");
    assert.equal(labelsAt(`${SHOP}LoadCredential=db:$0\n`)[0], "/etc/credstore/");
    assert.equal(
      itemsAt(`${SHOP}LoadCredential=db:/etc/credstore/$0\n`).accept("tls.key"),
      "LoadCredential=db:/etc/credstore/tls.key",
    );
  });

  it("offers names to set and to import as well, without a source", () => {
    assert.deepEqual(labelsAt(`${SHOP}SetCredential=$0\n`), ["db", "greeting"]);
    assert.deepEqual(labelsAt(`${SHOP}ImportCredential=$0\n`), ["db", "greeting", "tls.key"]);
  });
});

describe("completion of D-Bus names", () => {
  it("begins with the one that is called like the unit, then those near it, of others and of the machine", () => {
    assert.deepEqual(labelsAt(`${SHOP}BusName=$0\n`), [
      ...["com.example.Shop", "com.example.Pay", "com.example.Mail"],
      ...["org.example.Shop", "org.freedesktop.login1"],
    ]);
    assert.equal(labelsAt("#- dbus-org.example.Clock.service\n[Service]\nBusName=$0\n")[0], "org.example.Clock");
  });

  it("has those of sessions for units of users", () => {
    const labels = labelsAt("#- /etc/systemd/user/shop.service\n[Service]\nBusName=$0\n");
    assert.ok(labels.includes("org.gnome.Clock") && !labels.includes("org.freedesktop.login1"));
  });

  it("gives the form where nothing is known", () => {
    assert.deepEqual(labelsAt(`${SHOP}BusName=$0\n`, NO_WORLD), ["org.example.Shop"]);
  });
});

describe("completion of secrets of podman", () => {
  const CONTAINER = "#- shop.container\n[Container]\nImage=a\n";

  it("begins with what the file reads, then those of other quadlets, then some after the file", () => {
    assert.deepEqual(labelsAt(`${CONTAINER}Environment=KEY_FILE=/run/secrets/key\nSecret=$0\n`), [
      ...["key", "mail-token,type=env,target=TOKEN", "mail-token"],
      ...["shop-password,type=env,target=PASSWORD", "shop-secret"],
    ]);
  });

  it("adds no options to those that are there, and offers none twice", () => {
    const labels = labelsAt(`${CONTAINER}Secret=mail-token\nSecret=$0,type=env\n`);
    assert.deepEqual(labels, ["shop-secret"]);
    assert.ok(labelsAt(`${CONTAINER}Secret=a,$0\n`).includes("type=env"));
  });
});

describe("completion of slices", () => {
  it("has those of the workspace and systemd's own", () => {
    const units: World["units"] = (kinds) =>
      [{ name: "shop.slice", home: "own", folder: "/work" } as const].filter(() => kinds?.includes("slice"));
    const labels = labelsAt(`${SHOP}Slice=$0\n`, { ...SOME_WORLD, units });
    assert.deepEqual(labels.slice(0, 4), ["shop.slice", "system.slice", "user.slice", "machine.slice"]);
  });
});
