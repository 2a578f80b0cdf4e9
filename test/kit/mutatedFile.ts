import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type fc from "fast-check";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { HOSTILE_PIECES } from "./hostile.ts";
import { type HostileUnit, mutate, mutatedUnit } from "./mutate.ts";
import type { Random } from "./random.ts";
import { SHOWN_RULES } from "./ruleExamples.ts";
import { madeBy } from "./shrunk.ts";

/** A file that is no plain unit, with some mutations: the same seed makes the same one. */
export const hostileFile: fc.Arbitrary<HostileUnit> = madeBy(mutatedFile);

/** Makes a configuration file, quadlet, template, file of another language or configuration of a team with some mutations. */
export function mutatedFile(random: Random): HostileUnit {
  const { path, text } = random.pick([exampleOf, exampleOf, template, hostFile, hostFile, teamFile])(random);
  return { path, text: mutate(random, text, random.chance(0.2) ? 0 : 1 + random.below(4)), dropIns: [] };
}

/** Makes a file of another language in which units stand. */
export function hostFile(random: Random): { path: string; text: string } {
  return random.pick(HOSTS)(random);
}

interface Made {
  readonly path: string;
  readonly text: string;
}

const EXAMPLES: readonly Example[] = SHOWN_RULES.flatMap(({ bad, good, silent = [] }) => [bad, good, ...silent]).filter(
  ({ path = "" }) => unitPath(path) === undefined && checkedPath(path) !== undefined,
);

const lineOf = (random: Random, { text }: Example): string => random.pick(text.split("\n"));

/** An example of a rule about configuration files or quadlets, with lines of others. */
function exampleOf(random: Random): Made {
  const { path = "", text } = random.pick(EXAMPLES);
  const lines = text.split("\n");
  for (let i = random.below(4); i > 0; i--)
    lines.splice(random.below(lines.length + 1), 0, lineOf(random, random.pick(EXAMPLES)));
  const own = random.chance(0.3) ? lines.join("\n").replace(/(?<==).*/, random.pick(HOSTILE_PIECES)) : lines.join("\n");
  return { path: path.startsWith("/") ? path : `/${path}`, text: own };
}

const PLACEHOLDERS = [
  "{{ a }}",
  "@a@",
  "{% if a %}\n",
  "{% endif %}\n",
  "<%= a %>",
  "$A",
  "__A__",
  "{#",
  "%}",
  "#endif\n",
];

function template(random: Random): Made {
  const { path, text } = mutatedUnit(random);
  let made = text;
  for (let i = 1 + random.below(4); i > 0; i--) {
    const at = random.below(made.length + 1);
    made = made.slice(0, at) + random.pick(PLACEHOLDERS) + made.slice(at);
  }
  return { path: path + random.pick([".j2", ".in", ".erb", ".tmpl", ""]), text: made };
}

/** The text of a unit without what no host can hold. */
function unitText(random: Random): string {
  const { text } = random.chance(0.5) ? mutatedUnit(random) : random.pick(UNIT_EXAMPLES);
  return text.replace(/[\ud800-\udfff]/g, "?").slice(0, 3000);
}

const UNIT_EXAMPLES = SHOWN_RULES.flatMap(({ bad, good }) => [bad, good]).filter(({ path }) => path === undefined);

const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

const SERVICE = "/etc/systemd/system/app.service";

const HOSTS: readonly ((random: Random) => Made)[] = [
  (random) => ({
    path: "/w/install.sh",
    text: `set -e\ncat > ${SERVICE} <<${random.pick(["EOF", "'EOF'", "-EOF"])}\n${unitText(random)}\nEOF\necho done\n`,
  }),
  (random) => ({
    path: "/w/Dockerfile",
    text: `FROM x\nCOPY <<EOF ${SERVICE}\n${unitText(random)}\nEOF\nRUN y \\\n  z\n`,
  }),
  (random) => ({
    path: "/w/user-data",
    text: `#cloud-config\nwrite_files:\n- path: ${SERVICE}\n  content: ${random.pick(["|", ">", "|-"])}\n${indented(unitText(random), "    ")}\n`,
  }),
  (random) => ({
    path: "/w/x.bu",
    text: `variant: fcos\nversion: 1.5.0\nsystemd:\n  units:\n    - name: app.service\n      contents: |\n${indented(unitText(random), "        ")}\n`,
  }),
  (random) => {
    const units = [{ name: "app.service", contents: unitText(random) }];
    return {
      path: "/w/x.ign",
      text: JSON.stringify({ ignition: { version: "3.4.0" }, systemd: { units } }, undefined, 1),
    };
  },
  (random) => ({
    path: "/w/x.md",
    text: `# x\n\n\`\`\`${random.pick(["ini", "systemd", "nix"])}\n${unitText(random)}\n\`\`\`\n`,
  }),
  (random) => ({ path: "/w/x.nix", text: random.pick(MODULES) }),
  (random) => {
    const settings = unitText(random).match(/^\w+=.*$/gm) ?? [];
    const lines = settings.map((it) =>
      `    ${it.replace("=", " = ")}`.replace(/= (.*)$/, (_, value) => `= ${JSON.stringify(value)};`),
    );
    return {
      path: "/w/x.nix",
      text: `{ lib, ... }: {\n  systemd.services.app.serviceConfig = {\n${lines.join("\n")}\n  };\n}\n`,
    };
  },
];

const FOLDER = "test/hosts/modules";
const MODULES = readdirSync(FOLDER)
  .sort()
  .map((it) => readFileSync(join(FOLDER, it), "utf8"));

const VALUES = [
  ...[
    "1",
    "[]",
    "{}",
    "null",
    '"off"',
    '"basic"',
    '"debian-12"',
    "257",
    "[257, 262]",
    '"5.2"',
    '"known.json"',
    '"**/*.service"',
  ],
  ...[
    '["**"]',
    '["*.{service,timer}"]',
    '{ "value": "off" }',
    '[{ "files": ["a*"], "profile": "off" }]',
    '{ "threshold": 5 }',
  ],
  ...['["<<*>>"]', '"\\u001b[31m"', '"::error::x"', "[[[[]]]]"],
];
const KEYS = [
  "profile",
  "systemd",
  "podman",
  "scope",
  "rules",
  "templates",
  "placeholders",
  "exclude",
  "overrides",
  "baseline",
  "security",
  "own",
];

/** The configuration of a team. */
export function teamFile(random: Random): Made {
  const members = Array.from({ length: random.below(5) }, () => `  "${random.pick(KEYS)}": ${random.pick(VALUES)}`);
  return { path: "/w/.unit-warden.json", text: `{\n${members.join(",\n")}\n}\n` };
}
