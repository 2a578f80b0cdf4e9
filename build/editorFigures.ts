import { readdirSync, readFileSync } from "node:fs";
import { KEYSTROKES } from "../lab/editor/keystrokes.ts";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { eachFinding, summarize } from "../server/src/features/hardeningSummary.ts";
import { check } from "../server/src/rules/check.ts";
import { readUnit } from "../server/src/units/readUnit.ts";
import type { Unit } from "../server/src/units/unit.ts";
import { table } from "./markdown.ts";
import { typedBeginnings } from "./typedBeginnings.ts";

/** Where the services lie that the figures are about. */
const ORDINARY = "bench/ordinary";

/** How many rows the Problems panel has for a service. */
export interface ProblemRows {
  readonly name: string;
  /** With one finding for each setting that is missing. */
  readonly each: number;
  /** With one finding for all of them, as is usual. */
  readonly summary: number;
}

/** The rows for each of the ordinary services, with the default profile. */
export function problemRows(): ProblemRows[] {
  return readdirSync(ORDINARY)
    .sort()
    .map((name) => {
      const unit = unitOf(name);
      const all = check(unit, { profile: "basic", beyond: true });
      return { name, each: eachFinding(all).reported.length, summary: summarize(unit, all).reported.length };
    });
}

function unitOf(name: string): Unit {
  const path = unitPath(name);
  if (!path) throw new Error(`${name} is not a unit name`);
  return readUnit(path, readFileSync(`${ORDINARY}/${name}`, "utf8"), NEWEST_VERSION);
}

/** The page about how much the editor says. */
export function editorFigures(): string {
  const rows = problemRows();
  const beginnings = typedBeginnings();
  const sum = (of: (row: ProblemRows) => number): string => String(rows.reduce((all, row) => all + of(row), 0));
  const title = ["service", '`"unitWarden.hardening.findings": "each"`', '`"summary"`, the default'];
  const cells = rows.map((it) => [it.name, String(it.each), String(it.summary)]);
  return [
    "<!-- Made by `npm run docs` from bench/ordinary; changes belong there. -->",
    "# How much the editor says",
    "Rows in the Problems panel for ten ordinary services that nothing protects, with the basic profile:",
    table(title, [...cells, ["all ten", sum((it) => it.each), sum((it) => it.summary)]]),
    "From an empty `shop.service` to seven lines (`[Unit]` with a description; `[Service]` with a command, a user and a restart; `[Install]`):",
    table(
      ["", "keystrokes"],
      [
        [
          "accepting whatever saves keys, with commit bc1156e (`npm run bench:keystrokes -- --vsix FILE`)",
          String(KEYSTROKES.before),
        ],
        ["the same now (`npm run bench:keystrokes`)", String(KEYSTROKES.looking)],
        ["knowing the lists (`npm run test:editor -- --only completion`)", String(KEYSTROKES.practised)],
      ],
    ),
    "What stands first in the list for the first three letters of each directive that at least two of 73 services set which people wrote for themselves ([data](../data/README.md)), and for `std`. Meant is what these and the packages of Debian set most often ([why](decisions/completion-ranks-by-use-and-never-spoils-a-line.md)); `npm run test:editor -- --only completion` types all of them:",
    table(
      ["section", "typed", "meant", "in services", "first"],
      [
        ...beginnings.map((it) => [
          `[${it.section}]`,
          `\`${it.typed}\``,
          it.meant,
          String(it.ownUnits),
          it.first === it.meant ? "yes" : (it.first ?? "nothing"),
        ]),
        ["all", String(beginnings.length), "", "", String(beginnings.filter((it) => it.first === it.meant).length)],
      ],
    ),
    "",
  ].join("\n\n");
}
