import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { plannedRename, prepareRename, renameEdit } from "../../server/src/features/rename.ts";
import { isRefusal, renamedBy } from "../../server/src/features/renamePlan.ts";
import { pathOfUri } from "../../server/src/server/uris.ts";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { referencesIn } from "../../server/src/units/index/lookup.ts";
import { indexOf, openAmong, type UnitTexts } from "../kit/units.ts";

const isOurs = (path: string): boolean => path.startsWith("/w/");

/** The files after the rename of the unit under `$0` in one of them, or why it was refused. */
function renamed(files: UnitTexts, path: string, to: string): UnitTexts | string {
  const { view, offset, context } = openAmong(files, path);
  const texts: Record<string, string> = { ...files, [path]: view.unit.file.text };
  const plan = plannedRename(view, offset, to, context, isOurs);
  if (!plan) return "nothing there";
  if (isRefusal(plan)) return plan.refused;
  const edit = renameEdit(plan, new Map(Object.entries(texts)), () => null, context);
  if (isRefusal(edit)) return edit.refused;
  for (const change of edit.documentChanges ?? []) {
    if ("kind" in change) {
      assert.equal(change.kind, "rename");
      if (change.kind !== "rename") continue;
      const [from, target] = [pathOfUri(change.oldUri), pathOfUri(change.newUri)];
      assert.ok(from in texts && !(target in texts), `${from} cannot become ${target}`);
      texts[target] = texts[from] ?? "";
      delete texts[from];
    } else {
      const at = pathOfUri(change.textDocument.uri);
      const text = texts[at] ?? "";
      const lines = lineIndex(text);
      texts[at] = applyEdits(
        text,
        change.edits.map((it) => ({
          start: lines.offsetAt(it.range.start),
          end: lines.offsetAt(it.range.end),
          newText: "newText" in it ? it.newText : "",
        })),
      );
    }
  }
  return texts;
}

/** What the names in each file mean, with the unit that the file belongs to. */
function targetsIn(files: UnitTexts): { owner: string; targets: string[] }[] {
  return [...indexOf(files).files.values()].map((file) => {
    const { role } = file.placed.place;
    return {
      owner: role.kind === "unit" ? role.name : role.of,
      targets: referencesIn(file).map((it) => it.target),
    };
  });
}

const TEMPLATED: UnitTexts = {
  "/w/shop.service.in": "[Unit]\nPartOf=other.target\n",
  "/w/shop.service.d/x.conf": "[Unit]\nAfter=db.service\n",
  "/w/other.target": "[Unit]\nWants=$0shop.service\n",
  "/w/debian/kit.db.service": "[Unit]\nPartOf=shop.service\n",
};

const SHOP: UnitTexts = {
  "/w/shop.service": "[Unit]\nAfter=db.service my-shop.service\nPartOf=shop.service %n\n",
  "/w/shop.service.d/x.conf": '[Install]\nWantedBy="shop.service" other.target\n',
  "/w/other.target": "[Unit]\nWants=$0shop.service \\\n  # shop.service\n  shop.service\nDescription=shop.service\n",
  "/w/other.target.wants/shop.service": "->../shop.service",
  "/w/shop.service.wants/db.service": "->../db.service",
  "/w/q/far.service": "[Unit]\nAfter=shop.service\n",
  "/w/p/shop.service": "[Unit]\nAfter=shop.service\n",
  "/w/p/near.service": "[Unit]\nAfter=shop.service\n",
  "/usr/lib/systemd/system/x.service": "[Unit]\nAfter=shop.service\n",
};

describe("features: rename of a unit that a template becomes", () => {
  it("keeps what the name of the file has besides", () => {
    assert.deepEqual(renamed(TEMPLATED, "/w/other.target", "store.service"), {
      "/w/store.service.in": "[Unit]\nPartOf=other.target\n",
      "/w/store.service.d/x.conf": "[Unit]\nAfter=db.service\n",
      "/w/other.target": "[Unit]\nWants=store.service\n",
      "/w/debian/kit.db.service": "[Unit]\nPartOf=store.service\n",
    });
    const target = { ...TEMPLATED, "/w/other.target": "[Unit]\nWants=$0db.service\n" };
    assert.deepEqual(renamed(target, "/w/other.target", "data.service"), {
      "/w/shop.service.in": "[Unit]\nPartOf=other.target\n",
      "/w/shop.service.d/x.conf": "[Unit]\nAfter=data.service\n",
      "/w/other.target": "[Unit]\nWants=data.service\n",
      "/w/debian/kit.data.service": "[Unit]\nPartOf=shop.service\n",
    });
  });
});

describe("features: rename of a unit", () => {
  it("changes whole names, files, folders and links, of this unit alone", () => {
    assert.deepEqual(renamed(SHOP, "/w/other.target", "store.service"), {
      "/w/store.service": "[Unit]\nAfter=db.service my-shop.service\nPartOf=store.service %n\n",
      "/w/store.service.d/x.conf": '[Install]\nWantedBy="store.service" other.target\n',
      "/w/other.target":
        "[Unit]\nWants=store.service \\\n  # shop.service\n  store.service\nDescription=shop.service\n",
      "/w/other.target.wants/store.service": "->../shop.service",
      "/w/store.service.wants/db.service": "->../db.service",
      "/w/q/far.service": "[Unit]\nAfter=store.service\n",
      "/w/p/shop.service": "[Unit]\nAfter=shop.service\n",
      "/w/p/near.service": "[Unit]\nAfter=shop.service\n",
      "/usr/lib/systemd/system/x.service": "[Unit]\nAfter=shop.service\n",
    });
  });

  it("of a template keeps the instances", () => {
    const files: UnitTexts = {
      "/w/job@.service": "[Unit]\nAfter=job@%i.service job@$0.service job@%j.service\n[Service]\nSlice=job-%i.slice\n",
      "/w/job@one.service": "[Unit]\nAfter=job@two.service %p@three.service\n",
      "/w/job@.service.d/a.conf": "[Unit]\n",
      "/w/job@one.service.d/a.conf": "[Unit]\n",
      "/w/m.target": "[Unit]\nWants=job@a-b.service job@%H.service\nAfter=ajob@x.service\n",
      "/w/m.target.wants/job@x.service": "->../job@.service",
    };
    assert.deepEqual(renamed(files, "/w/job@.service", "task@.service"), {
      "/w/task@.service":
        "[Unit]\nAfter=task@%i.service task@.service task@%j.service\n[Service]\nSlice=job-%i.slice\n",
      "/w/task@one.service": "[Unit]\nAfter=task@two.service %p@three.service\n",
      "/w/task@.service.d/a.conf": "[Unit]\n",
      "/w/task@one.service.d/a.conf": "[Unit]\n",
      "/w/m.target": "[Unit]\nWants=task@a-b.service task@%H.service\nAfter=ajob@x.service\n",
      "/w/m.target.wants/task@x.service": "->../job@.service",
    });
  });

  it("writes out a name that specifiers made, where they make another one from then on", () => {
    const files = {
      "/w/a.service": "[Unit]\nAfter=%p.socket\n",
      "/w/a.socket": "[Unit]\nBefore=$0a.socket\n[Socket]\nService=a.service\n",
    };
    assert.deepEqual(renamed(files, "/w/a.socket", "b.socket"), {
      "/w/a.service": "[Unit]\nAfter=b.socket\n",
      "/w/b.socket": "[Unit]\nBefore=b.socket\n[Socket]\nService=a.service\n",
    });
  });

  it("names what a timer, path or socket has started by its name", () => {
    const files = {
      "/w/a.service": "[Unit]\nAfter=$0a.service\n",
      "/w/a.timer": "[Unit]\nDescription=x\n[Timer]\r\nOnCalendar=daily\n",
      "/w/a.path": "[Path]\nUnit=a.service\n",
      "/w/a.socket": "[Socket]",
    };
    assert.deepEqual(renamed(files, "/w/a.service", "b.service"), {
      "/w/b.service": "[Unit]\nAfter=b.service\n",
      "/w/a.timer": "[Unit]\nDescription=x\n[Timer]\r\nUnit=b.service\r\nOnCalendar=daily\n",
      "/w/a.path": "[Path]\nUnit=b.service\n",
      "/w/a.socket": "[Socket]\nService=b.service",
    });
    const timer = { "/w/a.service": "[Unit]\n", "/w/a.timer": "[Unit]\nBefore=$0a.timer\n[Timer]\nOnBootSec=1\n" };
    assert.deepEqual(renamed(timer, "/w/a.timer", "b.timer"), {
      "/w/a.service": "[Unit]\n",
      "/w/b.timer": "[Unit]\nBefore=b.timer\n[Timer]\nUnit=a.service\nOnBootSec=1\n",
    });
    const template = {
      "/w/a@.service": "[Unit]\n",
      "/w/a@.timer": "[Timer]\n",
      "/w/x.service": "[Unit]\nAfter=$0a@1.service\n",
    };
    assert.deepEqual(renamed(template, "/w/x.service", "b@.service"), {
      "/w/b@.service": "[Unit]\n",
      "/w/a@.timer": "[Timer]\nUnit=b@%i.service\n",
      "/w/x.service": "[Unit]\nAfter=b@1.service\n",
    });
  });

  const machine = { "/w/a.service": "[Unit]\nAfter=$0m.service\n", "/usr/lib/systemd/system/m.service": "[Unit]\n" };
  const mount = { "/w/srv.mount": "[Mount]\nWhere=/srv\n", "/w/a.service": "[Unit]\nAfter=$0srv.mount\n" };
  for (const [to, why, files = SHOP, path = "/w/other.target"] of [
    ["", /^An empty text is not a unit name: .* suffix \.service$/],
    ["store", /^store is not a unit name/],
    ["a b.service", /^a b\.service is not a unit name/],
    ["store.target", /^shop\.service must remain a \.service$/],
    ["store@.service", /^shop\.service is not a template, so store@\.service cannot be one$/],
    ["far.service", /^far\.service already exists: \/w\/q\/far\.service$/],
    ["x.service", /^x\.service already exists: \/usr\/lib\/systemd\/system\/x\.service$/],
    [
      "b.service",
      /^none\.service has no unit file/,
      { "/w/a.service": "[Unit]\nAfter=$0none.service\n" },
      "/w/a.service",
    ],
    ["b.service", /^\/usr\/lib\/systemd\/system\/m\.service belongs to the machine/, machine, "/w/a.service"],
    [
      "b.service",
      /is masked by/,
      { "/w/a.service": "[Unit]\nAfter=$0m.service\n", "/w/m.service": "" },
      "/w/a.service",
    ],
    ["b.mount", /^srv\.mount is named after Where=\/srv/, mount, "/w/a.service"],
    [
      "b@.service",
      /^a\.socket has Accept=yes/,
      { "/w/a@.service": "[Unit]\nAfter=$0a@.service\n", "/w/a.socket": "[Socket]\nAccept=yes\n" },
      "/w/a@.service",
    ],
    [
      "b.service",
      /^\/w\/z\.service is a link to a\.service/,
      { "/w/a.service": "[Unit]\nAfter=$0a.service\n", "/w/z.service": "->a.service" },
      "/w/a.service",
    ],
    [
      "b.service",
      /^\/w\/b\.service\.d\/x\.conf already exists$/,
      {
        "/w/a.service": "[Unit]\nAfter=$0a.service\n",
        "/w/a.service.d/x.conf": "[Unit]\n",
        "/w/b.service.d/x.conf": "[Unit]\n",
      },
      "/w/a.service",
    ],
    [
      "b\\x2d.socket",
      /^b\\x2d\.socket cannot be written in Sockets= of \/w\/c\.service$/,
      { "/w/a.socket": "[Unit]\n", "/w/c.service": "[Service]\nSockets=$0a.socket\n" },
      "/w/c.service",
    ],
  ] as [string, RegExp, UnitTexts?, string?][])
    it(`is refused: ${to || "(empty)"}, ${String(why).slice(2, 60)}`, () => {
      const answer = renamed(files, path, to);
      assert.match(typeof answer === "string" ? answer : JSON.stringify(answer), why);
    });

  it("begins with the name of the file, and marks the word", () => {
    const { view, offset, context } = openAmong(
      { "/w/a@.service": "[Unit]\n", "/w/b.service": "[Unit]\nAfter=c.target $0a@x.service\n" },
      "/w/b.service",
    );
    assert.deepEqual(prepareRename(view, offset, context, isOurs), {
      range: { start: { line: 1, character: 15 }, end: { line: 1, character: 26 } },
      placeholder: "a@.service",
    });
    assert.equal(prepareRename(view, 0, context, isOurs), undefined);
  });

  it("leaves every name with its meaning, and there and back gives the same files", () => {
    const names = ["a.service", "a-b.service", "t@.service", "t@one.service", "g.target"] as const;
    const word = fc.constantFrom(
      ...names,
      "t@two.service",
      "t@%i.service",
      "t@%H.service",
      "%n",
      "aa.service",
      "x.mount",
    );
    const line = fc
      .tuple(fc.constantFrom("After", "Wants", "Conflicts", "Description"), fc.array(word, { maxLength: 4 }))
      .map(([key, words]) => `${key}=${words.join(" ")}\n`);
    const text = fc.array(line, { maxLength: 4 }).map((lines) => `[Unit]\n${lines.join("")}`);
    const path = fc.constantFrom(
      ...names.map((it) => `/w/${it}`),
      ...names.map((it) => `/w/${it}.d/1.conf`),
      "/w/q/o.service",
      "/w/t@three.service.d/2.conf",
    );
    const tree = fc.dictionary(path, text, { maxKeys: 9 });
    fc.assert(
      fc.property(tree, fc.constantFrom(...names), (some, from) => {
        const to = from.replace(/^(?:a|g|t)(?=[-.@])/, "new");
        const files = { "/w/at.target": `[Unit]\nWants=${from}\n`, [`/w/${from}`]: "[Unit]\n", ...some };
        const cursor = (all: UnitTexts): UnitTexts => ({
          ...all,
          "/w/at.target": (all["/w/at.target"] ?? "").replace("Wants=", "Wants=$0"),
        });
        const there = renamed(cursor(files), "/w/at.target", to);
        assert.ok(typeof there === "object", String(there));
        assert.ok(Object.values(there).every((it) => !/\bundefined\b/.test(it)));
        assert.ok(!(`/w/${from}` in there) && `/w/${to}` in there);
        const base = { subject: { name: from }, to };
        const [before, after] = [targetsIn(files), targetsIn(there)];
        const map = (name: string): string => renamedBy(base, name) ?? name;
        const mapped = before.map(({ owner, targets }) => ({ owner: map(owner), targets: targets.map(map) }));
        const sorted = (all: typeof before): string[] => all.map((it) => JSON.stringify(it)).sort();
        assert.deepEqual(sorted(after), sorted(mapped));
        const back = renamed(cursor(there), "/w/at.target", from);
        assert.deepEqual(back, files);
      }),
      { numRuns: 300 },
    );
  });
});
