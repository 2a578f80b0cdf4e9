import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LONG_LINE_MAX } from "../../server/src/syntax/parse.ts";
import { fixed, fixTitles } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

/** The codes that are found, each behind the number of its line. */
function codes(text: string, version?: number): string[] {
  return findingsOf(text, "x.service", { profile: "off" }, version).map(
    ({ code, start }) => `${text.slice(0, start).split("\n").length} ${code}`,
  );
}

describe("syntax/section-header", () => {
  const code = "syntax/section-header";

  it("says that a log or program is no unit, and offers to cut nothing of it", () => {
    for (const text of ["[12:00:01] starting a worker\n[12:00:02] ready\n", "[ -f /etc/x ] && A=1\n"]) {
      const [only, ...more] = findingsOf(text, "x.service", { profile: "off" });
      assert.match(only?.message ?? "", /^This is no unit file: \[.*\] is no section of systemd's, which refuses it$/);
      assert.deepEqual([more, only?.code, only?.fixes ?? []], [[], code, []]);
    }
    const [unit] = findingsOf("[12:00:01] x\n[Service]\nExecStart=/bin/true\n", "x.service", { profile: "off" });
    assert.match(unit?.message ?? "", /^Text after the \] /);
    assert.deepEqual(unit?.fixes ?? [], []);
  });

  it("is a header without its closing bracket", () => {
    expectFindings(`[Unit]
[Service
^^^^^^^^ syntax/section-header error: Missing ] at the end of the section header: systemd stops here and refuses the whole unit
ExecStart=/bin/true
`);
    expectFindings(`[
^ syntax/section-header error: Missing ] at the end of the section header: systemd stops here and refuses the whole unit
`);
  });

  it("is a header with something behind it", () => {
    expectFindings(`[Service] # main
^^^^^^^^^^^^^^^^ syntax/section-header error: Text after the ] of a section header: systemd stops here and refuses the whole unit
ExecStart=/bin/true
`);
  });

  it("is a name with quotes, backslashes or control characters", () => {
    for (const name of [`a"b`, "a'b", "a\\b", "a\u0001b", "a\u007fb"]) {
      assert.deepEqual(codes(`[${name}]\n`), [`1 ${code}`], JSON.stringify(name));
    }
  });

  it("is an empty name or one with *, ? or [ since 258", () => {
    for (const name of ["", "a*", "a?", "a[b"]) {
      assert.deepEqual(codes(`[Service]\nExecStart=/bin/true\n[${name}]\n`, 258), [`3 ${code}`], name);
      assert.deepEqual(codes(`[Service]\nExecStart=/bin/true\n[${name}]\n`, 257), ["3 section/unknown"], name);
    }
  });

  it("is found behind blanks and over several lines", () => {
    expectFindings(String.raw`  [Service \
^^^^^^^^^^^^ syntax/section-header error
`);
  });

  it("is closed by a fix", () => {
    assert.equal(fixed("[Service \r\nExecStart=/bin/true\r\n", code), "[Service] \r\nExecStart=/bin/true\r\n");
    assert.equal(fixed("[Service", code), "[Service]");
    assert.deepEqual(fixTitles("[Service\n", code), ["Close the header: [Service]"]);
  });

  it("loses what follows it by a fix", () => {
    assert.equal(fixed("[Service] # x\nExecStart=/bin/true\n", code), "[Service]\nExecStart=/bin/true\n");
    assert.equal(fixed("[Service]]x\n", code), "[Service]\n");
    assert.deepEqual(fixTitles("[Service]; x\n", code), ["Keep only [Service]"]);
    for (const text of ["[Servicee\n", "[Servicee] x\n", "[X-Own\n", "[Partition\n"])
      assert.deepEqual(fixTitles(text, code), [], text);
  });

  it("loses what follows over several lines", () => {
    assert.equal(fixed("[Service]x\\\ny\nA=1\n", code), "[Service]\nA=1\n");
  });

  it("has no fix where the name is bad or missing", () => {
    for (const header of [`["Service"]`, `["Service"`, `["Service"] x`, "[", "[] x"]) {
      assert.deepEqual(fixTitles(`${header}\n`, code), [], header);
    }
  });
});

describe("syntax/encoding", () => {
  it("is a line that is not UTF-8, anywhere", () => {
    expectFindings(`[Unit]
Description=caf\udce9
^^^^^^^^^^^^^^^^ syntax/encoding error: Line is not valid UTF-8: systemd stops here and refuses the whole unit
[Service]
ExecStart=/bin/true
`);
    assert.deepEqual(codes("[X-Own]\n\udcff\n"), ["2 syntax/encoding"]);
    assert.deepEqual(codes("\udcff\n"), ["1 syntax/encoding"]);
    assert.deepEqual(codes("[\udcff]\n"), ["1 syntax/encoding"]);
  });

  it("is no comment, also inside of a continued line", () => {
    expectFindings(`# caf\udce9
[Service]
ExecStart=/bin/true \\
; caf\udce9
  x
`);
  });

  it("is no text in other scripts", () => {
    expectFindings("[Unit]\nDescription=Übung 日本 😀 \ufffd\n[Service]\nExecStart=/bin/true\n");
  });
});

describe("syntax/line-too-long", () => {
  it("is a line of 1 MiB, pointed at by its start", () => {
    const text = `[Service]\nExecStart=/bin/true\n#${"x".repeat(LONG_LINE_MAX)}\nProtectHoem=yes\n`;
    const found = findingsOf(text).map(({ code, start, end }) => [code, start, end]);
    assert.deepEqual(found, [["syntax/line-too-long", 30, 110]]);
  });

  it("is no line of one byte less", () => {
    const comment = `#${"x".repeat(LONG_LINE_MAX - 2)}`;
    assert.deepEqual(findingsOf(`[Service]\nExecStart=/bin/true\n${comment}\n`), []);
  });
});

describe("syntax/outside-section", () => {
  it("is any line before the first header", () => {
    expectFindings(`Type=exec
^^^^^^^^^ syntax/outside-section error: Line before the first section header: systemd ignores it
junk
^^^^ syntax/outside-section error
=x
^^ syntax/outside-section error
# comment

[Service]
ExecStart=/bin/true
`);
  });

  it("is a private key too", () => {
    expectFindings(`X-Own=1
^^^^^^^ syntax/outside-section error
[Service]
ExecStart=/bin/true
`);
  });
});

describe("syntax/missing-equals and syntax/missing-key", () => {
  it("are lines of a section that systemd reads", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
  Restart always
^^^^^^^^^^^^^^^^ syntax/missing-equals error: Missing "=": systemd ignores this line
]
^ syntax/missing-equals error
 = yes
^^^^^^ syntax/missing-key error: Missing directive name before "=": systemd ignores this line
`);
  });

  it("are not said of sections that systemd does not read", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
[X-Own]
junk
= yes
[Socket]
 ^^^^^^ section/unknown error
junk
= yes
`);
  });

  it("are not said of comments and of the lines of a continued value", () => {
    expectFindings(`[Service]
; Restart always
  # = yes
ExecStart=/bin/true \\
  junk \\
# comment without equals
  = yes
`);
  });

  it("are said of the line behind an empty one that ends a continued value", () => {
    expectFindings(`[Service]
ExecStart=/bin/true \\

  --flag
^^^^^^^^ syntax/missing-equals error
`);
  });
});

describe("lines that stop the reading", () => {
  const behind = "ProtectHoem=yes\n[Nowhere]\njunk\n";

  it("have no findings behind them, and none about the unit as a whole", () => {
    for (const [line, code] of [
      ["[Service", "syntax/section-header"],
      ["Description=\udce9", "syntax/encoding"],
      ["x".repeat(LONG_LINE_MAX), "syntax/line-too-long"],
      ["[Service]\nExecStart=bin/x", "value/command"],
      ["[Service]\nDynamicUser=maybe", "value/boolean"],
    ] as const) {
      const found = findingsOf(`[Unit]\n${line}\n${behind}`).map((it) => it.code);
      assert.deepEqual(found, line.length < 100 ? [code] : ["syntax/line-too-long"], code);
    }
  });

  it("keep the findings before them", () => {
    assert.deepEqual(codes(`[Service]\nProtectHoem=yes\n[Unit\n${behind}`), [
      "2 directive/unknown",
      "3 syntax/section-header",
    ]);
  });

  it("have one finding, the first, where a line has several mistakes", () => {
    assert.deepEqual(codes("[Service\udce9\n"), ["1 syntax/encoding"]);
    assert.deepEqual(codes("junk\udce9\n"), ["1 syntax/encoding"]);
    assert.deepEqual(codes("[Service]\njunk\udce9\n"), ["2 syntax/encoding"]);
    assert.deepEqual(codes("[Service]\n=\udce9\n"), ["2 syntax/encoding"]);
  });

  it("are the first of several", () => {
    assert.deepEqual(codes("[Unit]\nDescription=\udce9\n[Service\n"), ["2 syntax/encoding"]);
  });
});
