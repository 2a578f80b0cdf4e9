import assert from "node:assert/strict";
import { isAtHand } from "../../lab/strangers/stubs/builtStubs.ts";
import type { LanguageName } from "../../lab/strangers/stubs/stubLanguages.ts";
import { ALL_STRANGERS, judgedStub } from "../../lab/strangers/stubs/stubsReport.ts";

/** One service of so many is tried in each language. */
const SHARE = 60;

const NATIVE: readonly LanguageName[] = ["C"];
const SCRIPTS: readonly LanguageName[] = ["Python", "Perl", "shell", "Node", "Ruby", "PHP", "Lua"];

describe("hardening services whose programs are stubs", function () {
  this.timeout(300_000);
  for (const [i, language] of [...NATIVE, ...SCRIPTS].entries()) {
    const does = `breaks none in ${language}, and adds what a program of machine code shows`;
    (isAtHand(language) ? it : it.skip)(isAtHand(language) ? does : `${does} (no compiler here)`, () => {
      const services = ALL_STRANGERS.filter((_, number) => number % SHARE === i);
      const all = services.map((it, number) => judgedStub(it, number, [language])).filter((it) => it.language);
      assert.deepEqual(
        all.flatMap((it) => it.with.broken.map((word) => `${it.file} ${word}`)),
        [],
      );
      const missing = (how: "with" | "without"): number => all.reduce((n, it) => n + it[how].missing.length, 0);
      if (NATIVE.includes(language)) assert.ok(missing("with") < missing("without") / 2);
    });
  }
});
