import { parseArgs } from "node:util";
import { newDaemon } from "./daemon.ts";
import { newDirective } from "./directive.ts";
import { newFormat } from "./format.ts";
import { newKind } from "./kind.ts";
import { type Plan, Refusal, type Sources } from "./plan.ts";
import { newRelease } from "./release.ts";
import { newRule } from "./rule.ts";
import { newSetting } from "./setting.ts";
import { newType } from "./type.ts";
import { newVersion } from "./version.ts";

const OPTIONS = {
  section: { type: "string" },
  directive: { type: "string" },
  file: { type: "string" },
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
  form: { type: "string" },
  files: { type: "string" },
  reader: { type: "string" },
  keys: { type: "string" },
} as const;

type OptionName = keyof typeof OPTIONS;
type Values = Readonly<Partial<Record<OptionName, string>>>;

/** What can be new. */
interface Scaffold {
  /** How it is asked for, each form a line. */
  readonly usage: readonly string[];
  /** What is made of a name and the options; `need` gives one that may not be missing. */
  readonly plan: (name: string, need: (option: OptionName) => string, values: Values, sources: Sources) => Plan;
}

const SCAFFOLDS: Readonly<Record<string, Scaffold>> = {
  rule: {
    usage: [
      "FAMILY/NAME [--section Service] --directive NAME --bad VALUE --good VALUE",
      "FAMILY/NAME --file x.container|/etc/systemd/journald.conf|… --section SECTION --directive NAME --bad VALUE --good VALUE",
    ],
    plan(name, need, { section = "Service", file }, sources) {
      const options = { section, directive: need("directive"), bad: need("bad"), good: need("good") };
      return newRule(name, { ...options, ...(file !== undefined && { file }) }, sources);
    },
  },
  directive: {
    usage: ["NAME [--section Service] --type TYPE --since VERSION --page PAGE [--table TABLE]"],
    plan(name, need, { section = "Service", table }, sources) {
      const options = { section, type: need("type"), since: Number(need("since")), page: need("page") };
      return newDirective(name, { ...options, ...(table && { table }) }, sources);
    },
  },
  setting: {
    usage: [
      "TABLE/SECTION/NAME --type TYPE --since VERSION --summary SENTENCE",
      "quadlets/SECTION/NAME --type TYPE --since PODMAN --read KIND [--option=--OPTION] --summary SENTENCE",
    ],
    plan(name, need, { read, option }, sources) {
      const options = { type: need("type"), since: Number(need("since")), summary: need("summary") };
      return newSetting(name, { ...options, ...(read && { read }), ...(option && { option }) }, sources);
    },
  },
  type: {
    usage: [
      "NAME --family names|numbers|paths|lists|units --code value/CODE",
      "NAME --family exec|log|resources|sandbox|service|socket|unit --words WORD,WORD…",
      "NAME --family general|daemons|network|netdev|images [--code value/CODE | --words WORD,WORD…]",
      "quadletNAME --family quadlets [--code quadlet/CODE] [--words WORD,WORD…]",
    ],
    plan: (name, need, { code, words }, sources) =>
      newType(
        name,
        { family: need("family"), ...(code && { code }), ...(words && { words: words.split(",") }) },
        sources,
      ),
  },
  version: { usage: ["NUMBER"], plan: (name, _need, _values, sources) => newVersion(Number(name), sources) },
  release: { usage: ["PODMAN"], plan: (name, _need, _values, sources) => newRelease(name, sources) },
  format: { usage: ["NAME"], plan: (name, _need, _values, sources) => newFormat(name, sources) },
  kind: {
    usage: [
      "NAME.conf --section SECTION --directive NAME --type TYPE --since VERSION --reader PROGRAM --summary SENTENCE",
    ],
    plan(name, need, _, sources) {
      const first = { section: need("section"), directive: need("directive"), type: need("type") };
      const about = { since: Number(need("since")), reader: need("reader"), summary: need("summary") };
      return newKind(name, { ...first, ...about }, sources);
    },
  },
  daemon: {
    usage: [
      "NAME --table servers|mail|stores --form equals|ini|words|braces|lines --files PATH --keys MEANING=KEY,MEANING=KEY…",
    ],
    plan(name, need, _, sources) {
      const [table, form, files, keys] = [need("table"), need("form"), need("files"), need("keys")];
      return newDaemon(name, { table, form, files, keys }, sources);
    },
  },
};

/** How each is asked for, a line each. */
export const USAGE = Object.entries(SCAFFOLDS)
  .flatMap(([kind, { usage }]) => usage.map((it) => `npm run new -- ${kind} ${it}\n`))
  .join("");

/** What makes what is asked for. */
export function planOf(args: readonly string[], sources: Sources): Plan {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [kind = "", name] = positionals;
  if (name === undefined) throw new Refusal("what is new, and what is its name?");
  const scaffold = Object.hasOwn(SCAFFOLDS, kind) ? SCAFFOLDS[kind] : undefined;
  if (!scaffold) throw new Refusal(`nothing new is called ${kind}`);
  const need = (option: OptionName): string => {
    const value = values[option];
    if (value === undefined) throw new Refusal(`--${option} is missing`);
    return value;
  };
  return scaffold.plan(name, need, values, sources);
}
