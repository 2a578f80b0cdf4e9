import assert from "node:assert/strict";
import fc from "fast-check";
import { firstFiles } from "../../../server/src/program/daemons/daemonFiles.ts";
import { MAIL_DAEMONS } from "../../../server/src/program/daemons/mail.ts";
import { readDaemons } from "../../../server/src/program/daemons/readDaemons.ts";
import { SERVERS } from "../../../server/src/program/daemons/servers.ts";
import { STORES } from "../../../server/src/program/daemons/stores.ts";
import { memoryFiles } from "../../../test/program/kit.ts";
import { fuzzTarget } from "../target.ts";

const DAEMONS = [...SERVERS, ...MAIL_DAEMONS, ...STORES];

/** What means something to some grammar. */
const SIGNS = [
  ..."{};=:#\"'\\\n\t []<>/*!$%&@.,-|~".split(""),
  ...`\0 é \ud800 // /* */ </ \${X} %u 0 80 65536 99999 [::]:80 unix:/run/x /var/log/x ../.. server [global] <IfModule`.split(
    " ",
  ),
  `include ${"*".repeat(30)}`,
  "include *;",
];
const KEYS = DAEMONS.flatMap((it) => Object.values(it.keys).flatMap((keys) => keys.split(" ")));

/** Configuration of any daemon that is written at random: no more is said than it has words, and all of it has a place. */
export const daemons = fuzzTarget<{ readonly daemon: number; readonly texts: string[] }>({
  name: "daemons",
  input: fc.record({
    daemon: fc.nat(DAEMONS.length - 1),
    texts: fc.array(
      fc.array(fc.constantFrom(...SIGNS, ...KEYS, "\n", " "), { maxLength: 200 }).map((it) => it.join("")),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  run({ daemon, texts }) {
    const row = DAEMONS[daemon];
    const program = row?.programs.split(" ")[0] ?? "";
    const main = "/etc/x/main.conf";
    const option = row?.options?.split(" ")[0]?.split("/")[0];
    const args = [row?.needs ?? "--", ...(option === undefined ? [main] : [option, main])];
    const files = memoryFiles({
      [main]: texts[0] ?? "",
      ...Object.fromEntries(texts.map((it, i) => [`/etc/x/${i}.conf`, it])),
      ...Object.fromEntries(
        (row?.files ?? "").split(" ").flatMap((it) => (it.startsWith("/") ? [[it, texts[0] ?? ""]] : [])),
      ),
    });
    const command = { path: `/usr/sbin/${program}`, args, environment: {} };
    if (row) assert.ok(firstFiles(row, command, files).length < 10);
    const { facts } = readDaemons([command], files);
    const words = texts.join("").length * 4 + 100;
    assert.ok(facts.length <= words, "more is said than stands there");
    for (const { line, value, port } of facts) {
      assert.ok(line === undefined || line > 0, "a place is none");
      assert.ok(!value.includes("\0") && value !== "", "a value is none");
      assert.ok(!port || (port.from > 0 && port.from <= port.to && port.to < 65536), "a port is none");
    }
  },
});
