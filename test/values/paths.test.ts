import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import { splitWords, type WordFlags } from "../../server/src/syntax/words.ts";
import type { HoverTopic, Lookup, Where } from "../../server/src/values/grammar.ts";
import { PATH_GRAMMARS } from "../../server/src/values/grammars/pathGrammars.ts";
import { absolutePath, pathFault, simplifyPath } from "../../server/src/values/path.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { expectLinear } from "../kit/growth.ts";

type Name = keyof typeof PATH_GRAMMARS;

function where(version: SystemdVersion = 262): Where {
  const unit = parseUnitName("web-app.service");
  assert.ok(unit);
  return { version, scope: "system", kind: unit.kind, unit, certain: true };
}

/** The effects of what is wrong, a blank between them; empty where a value is right. */
const effects = (type: Name, text: string, version?: SystemdVersion): string =>
  issuesOf(PATH_GRAMMARS[type], text, where(version))
    .map(({ effect }) => effect)
    .join(" ");

/** What is offered at `$0`, the text that it replaces, and what the machine is asked for. */
function offered(type: Name, marked: string, version?: SystemdVersion) {
  const cursor = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const slots = slotsAt(PATH_GRAMMARS[type], text, cursor, where(version));
  const offers = slots.flatMap((slot) => slot.offers());
  return {
    offers,
    texts: offers.map((it) => it.text),
    spans: [...new Set(slots.map((slot) => text.slice(slot.from, slot.to)))],
    lookups: slots.flatMap(({ lookup }): Lookup[] => (lookup ? [lookup] : [])),
  };
}

/** The parts of a value with their roles. */
const parts = (type: Name, text: string): string[] =>
  tokensOf(PATH_GRAMMARS[type], text, where()).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

/** What a hover says of the part of a value that begins at `$0`. */
function topicAt(type: Name, marked: string): HoverTopic | undefined {
  const at = marked.indexOf("$0");
  return tokensOf(PATH_GRAMMARS[type], marked.replace("$0", ""), where())
    .find(({ from }) => from === at)
    ?.topic?.();
}

const PATH_LOOKUP = [{ kind: "paths" }];
const FOLDER_LOOKUP = [{ kind: "paths", only: "directories" }];

describe("paths", () => {
  it("are simplified as systemd does it", () => {
    const cases: [string, string][] = [
      ["//a///b/", "/a/b"],
      ["/a/./b/.", "/a/b"],
      ["/../../a", "/a"],
      ["/..", "/"],
      ["/a/..", "/a/.."],
      ["./a/", "a"],
      ["./../a", "../a"],
      ["./.", "."],
      ["", ""],
    ];
    for (const [path, simple] of cases) assert.equal(simplifyPath(path), simple, path);
  });

  it("are judged by their slash, their parts and their bytes", () => {
    assert.equal(absolutePath("/a//b/"), "/a/b");
    assert.equal(pathFault("a", "absolute"), "relative");
    assert.equal(pathFault("/a", "relative"), "absolute");
    assert.equal(pathFault("", "relative"), "empty");
    assert.equal(pathFault(".", "relative"), "dot");
    assert.equal(pathFault("/a/../b", "any"), "parent");
    assert.equal(pathFault(`/${"é".repeat(127)}`, "absolute"), undefined);
    assert.equal(pathFault(`/${"é".repeat(128)}`, "absolute"), "name");
    assert.equal(pathFault("/x".repeat(2048), "absolute"), "length");
  });
});

describe("fields", () => {
  const values = (text: string, how: WordFlags, limit?: number): string[] =>
    splitWords(text, how, limit).words.map(({ value }) => value);

  it("are parted by each separator, or by several as one", () => {
    assert.deepEqual(values("a::b:", { separators: ":", escapes: "next" }), ["a", "", "b", ""]);
    assert.deepEqual(values(":a::b:", { separators: ":", escapes: "next", coalesce: true }), ["a", "b"]);
    assert.equal(splitWords("a:b:c", { separators: ":", escapes: "next" }, 2).rest, 4);
    assert.equal(splitWords("a:b:", { separators: ":", escapes: "next", coalesce: true }, 2).rest, undefined);
  });

  it("lose their backslashes as the parser says", () => {
    assert.deepEqual(values("a\\:b\\q:c", { separators: ":", escapes: "next" }), ["a:bq", "c"]);
    assert.deepEqual(values("a\\:b\\x20c", { separators: ":", escapes: "c-separators" }), ["a:b c"]);
    assert.equal(splitWords("a\\:b", { separators: ":", escapes: "c" }).error?.kind, "bad-escape");
    assert.equal(splitWords("a\\", { separators: ":", escapes: "next" }).error?.kind, "trailing-backslash");
    assert.equal(
      splitWords('"a', { separators: ":", escapes: "next", quotes: true }).error?.kind,
      "unterminated-quote",
    );
    assert.deepEqual(values('"a:b":c', { separators: ":", escapes: "next", quotes: true }), ["a:b", "c"]);
  });
});

describe("single paths", () => {
  it("offer folders to begin with, and then what the machine has", () => {
    const start = offered("unitPathPrintf", "$0");
    assert.ok(start.texts.includes("/etc/") && start.offers.every((it) => it.summary));
    assert.deepEqual(start.lookups, PATH_LOOKUP);
    assert.deepEqual(offered("unitPathPrintf", "/etc/s$0").texts, []);
    assert.deepEqual(offered("unitPathPrintf", "/etc/s$0").spans, ["/etc/s"]);
    assert.deepEqual(offered("workingDirectory", "-/srv/$0").lookups, FOLDER_LOOKUP);
  });

  it("offer their signs and words only where these may stand", () => {
    assert.deepEqual(offered("workingDirectory", "$0").texts.slice(0, 2), ["-", "~"]);
    assert.equal(offered("workingDirectory", "-$0").texts[0], "~");
    assert.deepEqual(offered("unitConditionPath", "$0").texts.slice(0, 2), ["|", "!"]);
    assert.equal(offered("unitConditionPath", "|$0").texts[0], "!");
    assert.deepEqual(offered("conditionNeedsUpdate", "|!$0").texts, ["/etc", "/var"]);
    assert.deepEqual(offered("ipFilterBpfProgs", "$0").texts, ["/sys/fs/bpf/"]);
    assert.deepEqual(offered("pidFile", "$0").texts, ["/run/", "%t/"]);
  });

  it("are coloured part by part, and hovers tell of the signs", () => {
    assert.deepEqual(parts("unitConditionPath", "|!%h/x"), ["operator |", "operator !", "path %h/x", "specifier %h"]);
    assert.deepEqual(parts("workingDirectory", "-~"), ["operator -", "word ~"]);
    assert.deepEqual(topicAt("unitEnvFile", "$0-/etc/x"), {
      kind: "prose",
      title: "`-`",
      text: "The path is ignored if it does not exist.",
    });
  });

  it("are as good as none where specifiers leave nothing", () => {
    assert.equal(effects("unitPathPrintf", "%i"), "");
    assert.equal(effects("unitPathPrintfFatal", "%i"), "");
    assert.equal(effects("pidFile", "%i"), "");
    assert.equal(effects("pathSpec", "%i"), "assignment");
    assert.equal(effects("unitEnvFile", "%i-/x"), "");
  });

  it("fail with an unknown specifier as with a bad path, but not a PID file", () => {
    assert.equal(effects("unitPathPrintfFatal", "/%Q"), "refused");
    assert.equal(effects("workingDirectory", "-/%Q"), "assignment");
    assert.equal(effects("pidFile", "/%Q"), "assignment");
    assert.equal(effects("pidFile", "../x"), "refused");
  });

  it("may lie in the file systems of the kernel, but for some nodes of sockets", () => {
    assert.equal(effects("socketListenSpecial", "/dev/log"), "");
    assert.equal(effects("socketListenFifo", "/dev/x"), "assignment");
    assert.equal(effects("socketListenPath", "/sys/x"), "assignment");
    assert.equal(effects("pathSpec", "/sys/x"), "");
  });
});

describe("lists of paths", () => {
  it("lose a bad path, or all behind it", () => {
    assert.equal(effects("namespacePathStrv", "x /y -z"), "word word");
    assert.equal(effects("unitPathStrvPrintf", "x /y z"), "rest");
    assert.equal(effects("unitMountsFor", '/x "/y'), "rest");
    assert.equal(effects("colonSeparatedPaths", "/x::y"), "rest");
  });

  it("take the signs in one order only", () => {
    assert.equal(effects("namespacePathStrv", "-+/x +/y -/z"), "");
    assert.equal(effects("namespacePathStrv", "+-/x"), "word");
  });

  it("offer paths at any place, also in quotes and behind signs and colons", () => {
    for (const marked of ["$0", "/a $0", "/a  $0 /b", "/a -$0", "/a -+$0", '/a "$0"'])
      assert.deepEqual(offered("namespacePathStrv", marked).lookups, PATH_LOOKUP, marked);
    assert.equal(offered("namespacePathStrv", "/a -$0").texts[0], "+");
    assert.deepEqual(offered("colonSeparatedPaths", "/usr/bin:$0").lookups, FOLDER_LOOKUP);
    assert.deepEqual(parts("namespacePathStrv", '-+/a "/b c"'), ["operator -", "operator +", "path /a", "path /b c"]);
  });
});

describe("directories of a service", () => {
  it("have a symlink and flags between colons", () => {
    assert.equal(effects("execDirectories", 'a b:c d:e:ro f::ro "g h" i\\:j k::'), "");
    assert.equal(effects("execDirectories", "a\\q b"), "rest");
    assert.equal(effects("execDirectories", "/a a:/b a:../b private:x"), "word word word word");
    assert.equal(effects("execConfigurationDirectories", "a::ro b:"), "");
  });

  it("offer the unit's name, and ro behind two colons", () => {
    assert.deepEqual(offered("execDirectories", "a $0").texts, ["web-app"]);
    assert.deepEqual(offered("execDirectories", "a b:c:$0").texts, ["ro"]);
    assert.deepEqual(offered("execConfigurationDirectories", "a::$0").texts, ["ro"]);
    assert.deepEqual(parts("execDirectories", "x%p:b:ro"), ["path x%p", "specifier %p", "path b", "word ro"]);
  });
});

describe("mounts", () => {
  it("of paths have a target and rbind or norbind", () => {
    for (const version of [257, 262]) {
      assert.equal(effects("bindPaths", '-/a /b:/c:norbind "/d e":/f:', version), "");
      assert.equal(effects("bindPaths", "/a:/b:ro /c", version), "word");
      assert.equal(effects("bindPaths", "/a:-/b", version), "word");
    }
    assert.equal(effects("bindPaths", "a:/b b:/c", 257), "word word");
    assert.equal(effects("bindPaths", "/a\\q", 257), "");
    assert.equal(effects("bindPaths", "/a\\q", 262), "word");
    assert.equal(effects("bindPaths", "/a:", 257), "word");
  });

  it("before 258 end at each single blank", () => {
    assert.equal(effects("bindPaths", "/a  /b", 257), "complains");
    assert.equal(effects("bindPaths", "/a   /b:/c:rbind   /d", 257), "complains");
    assert.equal(effects("bindPaths", "/a  /b", 262), "");
  });

  it("of a tmpfs take any option", () => {
    assert.equal(effects("temporaryFilesystems", '/a /b:ro,x=y:z "/c:size=1M" /d:%Q'), "");
    assert.equal(effects("temporaryFilesystems", ":ro a"), "word word");
    assert.deepEqual(topicAt("temporaryFilesystems", "/a:size=$010m"), { kind: "size", bytes: 10 * 1024 ** 2 });
    assert.deepEqual(topicAt("temporaryFilesystems", "/a:mode=$00750"), { kind: "mode", mode: 0o750 });
    assert.deepEqual(parts("temporaryFilesystems", "/a:ro,size=1G"), [
      "path /a",
      "word ro",
      "word size",
      "operator =",
      "number 1G",
    ]);
  });

  it("offer options behind each colon and comma", () => {
    assert.deepEqual(offered("bindPaths", "/a /b:/c:$0").texts, ["rbind", "norbind"]);
    assert.deepEqual(offered("bindPaths", "/b:$0").lookups, PATH_LOOKUP);
    for (const marked of ["/a:$0", "/a:ro,$0 /b", "/a:ro,mode=0755,no$0"]) {
      const { texts, offers } = offered("temporaryFilesystems", marked);
      assert.ok(texts.includes("nosuid") && texts.includes("size=") && offers.every((it) => it.summary), marked);
    }
  });
});

describe("images", () => {
  it("are mounted with options for each partition", () => {
    assert.equal(effects("mountImages", "/a:/b -/c:/d:ro /e:/f:root:ro:usr:nosuid /dev/x:/dev"), "");
    assert.equal(effects("mountImages", "/a /b:/c:x:ro:usr:ro /proc/a:/b"), "word word word");
    assert.equal(effects("mountImages", "/a\\q:/b c"), "rest");
    assert.equal(effects("mountImages", "/a:/b:%Q c"), "word word");
    assert.equal(effects("extensionImages", "/a -/b:ro /c:root:ro /d\\:e"), "");
    assert.equal(effects("extensionImages", "/dev/x x"), "word word");
    assert.equal(effects("rootImageOptions", "ro root:ro,nosuid usr:x=%n"), "");
    assert.equal(effects("rootImageOptions", "x:ro root:ro"), "word");
    assert.equal(effects("rootImageOptions", "root:ro:x usr:ro"), "assignment");
    assert.equal(effects("rootImageOptions", 'root:ro "usr:ro'), "assignment");
  });

  it("offer partitions and options in their places", () => {
    assert.deepEqual(offered("mountImages", "/a:$0").lookups, FOLDER_LOOKUP);
    for (const marked of ["/a:/b:$0", "/a:/b:r$0"]) {
      const { texts } = offered("mountImages", marked);
      assert.ok(texts.includes("usr-verity") && texts.includes("nodev"), marked);
    }
    for (const marked of ["/a:/b:root:$0", "/a:/b:root:ro,$0", "/a:/b:root:n$0:usr:ro"]) {
      const { texts } = offered("mountImages", marked);
      assert.ok(!texts.includes("usr-verity") && texts.includes("nodev"), marked);
    }
    assert.ok(offered("rootImageOptions", "root:ro $0").texts.includes("usr"));
    assert.deepEqual(parts("mountImages", "-/a:/b:root:ro"), [
      "operator -",
      "path /a",
      "path /b",
      "name root",
      "word ro",
    ]);
  });
});

describe("image policies", () => {
  it("are rules with flags, or one sign", () => {
    for (const text of [
      "*",
      "-",
      "~",
      "root=",
      "root=-",
      "=open",
      " root = verity + signed : usr=absent",
      "root\\=open",
    ])
      for (const version of [257, 262]) assert.equal(effects("imagePolicy", text, version), "", text);
    for (const text of ["root", "root=open:", "root=open:root=open", ":root=open"])
      for (const version of [257, 262]) assert.equal(effects("imagePolicy", text, version), "refused", text);
  });

  it("may have unknown names since 258, and more flags", () => {
    assert.equal(effects("imagePolicy", "foo=bar", 257), "refused");
    assert.equal(effects("imagePolicy", "foo=bar", 262), "silent");
    assert.equal(effects("imagePolicy", "root=erofs", 257), "refused");
    assert.equal(effects("imagePolicy", "root=erofs+ext4", 262), "");
    assert.ok(!offered("imagePolicy", "root=$0", 257).texts.includes("erofs"));
  });

  it("offer partitions that have no rule yet, and flags", () => {
    assert.ok(offered("imagePolicy", "$0").texts.includes("*"));
    const second = offered("imagePolicy", "root=open:$0");
    assert.ok(second.texts.includes("usr=") && !second.texts.includes("root=") && !second.texts.includes("*"));
    assert.deepEqual(offered("imagePolicy", "us$0=open").spans, ["us"]);
    for (const marked of ["root=$0", "root=open+$0", "root=open:usr=ver$0+signed"])
      assert.ok(offered("imagePolicy", marked).texts.includes("verity"), marked);
    assert.deepEqual(parts("imagePolicy", "root=verity+signed:usr=-"), [
      "name root",
      "word verity",
      "word signed",
      "name usr",
      "word -",
    ]);
  });
});

describe("root hashes, files, devices and programs", () => {
  it("are hexadecimal digits or Base64, or any path", () => {
    assert.equal(effects("execRootHash", "0011223344556677 8899AABBCCDDEEFF"), "");
    assert.equal(effects("execRootHash", "/x/../%Q"), "");
    assert.equal(effects("execRootHash", "0011"), "assignment");
    assert.equal(effects("execRootHashSig", "base64:"), "");
    assert.equal(effects("execRootHashSig", "base64:Y Q = ="), "");
    assert.equal(effects("execRootHashSig", "base64:aa=="), "assignment");
    assert.equal(offered("execRootHashSig", "$0").texts[0], "base64:");
  });

  it("are opened by a path, a name and options that go together", () => {
    for (const text of ["/a", "/a:", "/a:b c", "/a/../b", "/a//", "/a::,read-only,,graceful", "/a\\x20b", "/%Q"])
      assert.equal(effects("openFile", text), "", text);
    for (const text of ["/", "/..", "a", "/é", "/a:é", "/a::x", "/a::append,append", "/a:b::c", "/a\\:b", "/a\\q"])
      assert.equal(effects("openFile", text), "assignment", text);
    assert.deepEqual(offered("openFile", "/a::read-only,$0").texts, ["append", "truncate", "graceful"]);
    assert.deepEqual(parts("openFile", "/a:b:append"), ["path /a", "name b", "word append"]);
  });

  it("are devices with rights, of which what follows is all", () => {
    for (const text of ["/dev/null", "/dev/null  rr", "char-* r", "block-x", "/dev", '"/dev/x y" m'])
      assert.equal(effects("deviceAllow", text), "", text);
    for (const text of [
      "/devx",
      "/dev/../x",
      "pts",
      "/dev/x x",
      "/dev/x r w",
      '/dev/x "r"',
      "/dev/x %i",
      "%i r",
      "/dev/%Q",
    ])
      assert.equal(effects("deviceAllow", text), "assignment", text);
    assert.ok(offered("deviceAllow", "$0").texts.includes("char-pts"));
    assert.deepEqual(offered("deviceAllow", "/dev/null $0").texts, ["r", "w", "m", "rw", "rwm"]);
    assert.deepEqual(parts("deviceAllow", "char-pts rw"), ["name char-pts", "word rw"]);
    assert.deepEqual(topicAt("deviceAllow", "/dev/null $0rwm"), {
      kind: "prose",
      title: "`rwm`",
      text: "The service can read, write, create the node with mknod().",
    });
  });

  it("are programs behind the place to attach them", () => {
    for (const text of ["egress:/x", ":egress::/x", "egr\\ess:/x"])
      assert.equal(effects("bpfForeignProgram", text), "", text);
    for (const text of ["egress", "egress:", "x:/x", "egress:x", "egress:/%Q", '"egress":/x'])
      assert.equal(effects("bpfForeignProgram", text), "assignment", text);
    assert.equal(offered("bpfForeignProgram", "$0").texts.length, 18);
    assert.deepEqual(offered("bpfForeignProgram", "egress:$0").texts, ["/sys/fs/bpf/"]);
    assert.deepEqual(parts("bpfForeignProgram", "egress:/x"), ["word egress", "path /x"]);
  });
});

describe("long values of paths", () => {
  const VALUES: readonly (readonly [Name, string])[] = [
    ["namespacePathStrv", "-/x "],
    ["namespacePathStrv", "x,/x "],
    ["colonSeparatedPaths", "/x:"],
    ["execDirectories", '"a":b '],
    ["bindPaths", "/x:/y  "],
    ["temporaryFilesystems", "/x:ro,size=1 "],
    ["mountImages", "/x:/y:root:ro "],
    ["mountImages", "/x:"],
    ["rootImageOptions", "root:ro "],
    ["imagePolicy", "foo=bar+verity:"],
    ["openFile", "/x:"],
    ["unitPathPrintf", "/../x"],
    ["unitPathPrintf", "/%n"],
    ["execRootHash", "00 "],
  ];

  for (const [type, unit] of VALUES)
    it(`take linear time: ${type} of ${unit}`, () => {
      for (const version of [257, 262])
        expectLinear(
          1000,
          (size) => unit.repeat(size).trim(),
          (text) => issuesOf(PATH_GRAMMARS[type], text, where(version)),
        );
    });
});
