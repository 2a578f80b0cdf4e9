import assert from "node:assert/strict";
import type { SystemdVersion } from "../../../server/src/facts/version.ts";
import type { Where } from "../../../server/src/values/grammar.ts";
import { issuesOf, slotsAt, tokensOf } from "../../../server/src/values/read.ts";
import { parseUnitName } from "../../../server/src/values/unitName.ts";
import { configType } from "../../kit/configTypes.ts";

function where(version: SystemdVersion = 262): Where {
  const unit = parseUnitName("x.target");
  assert.ok(unit);
  return { version, scope: "system", kind: unit.kind, unit, certain: true };
}

function typeOf(name: string) {
  const type = configType(name);
  assert.ok(type, name);
  return type;
}

/** What follows from the mistakes in a value, a blank between them; empty where it is right. */
export const effects = (type: string, text: string, version?: SystemdVersion): string =>
  issuesOf(typeOf(type), text, where(version))
    .map(({ effect }) => effect)
    .join(" ");

/** Asserts that systemd accepts all of these values silently. */
export function takes(type: string, values: readonly string[], version?: SystemdVersion): void {
  assert.deepEqual(
    values.filter((it) => effects(type, it, version) !== ""),
    [],
    type,
  );
}

/** Asserts that something is wrong with each of these values. */
export function refuses(type: string, values: readonly string[], version?: SystemdVersion): void {
  assert.deepEqual(
    values.filter((it) => effects(type, it, version) === ""),
    [],
    type,
  );
}

/** What is offered at `$0`. */
export function offered(type: string, marked: string): string[] {
  const text = marked.replace("$0", "");
  return slotsAt(typeOf(type), text, marked.indexOf("$0"), where()).flatMap((it) =>
    it.offers().map((offer) => offer.text),
  );
}

/** The parts of a value with their roles. */
export const parts = (type: string, text: string): string[] =>
  tokensOf(typeOf(type), text, where()).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);
