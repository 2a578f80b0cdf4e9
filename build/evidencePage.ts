import EVIDENCE from "../data/evidence.json";
import type { EvidenceRow } from "../server/src/hardening/evidenceTable.ts";
import { SETTING_GROUPS } from "../server/src/hardening/exclusions.ts";
import { table } from "./markdown.ts";

const ROWS: readonly EvidenceRow[] = EVIDENCE;

const HEAD = `<!-- Made by \`npm run docs\` from data/evidence.json; changes belong there. -->

# Evidence against settings

A service that names hardware, a tunnel or containers does not get the settings that break those. For programs that are known by name, [their kind](../data/kinds.json) decides; this page is about all others.

- Words count in \`Description=\`, in the name of the unit, and in the names of programs and of their folders. Only whole words count, up to five in a row, in the singular or plural; \`*\` stands for any letters.
- A word does not count with those after "unless", and not where the text denies it ("without a GPU").
- Where a unit is named after its program and the program is known, words are not counted. What settings name counts always.
- No word speaks for a setting. Rows that exclude nothing leave open what a service is: what they name is then only likely, even where the program is known.
- Letters with marks count as in names of files: Lüfter is luefter, caméra is camera.
- What is uncertain speaks against: the setting is then not among the safe ones. It can still be added by hand.

The report, \`harden\` and the hints of the editor say what was found: "not safe here: its description speaks of MIDI, and it opens sound devices".
`;

const GROUPS = Object.entries(SETTING_GROUPS);

/** The page about what speaks against settings, from the table. */
export function evidencePage(): string {
  const parts = [...new Set(ROWS.map((it) => it.about))].map((about) => {
    const rows = ROWS.filter((it) => it.about === about);
    return [`## ${about[0]?.toUpperCase()}${about.slice(1)}`, ...rows.map(partOf)].join("\n\n");
  });
  const groups = table(
    ["group", "settings"],
    GROUPS.map(([name, settings]) => [name, settings.map((it) => `\`${it.includes("=") ? it : `${it}=`}\``).join(" ")]),
  );
  return `${[HEAD.trimEnd(), ...parts, "## Groups of settings", groups].join("\n\n")}\n`;
}

const PLACES = [
  ["words", "words"],
  ["names", "names of units and programs"],
  ["arguments", "options and words of the command"],
  ["units", "`After=`, `Before=`, `Wants=`, `Requires=`, `Requisite=`, `BindsTo=`"],
  ["groups", "`Group=`, `SupplementaryGroups=`"],
  ["variables", "`Environment=`, `PassEnvironment=`"],
  ["capabilities", "`AmbientCapabilities=`, `CapabilityBoundingSet=`"],
  ["settings", "settings"],
  ["unless", "unless with"],
  ["doubts", "leaves open"],
] as const satisfies readonly (readonly [keyof EvidenceRow, string])[];

function partOf(row: EvidenceRow): string {
  const named = PLACES.flatMap(([key, title]) => (row[key] === undefined ? [] : [[title, quoted(row[key])]]));
  const reasons = Object.entries(row.excludes).map(([reason, list]) => [
    reason,
    list.split(" ").map(settingName).join(" "),
  ]);
  const what = table(["where", "what"], named);
  return row.doubts !== undefined ? what : `${what}\n\n${table(["because", "not"], reasons)}`;
}

const quoted = (list: string): string =>
  list
    .split(", ")
    .map((it) => `\`${it}\``)
    .join(", ");

const settingName = (it: string): string => (it in SETTING_GROUPS || it.includes("=") ? `\`${it}\`` : `\`${it}=\``);
