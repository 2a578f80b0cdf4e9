import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "mocha";
import { anchor } from "../../build/markdown.ts";

const DECISIONS = "docs/decisions";
const INDEX = `${DECISIONS}/README.md`;
/** How long an entry of the changelog may be, without the targets of its links. */
const LONGEST_ENTRY = 160;
const PAGES = readdirSync(DECISIONS).filter((it) => it !== "README.md");
const DOCUMENTS = [
  ...[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "data/README.md",
    "packaging/README.md",
  ],
  ...["docs", "docs/daemons", "reports"].flatMap((folder) =>
    readdirSync(folder).flatMap((it) => (it.endsWith(".md") ? [`${folder}/${it}`] : [])),
  ),
  ...readdirSync(DECISIONS).map((it) => `${DECISIONS}/${it}`),
];

const CODE = ["server/src", "client", "test", "lab", "build", "bench"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((it) => `${folder}/${it.replaceAll("\\", "/")}`),
);
const { scripts, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Readonly<
  Record<"scripts" | "devDependencies", Readonly<Record<string, string>>>
>;

/** The text of a document without its listings. */
const read = (path: string): string => readFileSync(path, "utf8").replace(/^```.*?^```$/gms, "");

/** What stands in code in a text. */
const codeIn = (text: string): string[] => Array.from(text.matchAll(/`([^`\n]+)`/g), (it) => it[1] ?? "");

/** Why a file or folder of the code that a document names is not to be found; undefined where it is. */
function missing(name: string): string | undefined {
  const found = CODE.filter((it) => it === name || it.endsWith(`/${name}`));
  if (name.endsWith("/"))
    return existsSync(name) || CODE.some((it) => it.endsWith(`/${name.slice(0, -1)}`)) ? undefined : name;
  if (found.length === 1 || existsSync(name)) return undefined;
  return `${name} is the name of ${found.length} files${found.length > 0 ? `: ${found.join(", ")}` : ""}`;
}

describe("documents", () => {
  for (const path of ["ARCHITECTURE.md", "CONTRIBUTING.md", ...PAGES.map((it) => `${DECISIONS}/${it}`)])
    it(`${path} names files that are there, so that only one file can be meant`, () => {
      const names = codeIn(read(path)).filter(
        (it) => /^(?=.*[/.])[\w./-]+(?:\.tsx?|\/)$/.test(it) && !it.startsWith("/"),
      );
      assert.deepEqual(
        [...new Set(names)].flatMap((it) => missing(it) ?? []),
        [],
      );
    });

  it("say why each dependency is there, and pin it", () => {
    const [, table = ""] = read("ARCHITECTURE.md").split("## Dependencies");
    const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((it) => (it[1] ?? "").split(", "));
    const needed = Object.keys(devDependencies).filter((it) => !it.startsWith("@types/"));
    assert.deepEqual(named.filter((it) => !["package", "---"].includes(it)).sort(), needed.sort());
    for (const [name, version] of Object.entries(devDependencies))
      assert.match(version, /^\d+(?:\.\d+)+(?:-[\w.]+)?$/, name);
  });

  it("link to files and headings that are there", () => {
    const broken = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((it) => it[1] ?? "")
        .filter((it) => !it.startsWith("https://"))
        .flatMap((target) => {
          const [file = "", fragment] = target.split("#");
          const other = file === "" ? path : posix.join(posix.dirname(path), file);
          const there = existsSync(other) && (fragment === undefined || anchorsOf(other).includes(fragment));
          return there ? [] : [`${path}: ${target}`];
        }),
    );
    assert.deepEqual(broken, []);
  });
});

const anchorsOf = (path: string): string[] =>
  Array.from(read(path).matchAll(/^#+ +(.*?) *$/gm), (it) => anchor(it[1] ?? ""));

describe("decisions", () => {
  it("are pages that the index has once, each called by its title", () => {
    const rows = Array.from(read(INDEX).matchAll(/^- \[(.+)\]\(([^)]+)\)$/gm), ([, title = "", file]) => ({
      file,
      title,
    }));
    assert.deepEqual(rows.map((it) => it.file).sort(), PAGES.toSorted());
    for (const { file, title } of rows) {
      assert.equal(file, `${anchor(title)}.md`);
      assert.equal(/^# (.+)$/m.exec(read(`${DECISIONS}/${file}`))?.[1], title);
    }
  });

  for (const file of PAGES)
    it(`${file} has sections, each with what keeps it at its end`, () => {
      const [, ...sections] = read(`${DECISIONS}/${file}`).split(/^## /m);
      assert.ok(sections.length > 0);
      for (const section of sections) {
        const keepers = codeIn(/\n\nKept by (`.*`)\.\s*$/.exec(section)?.[1] ?? "");
        assert.ok(keepers.length > 0, `no test is named: ${section}`);
        for (const it of keepers) assert.ok(isThere(it), it);
      }
    });
});

describe("changelog", () => {
  const lines = read("CHANGELOG.md").split("\n");

  it("has versions with dates, and the groups of Keep a Changelog", () => {
    const headings = lines.filter((it) => /^###? /.test(it));
    for (const it of headings)
      assert.match(
        it,
        /^## (?:Unreleased|\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d)$|^### (?:Added|Changed|Deprecated|Removed|Fixed|Security)$/,
      );
  });

  it("has entries of one short line", () => {
    const entries = lines.filter((it) => it.startsWith("- ")).map((it) => it.replace(/\]\([^)]*\)/g, "]"));
    assert.deepEqual(
      entries.filter((it) => it.length > LONGEST_ENTRY),
      [],
    );
  });
});

/** Whether a test is a file or a script of the project. */
function isThere(test: string): boolean {
  const script = /^npm (?:run )?(\S+)$/.exec(test)?.[1];
  return script === undefined ? existsSync(test) : script in scripts;
}
