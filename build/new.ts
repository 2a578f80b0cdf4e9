import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { newDirective } from "./new/directive.ts";
import { type Plan, Refusal, SOURCES } from "./new/plan.ts";
import { newRule } from "./new/rule.ts";
import { newSetting } from "./new/setting.ts";
import { newValue } from "./new/value.ts";
import { newVersion } from "./new/version.ts";

const USAGE = `npm run new -- rule FAMILY/NAME [--section Service] --directive NAME --bad VALUE --good VALUE
npm run new -- directive NAME [--section Service] --type TYPE --since VERSION --page PAGE [--table TABLE]
npm run new -- setting TABLE/SECTION/NAME --type TYPE --since VERSION --summary SENTENCE
npm run new -- setting quadlets/SECTION/NAME --type TYPE --since PODMAN --read KIND [--option=--OPTION] --summary SENTENCE
npm run new -- value NAME --family names|numbers|paths|lists|units --code value/CODE
npm run new -- value NAME --family exec|log|resources|sandbox|service|socket|unit --words WORD,WORD…
npm run new -- version NUMBER
`;

/** Writes the files of something new and says which places to visit; what is there is never overwritten. */
function main(): number {
  try {
    const plan = planOf(process.argv.slice(2));
    const taken = [...plan.files.keys()].find((it) => existsSync(it));
    if (taken !== undefined) throw new Refusal(`${taken} is there already`);
    carryOut(plan);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 1;
  }
}

function planOf(args: readonly string[]): Plan {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      section: { type: "string", default: "Service" },
      directive: { type: "string" },
      bad: { type: "string" },
      good: { type: "string" },
      type: { type: "string" },
      since: { type: "string" },
      page: { type: "string" },
      table: { type: "string" },
      family: { type: "string" },
      code: { type: "string" },
      words: { type: "string" },
      read: { type: "string" },
      option: { type: "string" },
      summary: { type: "string" },
    },
  });
  const [kind, name] = positionals;
  const need = (option: "directive" | "bad" | "good" | "type" | "since" | "page" | "family" | "summary"): string => {
    const value = values[option];
    if (value === undefined) throw new Refusal(`--${option} is missing`);
    return value;
  };
  if (name === undefined) throw new Refusal("what is new, and what is its name?");
  const { section, table, code, words, read, option } = values;
  switch (kind) {
    case "rule":
      return newRule(name, { section, directive: need("directive"), bad: need("bad"), good: need("good") }, SOURCES);
    case "directive": {
      const options = { section, type: need("type"), since: Number(need("since")), page: need("page") };
      return newDirective(name, { ...options, ...(table ? { table } : {}) }, SOURCES);
    }
    case "setting": {
      const options = { type: need("type"), since: Number(need("since")), summary: need("summary") };
      return newSetting(name, { ...options, ...(read && { read }), ...(option && { option }) }, SOURCES);
    }
    case "value": {
      const options = {
        family: need("family"),
        ...(code ? { code } : {}),
        ...(words ? { words: words.split(",") } : {}),
      };
      return newValue(name, options, SOURCES);
    }
    case "version":
      return newVersion(Number(name), SOURCES);
    default:
      throw new Refusal(`nothing new is called ${kind}`);
  }
}

function carryOut({ files, changes, visits }: Plan): void {
  for (const path of files.keys()) mkdirSync(dirname(path), { recursive: true });
  for (const [path, text] of files) writeFileSync(path, text, { flag: "wx" });
  for (const [path, text] of changes) writeFileSync(path, text);
  const touched = [...files.keys(), ...changes.keys()];
  spawnSync("npx", ["biome", "check", "--write", ...touched], { stdio: "ignore" });
  process.stdout.write(`${touched.map((it) => `${files.has(it) ? "written" : "changed"}: ${it}\n`).join("")}\n`);
  visits.forEach(({ place, todo, toldBy }, i) => {
    process.stdout.write(`${i + 1}. ${place}\n   ${todo}\n   forgotten: ${toldBy}\n`);
  });
}

process.exitCode = main();
