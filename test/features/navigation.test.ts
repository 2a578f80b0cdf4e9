import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { incomingCalls, outgoingCalls, prepareCalls } from "../../server/src/features/callHierarchy.ts";
import { overriddenBy, unitDefinition } from "../../server/src/features/definition.ts";
import { documentLinks } from "../../server/src/features/links.ts";
import type { ReferenceContext } from "../../server/src/features/referenceContext.ts";
import { references } from "../../server/src/features/references.ts";
import { plannedRename } from "../../server/src/features/rename.ts";
import { describeState, unitState } from "../../server/src/features/unitState.ts";
import type { View } from "../../server/src/features/view.ts";
import { workspaceSymbols } from "../../server/src/features/workspaceSymbols.ts";
import { NO_WORLD } from "../../server/src/features/world.ts";
import { uriOfPath } from "../../server/src/server/uris.ts";
import { expectLinear } from "../kit/growth.ts";
import { indexOf, openAmong, type UnitTexts } from "../kit/units.ts";

const FILES: UnitTexts = {
  "/w/shop.service":
    "[Unit]\nDescription=The shop\nRequires=db.service\nAfter=db.service cache@one.service old.service\n[Service]\nSlice=apps.slice\nSockets=shop.socket\n[Install]\nAlso=shop-clean.timer\nAlias=store.service web.service\n",
  "/w/shop.service.d/10-more.conf": "[Unit]\nWants=cache@%p.service\n",
  "/w/shop.service.d/20-all.conf": "[Unit]\nAfter=network.target\n",
  "/w/shop.socket": "[Socket]\nListenStream=80\n",
  "/w/shop-clean.timer": "[Timer]\nOnCalendar=daily\n",
  "/w/shop-clean.service": "[Service]\nExecStart=/bin/true\n",
  "/w/check.timer": "[Timer]\nOnCalendar=daily\nUnit=shop.service\n",
  "/w/db.service": "[Unit]\nDescription=The database\n[Install]\nWantedBy=shop.service\n",
  "/w/cache@.service": "[Unit]\nPartOf=shop.service\nAfter=cache@%i.socket\n",
  "/w/cache@two.service": "[Unit]\nDescription=Its own\n",
  "/w/apps.slice": "[Slice]\n",
  "/w/old.service": "->/dev/null",
  "/w/empty.service": "",
  "/w/store.service": "->shop.service",
  "/w/echo.socket": "[Socket]\nListenStream=7\nAccept=yes\n",
  "/w/echo@.service": "[Service]\n",
  "/w/multi-user.target.wants/shop.service": "->../shop.service",
  "/usr/lib/systemd/system/network.target": "[Unit]\nDescription=Network\n",
  "/usr/lib/systemd/user/shop.service": "[Unit]\nWants=db.service\n",
};

/** The files with a cursor before (or in) a piece of one of their texts. */
function at(path: string, piece: string, into = 0): ReturnType<typeof openAmong> {
  const text = FILES[path] ?? "";
  const found = text.indexOf(piece) + into;
  return openAmong({ ...FILES, [path]: `${text.slice(0, found)}$0${text.slice(found)}` }, path);
}

const short = (uri: string): string => decodeURIComponent(uri).replace("file:///w/", "");
const defined = ({ view, offset, context }: { view: View; offset: number; context: ReferenceContext }): string[] =>
  unitDefinition(view, offset, context).map((it) => short(it.targetUri));

describe("features: where a unit is defined", () => {
  for (const [path, piece, ...files] of [
    ["/w/shop.service", "db.service", "db.service"],
    ["/w/shop.service", "db.service cache", "db.service"],
    ["/w/shop.service", "cache@one", "cache@.service"],
    ["/w/shop.service", "apps.slice", "apps.slice"],
    ["/w/shop.service", "shop.socket", "shop.socket"],
    ["/w/shop.service", "shop-clean.timer", "shop-clean.timer"],
    ["/w/shop.service", "store.service", "shop.service", "shop.service.d/10-more.conf", "shop.service.d/20-all.conf"],
    ["/w/shop.service", "web.service", "shop.service", "shop.service.d/10-more.conf", "shop.service.d/20-all.conf"],
    ["/w/shop.service", "old.service"],
    ["/w/shop.service", "Description"],
    ["/w/shop.service.d/10-more.conf", "cache@", "cache@.service"],
    ["/w/shop.service.d/20-all.conf", "network", "file:///usr/lib/systemd/system/network.target"],
    ["/w/check.timer", "shop", "shop.service", "shop.service.d/10-more.conf", "shop.service.d/20-all.conf"],
    ["/w/check.timer", "Timer", "shop.service", "shop.service.d/10-more.conf", "shop.service.d/20-all.conf"],
    ["/w/shop-clean.timer", "Timer", "shop-clean.service"],
    ["/w/shop.socket", "Socket", "shop.service", "shop.service.d/10-more.conf", "shop.service.d/20-all.conf"],
    ["/w/echo.socket", "Socket", "echo@.service"],
  ] as const)
    it(`of "${piece}" in ${short(path)}: ${files.join(", ") || "nowhere"}`, () => {
      assert.deepEqual(defined(at(path, piece, 1)), files);
    });

  it("is found from the whole word and right behind it, and marks the word", () => {
    for (const into of [0, 5, "db.service".length]) {
      const { view, offset, context } = at("/w/shop.service", "db.service", into);
      const [link] = unitDefinition(view, offset, context);
      assert.deepEqual(link?.originSelectionRange, {
        start: { line: 2, character: 9 },
        end: { line: 2, character: 19 },
      });
    }
  });

  it("of a directive in a drop-in is what it overrides or adds to", () => {
    const files = {
      "/w/a.service": "[Service]\nNice=1\nNice=2\nExecStart=/bin/a\nEnvironment=A=1\nEnvironment=\nEnvironment=B=1\n",
      "/w/a.service.d/1.conf": "[Service]\nNice=3\nEnvironment=C=1\n",
      "/w/a.service.d/2.conf": "[Service]\nNice=4\nEnvironment=D=1\nUser=me\n",
    };
    const unit = {
      id: "a.service",
      aliases: [],
      scope: "system" as const,
      masked: false,
      fragment: { path: "/w/a.service", text: files["/w/a.service"] },
      dropIns: ["1", "2"]
        .map((it) => `/w/a.service.d/${it}.conf` as const)
        .map((path) => ({ path, text: files[path as keyof typeof files] })),
    };
    const over = (path: keyof typeof files, key: string): string[] => {
      const text = files[path].replace(key, `$0${key}`);
      const { view, offset, context } = openAmong({ ...files, [path]: text }, path);
      return overriddenBy(view, offset, unit, context).map(
        (it) => `${short(it.targetUri)}:${it.targetRange.start.line + 1}`,
      );
    };
    assert.deepEqual(over("/w/a.service.d/2.conf", "Nice"), ["a.service.d/1.conf:2"]);
    assert.deepEqual(over("/w/a.service.d/1.conf", "Nice"), ["a.service:3"]);
    assert.deepEqual(over("/w/a.service.d/2.conf", "Environment"), ["a.service:7", "a.service.d/1.conf:3"]);
    assert.deepEqual(over("/w/a.service.d/2.conf", "User"), []);
  });
});

describe("features: references to a unit", () => {
  const found = (path: string, piece: string, into = 1, declaration = false): string[] => {
    const { view, offset, context } = at(path, piece, into);
    return references(view, offset, context, declaration).map(
      ({ uri, range }) =>
        `${short(uri)}:${range.start.line + 1}:${range.start.character + 1}-${range.end.character + 1}`,
    );
  };
  const SHOP = [
    "cache@.service:2:8-20",
    "check.timer:3:6-18",
    "db.service:4:10-22",
    "multi-user.target.wants/shop.service:1:1-1",
    "shop.service:10:7-20",
    "shop.socket:1:1-1",
  ];

  it("come from all files, also by an alias and by a socket of its name, and not from another scope", () => {
    assert.deepEqual(found("/w/check.timer", "shop.service"), SHOP);
    assert.deepEqual(found("/w/shop.service", "Unit"), SHOP);
    assert.deepEqual(found("/w/shop.service.d/10-more.conf", "Unit"), SHOP);
    assert.deepEqual(found("/w/shop.service", "[", 0), SHOP);
  });

  it("come with the unit's own files where those are wanted", () => {
    assert.deepEqual(found("/w/check.timer", "shop.service", 1, true).slice(0, 3), [
      "shop.service:1:1-1",
      "shop.service.d/10-more.conf:1:1-1",
      "shop.service.d/20-all.conf:1:1-1",
    ]);
  });

  it("of a template are those of its instances, but not of one with a file of its own", () => {
    assert.deepEqual(found("/w/cache@.service", "Unit"), [
      "shop.service:4:18-35",
      "shop.service.d/10-more.conf:2:7-23",
    ]);
    assert.deepEqual(found("/w/cache@two.service", "Unit"), []);
  });

  it("are nothing where nothing is named", () => {
    assert.deepEqual(found("/w/shop.service", "Description"), []);
  });
});

describe("features: symbols of the workspace", () => {
  const context = { index: indexOf(FILES), uriOf: uriOfPath };
  const names = (query: string): string[] => workspaceSymbols(query, context).map((it) => it.name);

  it("are units by the letters of their name, those of the machine later, without those that are masked", () => {
    assert.deepEqual(names("shop.se"), ["shop.service", "shop.service", "shop-clean.service", "shop.socket"]);
    assert.deepEqual(names("SHOP"), [
      "shop-clean.service",
      "shop-clean.timer",
      "shop.service",
      "shop.socket",
      "shop.service",
    ]);
    assert.deepEqual(names("clean"), ["shop-clean.service", "shop-clean.timer"]);
    assert.deepEqual(names("scmr"), ["shop-clean.timer"]);
    assert.deepEqual(names("old"), []);
    assert.deepEqual(names("xyz"), []);
  });

  it("come with their description", () => {
    assert.deepEqual(workspaceSymbols("db.service", context)[0], {
      name: "db.service",
      kind: 12,
      location: {
        uri: "file:///w/db.service",
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      },
      containerName: "The database",
    });
  });
});

describe("features: who names whom", () => {
  it("shows what a unit names, with the directives", () => {
    const { view, offset, context } = at("/w/shop.service", "Unit");
    const [item] = prepareCalls(view, offset, context);
    assert.ok(item);
    assert.equal(item.detail, "The shop");
    assert.deepEqual(
      outgoingCalls(item, context).map(({ to, fromRanges }) => [
        to.name,
        to.detail,
        short(to.uri),
        fromRanges.map((it) => it.start.line),
      ]),
      [
        ["db.service", "Requires, After", "db.service", [2, 3]],
        ["cache@one.service", "After", "cache@.service", [3]],
        ["old.service", "After", "old.service", [3]],
        ["apps.slice", "Slice", "apps.slice", [5]],
        ["shop.socket", "Sockets", "shop.socket", [6]],
        ["shop-clean.timer", "Also", "shop-clean.timer", [8]],
        ["store.service", "Alias", "shop.service", [9]],
        ["web.service", "Alias", "shop.service", [9]],
        ["cache@shop.service", "Wants", "cache@.service", []],
        ["network.target", "After", "file:///usr/lib/systemd/system/network.target", []],
      ],
    );
  });

  it("shows who names a unit, file by file", () => {
    const { view, offset, context } = at("/w/db.service", "Unit");
    const [item] = prepareCalls(view, offset, context);
    assert.ok(item);
    assert.deepEqual(
      incomingCalls(item, context).map(({ from, fromRanges }) => [
        from.name,
        from.detail,
        short(from.uri),
        fromRanges.length,
      ]),
      [["shop.service", "Requires, After", "shop.service", 2]],
    );
    const other = at("/w/check.timer", "shop.service");
    const [shop] = prepareCalls(other.view, other.offset, other.context);
    assert.ok(shop);
    assert.deepEqual(
      incomingCalls(shop, other.context).map(({ from }) => `${from.name} ${from.detail}`),
      [
        "cache@.service PartOf",
        "check.timer Unit",
        "db.service WantedBy",
        "multi-user.target Wants",
        "shop.service Alias",
        "shop.socket Socket",
      ],
    );
  });
});

describe("features: links to units", () => {
  it("lead to unit files, but not to the own one, to masks and to what is not there", () => {
    const { view, context } = openAmong(FILES, "/w/shop.service");
    assert.deepEqual(
      documentLinks(view, false, NO_WORLD, context).map(({ range, target }) => [range.start.line, short(target ?? "")]),
      [
        [2, "db.service"],
        [3, "db.service"],
        [3, "cache@.service"],
        [5, "apps.slice"],
        [6, "shop.socket"],
        [8, "shop-clean.timer"],
      ],
    );
  });
});

describe("features: the state of a unit on disk", () => {
  const about = (name: string): string => {
    const { context } = openAmong(FILES, "/w/db.service");
    const state = unitState(name, context);
    return state ? describeState(name, state).plain : "nothing";
  };

  it("names its file, its drop-ins, its main name and who pulls it in", () => {
    assert.equal(about("shop.service"), "/w/shop.service · 2 drop-ins\n\nEnabled by multi-user.target.wants in /w");
    assert.equal(about("store.service").split("\n")[0], "/w/shop.service · 2 drop-ins · another name of shop.service");
    assert.equal(about("cache@x.service"), "/w/cache@.service");
    assert.equal(about("old.service"), "Masked by /w/old.service: systemd does not read it.");
    assert.equal(about("none.service"), "nothing");
  });
});

describe("features: navigation among thousands of units", () => {
  const root = "/w/etc/systemd/system";
  /** A hub that so many units name. */
  const hubOf = (count: number) => {
    const files: Record<string, string> = { [`${root}/hub.service`]: "[Unit]\nAfter=$0u1.service\n" };
    for (let i = 0; i < count; i++) {
      files[`${root}/u${i}.service`] =
        `[Unit]\nDescription=Unit ${i}\nAfter=hub.service u${(i * 7) % count}.service\nWants=u${i + 1}.service\n[Service]\nExecStart=/bin/true\n`;
      if (i % 16 === 0) files[`${root}/m.target.wants/u${i}.service`] = `->../u${i}.service`;
    }
    return openAmong(files, `${root}/hub.service`);
  };
  type Hub = ReturnType<typeof hubOf>;
  const asks: Readonly<Record<string, (hub: Hub) => unknown>> = {
    definition: ({ view, offset, context }) => unitDefinition(view, offset, context),
    references: ({ view, context }) => references(view, 0, context, true),
    symbols: ({ context }) => workspaceSymbols("u1", context),
    calls: ({ view, context }) =>
      prepareCalls(view, 0, context).map((it) => [incomingCalls(it, context), outgoingCalls(it, context)]),
    links: ({ view, context }) => documentLinks(view, false, NO_WORLD, context),
    state: ({ context }) => unitState("hub.service", context),
    rename: ({ view, offset, context }) => plannedRename(view, offset, "new.service", context, () => true),
  };

  for (const [name, ask] of Object.entries(asks))
    it(`takes no more than its share for each: ${name}`, () => {
      expectLinear(500, hubOf, ask);
    });

  it("finds all references, and enough symbols", () => {
    const { view, context } = hubOf(500);
    assert.equal(references(view, 0, context, false).length, 500);
    assert.equal(workspaceSymbols("u", context).length, 200);
  });
});
