import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { withPlainLetters } from "../../server/src/text/plainLetters.ts";
import { skip } from "../kit/skip.ts";
import { unitOf } from "./kit.ts";

interface WrittenUnit {
  readonly path: string;
  readonly text: string;
}

const STRANGERS = new URL("./services/strangers/", import.meta.url);

/** The services of the lists of strangers. */
const strangers = (): readonly WrittenUnit[] =>
  readdirSync(STRANGERS).flatMap((file) =>
    readFileSync(new URL(file, STRANGERS), "utf8")
      .split(/^=== /m)
      .slice(1)
      .map((part) => {
        const [head = "", , , ...unit] = part.split("\n");
        const name = head.split(" ")[0] ?? "";
        return { path: `/etc/systemd/${name.includes("/") ? name : `system/${name}`}`, text: unit.join("\n") };
      }),
  );

const CORPUS = "../shared/corpus/units";

/** Each third service of Debian, which is enough of each kind of reason. */
const corpus = (): readonly WrittenUnit[] =>
  (existsSync(CORPUS) ? readdirSync(CORPUS) : []).flatMap((name, i) => {
    const folder = `${CORPUS}/${name}/usr/lib/systemd/system`;
    if (i % 3 !== 0 || !existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((it) => it.endsWith(".service"))
      .map((it) => ({ path: `/usr/lib/systemd/system/${it}`, text: readFileSync(`${folder}/${it}`, "utf8") }));
  });

/** What a reason says to stand in the unit, by the words before it. */
const QUOTED = [
  /\bit (?:uses|writes)(?: GPUs:)? (\/[^\s,]+)/g,
  /\bon(?:ly)? (\/[^\s,]+)(?:, there when| there$)/g,
  /\bport (\d+)/g,
  /\bit runs ([a-z][\w.+-]+)(?=$|,)/g,
  /\bits command says (\S+?)…?,/g,
  /\bspeaks of [^(]+\("([^"]+?)…?"\)/g,
  /= names ([^\s,]+)/g,
  /= sets (\w+)/g,
  /\bit keeps (CAP_\w+)/g,
  /\bit runs with (\w+)/g,
] as const;

const plain = (text: string): string =>
  withPlainLetters(text.toLowerCase())
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();

/** Whether a unit has a word, in its text or in its name; specifiers and abbreviations of systemd stand for what they mean. */
function stands(word: string, { path, text }: WrittenUnit): boolean {
  const all = `${path}\n${text}`;
  if (all.includes(word) || plain(all).includes(plain(word))) return true;
  return /^\/(?:root|run|var|etc)(?:\/|$)/.test(word) && /%[ShCLtE]|~/.test(text);
}

describe("reasons of hardening", () => {
  for (const [whose, units] of Object.entries({ strangers, corpus }))
    it(`name a port, path, option or word of the unit, for the services of ${whose}`, function () {
      this.timeout(300_000);
      const all = units();
      if (all.length === 0) skip(this, "the data beside the repository are not here");
      let count = 0;
      const wrong = all.flatMap((written) => {
        const unit = unitOf(written.text, written.path);
        const sentences = [
          ...leftOut(unit, "isolated").map((it) => it.reason),
          ...safeSettings(unit, "strict", undefined, "likely").map((it) => it.reason ?? ""),
        ];
        // What a run showed stands in the data of the run.
        const ofUnit = sentences.filter((it) => !/^a run of it |; exercised: /.test(it));
        return [...new Set(ofUnit)].flatMap((reason) =>
          QUOTED.flatMap((pattern) => [...reason.matchAll(pattern)].map(([, word = ""]) => word)).flatMap((word) => {
            count++;
            return stands(word, written) ? [] : [`${written.path}: "${word}" of "${reason}"`];
          }),
        );
      });
      assert.deepEqual(wrong, []);
      assert.ok(count > 20, `${count} words were compared`);
    });

  it("call no port what is a device, a time or the port of somebody else", () => {
    for (const [line, port] of [
      ["/usr/bin/arecord -D hw:1,0", undefined],
      ["/usr/bin/x --at 12:30", undefined],
      ["/usr/bin/x --upstream 192.0.2.1:443", undefined],
      ["/usr/bin/x mail.example.org:25", undefined],
      ["/usr/bin/x --nice 5 -p 3", undefined],
      ["/usr/bin/x --listen :443", 443],
      ["/usr/bin/x --bind=0.0.0.0:80,[::]:80", 80],
      ["/usr/bin/x --http-port 80", 80],
      ["/bin/sh -c 'exec /usr/bin/x -p 25'", 25],
    ] as const) {
      const found = leftOut(unitOf(`[Service]\nUser=x\nExecStart=${line}\n`), "basic")
        .map((it) => /listens on port (\d+)/.exec(it.reason)?.[1])
        .find((it) => it !== undefined);
      assert.equal(found && Number(found), port, line);
    }
  });

  it("do not take a program that is known for what its description has in common with others", () => {
    const lines = ["Description=Tunnel to the office", "[Service]", "User=t"];
    const tunnel = unitOf(
      `[Unit]\n${lines.join("\n")}\nExecStart=/usr/bin/autossh -M 0 -N -L 5432:localhost:5432 db\n`,
    );
    assert.ok(!leftOut(tunnel, "isolated").some((it) => it.reason.includes("VPN")));
    const client = unitOf("[Service]\nExecStart=/usr/bin/docker run --rm nginx\n");
    assert.ok(!leftOut(client, "isolated").some((it) => /inherit|guests/.test(it.reason)));
  });
});
