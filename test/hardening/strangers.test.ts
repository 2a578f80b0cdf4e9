import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { heldSettings, safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Sure } from "../../server/src/hardening/missingSettings.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { unitOf } from "./kit.ts";
import { HARMLESS, SERVER } from "./services/service.ts";

/**
 * A service as somebody wrote it down who had not seen the tables: which settings, values or words of lists break it, and
 * which it must get, in the first step or in the second one at the latest.
 */
interface StrangeService {
  readonly file: string;
  readonly sure: Sure;
  readonly never: readonly string[];
  readonly must: readonly string[];
  readonly unit: string;
}

const FOLDER = new URL("./services/strangers/", import.meta.url);
const words = (list: string): readonly string[] => list.split(" ").filter((it) => it !== "");

function servicesIn(text: string): readonly StrangeService[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [head = "", never = "", must = "", ...unit] = part.split("\n");
      const [file = "", sure] = head.split(" ");
      return {
        file,
        sure: sure === "likely" ? "likely" : "shown",
        never: words(never.replace(/^never/, "")),
        must: words(must.replace(/^must/, "").replace("SERVER", SERVER).replace("HARMLESS", HARMLESS)),
        unit: unit.join("\n"),
      };
    });
}

const read = ({ file, unit }: StrangeService) =>
  unitOf(unit, `/etc/systemd/${file.includes("/") ? file : `system/${file}`}`);

const BASIC = new Set<string>(ROWS.filter((it) => it.tier === "basic").map((it) => it.directive));
const KNOWN = new Set<string>(ROWS.map((it) => it.directive));
const directiveOf = (text: string): string => /^\w+/.exec(text)?.[0] ?? "";

/** The lines that a profile adds. */
const added = (service: StrangeService, profile: "basic" | "strict", sure: Sure): readonly string[] =>
  safeSettings(read(service), profile, undefined, sure).map((it) => it.line);

/** Whether lines set what a service does not survive: `Name`, `Name=value`, or `Name!word` of a list, which it must be left. */
function breaks(never: string, lines: readonly string[]): boolean {
  const own = lines.filter((it) => directiveOf(it) === directiveOf(never));
  const [, word] = never.split("!");
  if (never.includes("=")) return own.includes(never);
  if (word === undefined) return own.length > 0;
  const values = own.map((it) => it.replace(/^\w+=/, ""));
  const has = (value: string): boolean => value.replace("~", "").split(/\s+/).includes(word);
  const allows = values.filter((it) => !it.startsWith("~"));
  return values.some((it) => it.startsWith("~") && has(it)) || (allows.length > 0 && !allows.some(has));
}

/** What neither the unit nor a profile sets of what must be there. */
function lacking(service: StrangeService, sure: Sure): readonly string[] {
  const held = new Set<string>(heldSettings(read(service)));
  const [basic, strict] = (["basic", "strict"] as const).map(
    (it) => new Set([...held, ...added(service, it, sure).map(directiveOf)]),
  );
  return service.must.filter((it) => !strict?.has(it) || (BASIC.has(it) && !basic?.has(it)));
}

describe("hardening services that strangers wrote down", () => {
  for (const file of readdirSync(FOLDER)) {
    const services = servicesIn(readFileSync(new URL(file, FOLDER), "utf8"));

    it(`adds nothing in the first step that breaks one of ${file}`, () => {
      const unknown = services
        .flatMap((it) => [...it.never, ...it.must].map(directiveOf))
        .filter((it) => !KNOWN.has(it));
      assert.deepEqual(unknown, []);
      const broken = services.flatMap((service) => {
        const lines = (["basic", "strict"] as const).map((it) => added(service, it, "shown"));
        const found = service.never.filter((never) => lines.some((it) => breaks(never, it)));
        return found.length > 0 ? [`${service.file}: ${found.join(" ")}`] : [];
      });
      assert.deepEqual(broken, []);
    });

    it(`adds what the services of ${file} bear`, () => {
      const lost = services.flatMap((service) => {
        const found = lacking(service, service.sure);
        return found.length > 0 ? [`${service.file}: ${found.join(" ")}`] : [];
      });
      assert.deepEqual(lost, []);
    });
  }
});
