import assert from "node:assert/strict";
import type { CallNeed, Needs, PathUse } from "../../server/src/learn/needs.ts";
import { unitTexts } from "../../server/src/learn/readBundle.ts";
import { OBSERVED, observedFacts, observedFile, observedNeeds } from "../kit/observedRuns.ts";

const CHANGING: readonly PathUse[] = ["write", "make", "remove", "change", "bind"];

function times({ sight, failed }: CallNeed): number {
  return Object.values(failed).reduce((sum, { count }) => sum + count, sight?.count ?? 0);
}

function changed(needs: Needs, below: string): readonly string[] {
  const isBelow = (path: string): boolean => path === below || path.startsWith(`${below}/`);
  return Object.entries(needs.paths)
    .filter(([path, { used }]) => isBelow(path) && CHANGING.some((use) => used[use] !== undefined))
    .map(([path]) => path);
}

describe("the logs of real daemons", () => {
  for (const unit of OBSERVED) {
    describe(unit, () => {
      const facts = observedFacts(unit);
      const needs = observedNeeds(unit);

      it("are read to the last line", () => {
        assert.deepEqual(needs.unread, { lines: 0, first: undefined });
        assert.equal(needs.calls, facts.calls);
      });

      it("show each call as often as it was made", () => {
        const counts = Object.entries(needs.syscalls).map(([name, call]) => [name, times(call)]);
        assert.deepEqual(Object.fromEntries(counts), facts.syscalls);
      });

      it("show the capabilities without which it would not have worked", () => {
        assert.deepEqual(Object.keys(needs.capabilities), facts.capabilities);
      });

      it("show the sockets that were opened", () => {
        for (const [family, count] of Object.entries(facts.families)) {
          assert.equal(needs.families[family]?.count ?? count, count, family);
        }
        const named = new Set([...Object.keys(facts.families), "AF_UNIX"]);
        assert.deepEqual(
          Object.keys(needs.families).filter((family) => !named.has(family)),
          [],
        );
      });

      it("show the files that were changed, and no others in these directories", () => {
        for (const { below, paths, named } of facts.written) {
          const found = changed(needs, below);
          const nested = facts.written.filter((other) => other.below.startsWith(`${below}/`));
          const own = found.filter((path) => !nested.some((other) => path.startsWith(`${other.below}/`)));
          assert.equal(own.length, paths, `${below}: ${own.join(" ")}`);
          for (const path of named) assert.ok(own.includes(path), path);
        }
      });

      it("show the programs that were run", () => {
        const names = Object.keys(needs.programs).flatMap((path) => [path, ...(needs.paths[path]?.names ?? [])]);
        for (const program of facts.programs) assert.ok(names.includes(program), `${program} in ${names.join(" ")}`);
      });

      it("show what single settings would forbid", () => {
        assert.equal(needs.marks["writable-executable"]?.count ?? 0, facts.writableExecutable);
        assert.equal(needs.marks["peer-credentials"]?.count ?? 0, facts.peerCredentials);
        assert.equal(needs.marks["proc:subset"] !== undefined, facts.proc.length > 0);
        assert.deepEqual(
          facts.proc.filter((path) => needs.paths[path] === undefined),
          [],
        );
        assert.equal(needs.marks["proc:other"], undefined);
        assert.equal(needs.marks["proc:list"], undefined);
      });

      it("show what failed for want of a right", () => {
        for (const [failure, count] of facts.failures) {
          const [call = "", error = ""] = failure.split(" ");
          assert.ok((needs.syscalls[call]?.failed[error]?.count ?? 0) >= count, failure);
        }
      });

      it("come with the text of the unit", () => {
        const [first] = unitTexts(observedFile(unit, "unit.txt").toString());
        assert.match(first?.path ?? "", /\.service$/);
        assert.match(first?.text ?? "", /^ExecStart=/m);
      });
    });
  }
});
