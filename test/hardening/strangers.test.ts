import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { added, breaks, directiveOf, lacking } from "./services/judged.ts";
import { STRANGERS } from "./services/lists.ts";

const KNOWN = new Set<string>(ROWS.map((it) => it.directive));

describe("hardening services that strangers wrote down", () => {
  for (const [file, services] of STRANGERS) {
    it(`adds nothing in the first step that breaks one of ${file}`, () => {
      const unknown = services
        .flatMap((it) => [...it.never, ...it.must].map(directiveOf))
        .filter((it) => !KNOWN.has(it));
      assert.deepEqual(unknown, []);
      const broken = services.flatMap((service) => {
        const lines = (["basic", "strict"] as const).map((it) => added(service, it, "safe").map(({ line }) => line));
        const found = service.never.filter((never) => lines.some((it) => breaks(never, it)));
        return found.length > 0 ? [`${service.file}: ${found.join(" ")}`] : [];
      });
      assert.deepEqual(broken, []);
    });

    it(`adds what the services of ${file} bear, in the second step at the latest`, () => {
      const lost = services.flatMap((service) => {
        const found = lacking(service, "likely");
        return found.length > 0 ? [`${service.file}: ${found.join(" ")}`] : [];
      });
      assert.deepEqual(lost, []);
    });
  }
});
