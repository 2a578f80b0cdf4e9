import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Manual, manualOf } from "../../server/src/manual/manual.ts";
import type { ManualPage, Table } from "../../server/src/manual/model.ts";
import { openPage, type PageSource } from "../../server/src/manual/source.ts";
import { textsOf, within } from "../../test/kit/manualBlocks.ts";
import type { Outcome, Suite } from "./suite.ts";

interface Row {
  readonly family: string;
  readonly section: string;
  readonly name: string;
  readonly in: readonly string[];
  readonly man?: string;
  readonly man_in?: readonly string[];
  readonly anchor?: string;
  readonly since?: number;
}

/** What no line of a text begins with unless a request was overlooked. */
const REQUEST = /^(?:\.(?:sp|PP|[RT][SE]|nf|fi|IP|SH|SS|if|ie|el|br|\\\})(?![\w/])|T[{}])/m;

/** The names of systemd.directives(7) for unit files: each has an entry on every page that the index names. */
const directives: Suite = {
  name: "manual directives",
  run(corpus, version) {
    const manual = manualOf(pages(corpus, version));
    const names = manual.index().find((it) => it.title === "Unit Directives")?.names ?? [];
    return outcome(
      names.map(({ name, pages: where }) => {
        const found = where.filter((it) => manual.entry(it.replace(/\(\d\)$/, ""), undefined, name.replace(/=$/, "")));
        return found.length === where.length && found.length > 0 ? undefined : `${name} on ${where.join(", ")}`;
      }),
    );
  },
};

/** All rows of all families of files: their own entry, or that of the name that took their place. */
const rows: Suite = {
  name: "manual rows",
  run(corpus, version) {
    const manual = manualOf(pages(corpus, version));
    const all = facts(corpus, version);
    const without = all.filter((it) => !entryOf(manual, it)).map((it) => `${it.family} ${it.name}=`);
    const names = [...new Set(without)];
    return {
      agree: all.length - without.length,
      total: all.length,
      differences: names.length > 0 ? [`${names.length} old names are on no page\n      ${names.join(", ")}`] : [],
    };
  },
};

/** The rows that a page of the version describes: all have an entry, those of unit files with the right id and version. */
const entries: Suite = {
  name: "manual entries",
  run(corpus, version) {
    const manual = manualOf(pages(corpus, version));
    const described = facts(corpus, version).filter((it) => it.man && (it.man_in ?? it.in).includes(String(version)));
    return outcome(
      described.map((it) => {
        const found = manual.entry((it.man ?? "").replace(/\(5\)$/, ""), it.section, it.name);
        if (found && it.family !== "unit") return undefined;
        if (found?.anchor === it.anchor && found?.since === it.since) return undefined;
        return `${title(it)}: ${it.anchor} since ${it.since}\n      ours ${found?.anchor} since ${found?.since}`;
      }),
    );
  },
};

/** All pages as a whole: nothing of roff is left (a backslash only where the page has `\\e`), every entry, table and line of code is there. */
const text: Suite = {
  name: "manual pages",
  run(corpus, version) {
    const sources = pages(corpus, version);
    const manual = manualOf(sources);
    return outcome(
      manual.pages.map((name) => {
        const source = sources.find((it) => `${it.name}(${it.section})` === name);
        const page = source && manual.page(source.name, source.section);
        const wrong = page ? differences(page, source) : ["cannot be read"];
        return wrong.length === 0 ? undefined : `${name}: ${wrong.join("; ")}`;
      }),
    );
  },
};

/** Compares the reader with systemd's manual pages and with the facts taken from their XML. */
export const manual: readonly Suite[] = [directives, rows, entries, text];

function differences(page: ManualPage, { roff }: PageSource): string[] {
  const blocks = page.sections.flatMap((it) => within(it.blocks));
  const wrong: string[] = [];
  const same = (what: string, ours: unknown, theirs: unknown): void => {
    if (String(ours) !== String(theirs)) wrong.push(`${what} ${ours}, not ${theirs}`);
  };
  const texts = page.sections.flatMap((it) => textsOf(it.blocks));
  const left = texts.find((it) => REQUEST.test(it));
  if (left !== undefined) wrong.push(`roff is left in "${left.slice(0, 80)}"`);
  same("backslashes are", texts.join("").split("\\").length - 1, roff.match(/\\e/g)?.length ?? 0);
  const tables = blocks.filter((it) => it.kind === "table");
  same(
    "columns of tables are",
    tables.map((it) => it.header.length),
    Array.from(roff.matchAll(/^\.TS\nallbox tab\(:\);\n(.*)\.$/gm), (it) => it[1]?.match(/[ls]/g)?.length),
  );
  if (tables.some(ragged)) wrong.push("a table is ragged");
  same(
    "lines of code are",
    blocks.flatMap((it) => (it.kind === "code" ? it.text.split("\n").length : [])),
    Array.from(roff.matchAll(/^\.nf\n([\s\S]*?)\n\.fi$/gm), (it) => it[1]?.trim().split("\n").length),
  );
  same(
    "entries are",
    blocks.reduce((sum, it) => sum + (it.kind === "entries" ? it.entries.length : 0), 0),
    [...roff.matchAll(/^\.PP\n(?!\.).+\n\.RS 4$/gm)].length,
  );
  same(
    "items of lists are",
    blocks.reduce((sum, it) => sum + (it.kind === "list" ? it.items.length : 0), 0),
    [...roff.matchAll(/^\\h'-04'/gm)].length,
  );
  return wrong;
}

function ragged({ header, rows: body }: Table): boolean {
  return body.some((it) => it.length !== header.length);
}

function entryOf(manual: Manual, { family, section, name, man }: Row): unknown {
  if (family === "unit") return manual.unitEntry(section, name);
  return man && manual.entry(man.replace(/\(5\)$/, ""), section, name);
}

function title({ family, section, name }: Row): string {
  return `${family} [${section}] ${name}=`;
}

function outcome(cases: readonly (string | undefined)[]): Outcome {
  const found = cases.filter((it) => it !== undefined);
  return { agree: cases.length - found.length, total: cases.length, differences: found };
}

function facts(corpus: string, version: number): Row[] {
  const all = JSON.parse(readFileSync(join(corpus, "../facts/directives.json"), "utf8")) as { directives: Row[] };
  return all.directives.filter((it) => it.in.includes(String(version)));
}

function pages(corpus: string, version: number): PageSource[] {
  return ["man5", "man7"].flatMap((section) => {
    const folder = join(corpus, "../manpages", String(version), section);
    return readdirSync(folder).flatMap((it) => {
      const page = openPage(gunzipSync(readFileSync(join(folder, it))).toString("utf8"));
      return typeof page === "string" ? [] : [page];
    });
  });
}
