import { readdirSync, readFileSync } from "node:fs";
import type { Sure } from "../../../server/src/hardening/missingSettings.ts";
import { APPLICATIONS } from "./applications.ts";
import { DESCRIBED, type Described } from "./described.ts";
import { FOREIGN } from "./foreign.ts";
import { HARDWARE } from "./hardware.ts";
import { ORDINARY } from "./ordinary.ts";
import { SERVED } from "./served.ts";
import { HARMLESS, SERVER, type UnknownService } from "./service.ts";
import { SYSTEM } from "./system.ts";

/**
 * A service as somebody wrote it down who had not seen the tables: which settings, values or words of lists break it, and
 * which it must get, in the first step or in the second one at the latest.
 */
export interface StrangeService {
  readonly file: string;
  readonly sure: Sure;
  readonly never: readonly string[];
  readonly must: readonly string[];
  readonly unit: string;
}

const FOLDER = new URL("./strangers/", import.meta.url);

/** The words of a list, whatever stands between. */
export const wordsOf = (list: string): readonly string[] => list.split(" ").filter((it) => it !== "");

/** The lists that strangers wrote down, by the names of their files. */
export const STRANGERS: ReadonlyMap<string, readonly StrangeService[]> = new Map(
  readdirSync(FOLDER).map((file) => [file, servicesIn(readFileSync(new URL(file, FOLDER), "utf8"))]),
);

function servicesIn(text: string): readonly StrangeService[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [head = "", never = "", must = "", ...unit] = part.split("\n");
      const [file = "", sure] = head.split(" ");
      return {
        file,
        sure: sure === "likely" ? "likely" : "safe",
        never: wordsOf(never.replace(/^never/, "")),
        must: wordsOf(must.replace(/^must/, "").replace("SERVER", SERVER).replace("HARMLESS", HARMLESS)),
        unit: unit.join("\n"),
      };
    });
}

/** All other lists of services that nobody knows, in the same form. */
export const OTHERS: ReadonlyMap<string, readonly StrangeService[]> = new Map([
  ...Object.entries({ HARDWARE, SYSTEM, SERVED, FOREIGN, ORDINARY, APPLICATIONS }).map(
    ([name, all]) => [name.toLowerCase(), all.map(strange)] as const,
  ),
  ["described", DESCRIBED.flatMap(described)],
]);

function strange({ file, unit, never, must, shows }: UnknownService): StrangeService {
  return { file, unit, never: wordsOf(never), must: wordsOf(must), sure: shows ? "safe" : "likely" };
}

function described([name, description, command, never]: Described): readonly StrangeService[] {
  return ["", "User=svc\n"].map((user) => ({
    file: `${name}.service`,
    sure: "likely",
    never: wordsOf(never),
    must: [],
    unit: `[Unit]\nDescription=${description}\n[Service]\n${user}ExecStart=${command}\n`,
  }));
}
