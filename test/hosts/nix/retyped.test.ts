import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { bigModule } from "../../../bench/bigModule.ts";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedLenses } from "../../../server/src/features/hosted/hostedLens.ts";
import { type HostedView, hostedViewOf } from "../../../server/src/features/hosted/hostedView.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { nixUnits } from "../../../server/src/hosts/nix/nixUnits.ts";
import { retypedUnits } from "../../../server/src/hosts/nix/retyped.ts";
import { applyEdits, type TextEdit } from "../../../server/src/text/span.ts";

const FOLDER = new URL("../modules/", import.meta.url);
const NIX = hostLanguage("x.nix") ?? assert.fail();
const WISHES = { profile: "basic", rules: {}, each: false } as const;

const viewOf = (text: string, before?: HostedView): HostedView =>
  hostedViewOf(NIX, text, NEWEST_VERSION, WISHES, before);

/** What an editor sees of a view. */
const seen = (view: HostedView): unknown => [
  view.found.map(({ finding, place }) => [finding.code, finding.message, place]),
  hostedLenses(view, "file:///x.nix", "basic", {}),
];

/** Keys at many places of a text, most of which are no places between quotes. */
function* keys(text: string): Generator<TextEdit> {
  for (let at = 1; at < text.length; at += 7) {
    yield { start: at, end: at, newText: "x" };
    yield { start: at, end: at + 1, newText: "" };
    if (at % 2 === 0) yield { start: at, end: at, newText: at % 4 === 0 ? '"' : "/a b" };
  }
}

describe("hosts: keys between the quotes of a Nix module", () => {
  for (const name of readdirSync(FOLDER))
    it(`${name}: give the units that reading gives`, () => {
      const text = readFileSync(new URL(name, FOLDER), "utf8");
      const before = nixUnits(text);
      for (const key of keys(text)) {
        const changed = applyEdits(text, [key]);
        const retyped = retypedUnits(before, changed);
        if (retyped) assert.deepEqual(retyped, nixUnits(changed), JSON.stringify(key));
      }
    });

  it("are shown as if all had been read, one after the other", () => {
    const first = bigModule(400);
    let [text, view] = [first, viewOf(first)];
    for (let i = 0; i < 40; i++) {
      const places = [...text.matchAll(/StateDirectory = "app|ExecStart = "|OnCalendar = "|Restart = "/g)];
      const place = places[(i * 7) % places.length];
      const at = (place?.index ?? 0) + (place?.[0].length ?? 0);
      const newText = i % 5 === 4 ? "\n" : "a/b".slice(i % 3);
      text = applyEdits(text, [{ start: at, end: i % 3 === 1 ? at + 1 : at, newText }]);
      view = viewOf(text, view);
      assert.deepEqual(seen(view), seen(viewOf(text)), String(i));
    }
  });

  it("are taken without reading where only a value changes", () => {
    const text = bigModule(200);
    const at = text.indexOf('StateDirectory = "app') + 'StateDirectory = "app'.length;
    const before = nixUnits(text);
    assert.ok(retypedUnits(before, `${text.slice(0, at)}x${text.slice(at)}`));
    for (const sign of ['"', "\\", "$", "\n", "{", "#", "'"])
      assert.equal(retypedUnits(before, text.slice(0, at) + sign + text.slice(at)), undefined, sign);
  });

  it("leave edits of what has moved right", () => {
    const text = bigModule(200);
    const at = text.indexOf('StateDirectory = "app') + 'StateDirectory = "app'.length;
    const changed = `${text.slice(0, at)}xyz${text.slice(at)}`;
    const moved = viewOf(changed, viewOf(text));
    const fresh = viewOf(changed);
    for (const [i, it] of moved.units.entries()) {
      const edits = it.found.flatMap((each) =>
        each.fixes
          .slice(0, 1)
          .flatMap((fix) => NIX.propose(moved.file, it.hosted, it.written, fix.edits(), NEWEST_VERSION) ?? []),
      );
      const other = fresh.units[i];
      const wanted = other?.found.flatMap((each) =>
        each.fixes
          .slice(0, 1)
          .flatMap((fix) => NIX.propose(fresh.file, other.hosted, other.written, fix.edits(), NEWEST_VERSION) ?? []),
      );
      assert.deepEqual(edits, wanted);
    }
  });

  it("cost a part of what reading costs, however long the module is", () => {
    const rules = {};
    const cost = (lines: number): number => {
      const text = bigModule(lines);
      const at = text.indexOf('StateDirectory = "app', text.length / 2) + 'StateDirectory = "app'.length;
      const typed = (i: number): string => text.slice(0, at) + "x".repeat(i % 8) + text.slice(at);
      let view = viewOf(text);
      hostedLenses(view, "file:///x.nix", "basic", rules);
      const reading = least(5, (i) => viewOf(typed(i), { ...view, file: { ...view.file, text: "" } }));
      const key = least(40, (i) => {
        view = viewOf(typed(i), view);
        return hostedLenses(view, "file:///x.nix", "basic", rules);
      });
      return key / reading;
    };
    assert.ok(Math.min(cost(3000), cost(3000)) < 0.2);
  });
});

/** The least processor time that some work takes, in microseconds. */
function least(times: number, run: (i: number) => unknown): number {
  const all = Array.from({ length: times }, (_, i) => {
    const start = process.cpuUsage();
    run(i);
    const { user, system } = process.cpuUsage(start);
    return Math.max(1, user + system);
  });
  return Math.min(...all);
}
