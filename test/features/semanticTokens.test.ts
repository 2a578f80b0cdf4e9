import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { TOKEN_TYPES } from "../../server/src/features/offered.ts";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";
import type { Span } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";
import { type Opened, open } from "../kit/view.ts";

/** The colours as `text:type`, in the order of the answer, which the protocol demands to be that of the text. */
function colours({ view, text }: Opened, span?: Span): string[] {
  const { data } = semanticTokens(view, span);
  assert.equal(data.length % 5, 0);
  const found: string[] = [];
  let [line, character, end] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    assert.ok(lines >= 0 && characters >= 0 && length > 0, "the numbers run backwards");
    if (lines > 0) [character, end] = [0, 0];
    line += lines;
    character += characters;
    assert.ok(character >= end, "two colours overlap");
    end = character + length;
    const start = view.lines.offsetAt({ line, character });
    const word = text.slice(start, start + length);
    assert.ok(word.length === length && !/[\r\n]/.test(word), `${JSON.stringify(word)} is not on one line`);
    assert.equal(modifiers, 0);
    found.push(`${word}:${TOKEN_TYPES[type]}`);
  }
  return found;
}

const of = (source: string): string[] => colours(open(source));

describe("semantic tokens", () => {
  it("colour values by what their parts are, and nothing else", () => {
    assert.deepEqual(of("# c\n[Service]\nProtectHome=tmpfs\nCapabilityBoundingSet=~CAP_KILL cap_chown 5 CAP_X\n"), [
      "tmpfs:enumMember",
      "~:operator",
      "CAP_KILL:enumMember",
      "cap_chown:enumMember",
      "5:number",
    ]);
    assert.deepEqual(of("[Unit]\nAfter=a.service b.target\n"), ["a.service:class", "b.target:class"]);
  });

  it("give yes and no one colour", () => {
    assert.deepEqual(of("[Service]\nPrivateTmp=yes\nProtectHome=off\nProtectSystem=full\n"), [
      "yes:keyword",
      "off:keyword",
      "full:enumMember",
    ]);
  });

  it("cut a part in two where another one stands inside", () => {
    const found = of("[Unit]\nAfter=a@%i.service b@%i%n.service\n");
    assert.deepEqual(
      found.filter((it) => it.endsWith(":macro")),
      ["%i:macro", "%i:macro", "%n:macro"],
    );
  });

  it("stay on their lines in continued values", () => {
    assert.deepEqual(
      of("[Service]\nCapabilityBoundingSet=CAP_KILL \\\n# CAP_SYS_ADMIN\n  CAP_CHOWN\\\n CAP_FOWNER\n"),
      ["CAP_KILL:enumMember", "CAP_CHOWN:enumMember", "CAP_FOWNER:enumMember"],
    );
    assert.deepEqual(of("[Service]\r\nCapabilityBoundingSet=CAP_KILL \\\r\n  CAP_CHOWN\r\n"), [
      "CAP_KILL:enumMember",
      "CAP_CHOWN:enumMember",
    ]);
  });

  it("are none for what systemd does not read", () => {
    assert.deepEqual(of("[Servcie]\nProtectHome=tmpfs\n"), []);
    assert.deepEqual(of("[Service]\nProtectHoem=tmpfs\n"), []);
    assert.deepEqual(of("[Unit]\nProtectHome=tmpfs\n"), []);
    assert.deepEqual(of("ProtectHome=tmpfs\n"), []);
    assert.deepEqual(of(""), []);
  });

  it("of a stretch are those of the assignments that it touches", () => {
    const opened = open("[Service]\nProtectHome=tmpfs\nProtectSystem=full\nType=oneshot\n");
    const at = opened.text.indexOf("full");
    assert.deepEqual(colours(opened, { start: at, end: at }), ["full:enumMember"]);
    assert.deepEqual(colours(opened, { start: 0, end: opened.text.length }), colours(opened));
    assert.deepEqual(colours(opened, { start: 0, end: 3 }), []);
  });

  it("cost time that grows with the lines of a value", () => {
    const whole = { start: 0, end: Number.POSITIVE_INFINITY };
    const make = (size: number) => open(`[Service]\nExecStart=/bin/x \\\n${"  a \\\n".repeat(size)}`).view;
    expectLinear(300, make, (view) => semanticTokens(view, whole));
  });
});
