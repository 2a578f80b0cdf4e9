import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding, Fix } from "../../server/src/findings/finding.ts";
import { type Fit, fitOf } from "../../server/src/hardening/fit.ts";
import { hardeningFindings, safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Sure } from "../../server/src/hardening/missingSettings.ts";
import { type HardeningDirective, type Profile, ROWS, type Row } from "../../server/src/hardening/profiles.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** A unit out of its whole text. */
export function unitOf(text: string, path = "/etc/systemd/system/x.service", dropIns: readonly string[] = []): Unit {
  const parts = unitPath(path);
  assert.ok(parts, path);
  return readUnit(parts, text, NEWEST_VERSION, { dropIns });
}

/** The text of a service: a known server, and these lines. */
export const service = (...lines: readonly string[]): string =>
  `${["[Service]", ...(lines.some((it) => it.startsWith("ExecStart=")) ? [] : ["ExecStart=/usr/sbin/gotosocial --port=8080"]), ...lines].join("\n")}\n`;

/** The findings of a service with these lines, by directive. */
export function findings(lines: readonly string[], profile: Profile = "basic", path?: string): Map<string, Finding> {
  const found = hardeningFindings(unitOf(service(...lines), path), profile);
  return new Map(found.map((it) => [it.directive ?? "", it]));
}

/** The row of a directive. */
export function rowOf(name: HardeningDirective): Row {
  const row = ROWS.find((it) => it.directive === name);
  assert.ok(row, name);
  return row;
}

/** How a row fits a service with these lines. */
export function fits(name: HardeningDirective, ...lines: readonly string[]): Fit {
  return fitOf(rowOf(name), factsOf(unitOf(service(...lines))));
}

/** The lines that are safe to add to a service with these lines, those that are only likely to be safe where that is wanted. */
export function safe(lines: readonly string[], profile: Profile = "basic", path?: string, sure?: Sure): string[] {
  return safeSettings(unitOf(service(...lines), path), profile, undefined, sure).map((it) => it.line);
}

/** The text after the fix of a finding whose title starts so. */
export function fixed(
  text: string,
  directive: string,
  title: string,
  profile: Profile = "basic",
  path?: string,
): string {
  const found = hardeningFindings(unitOf(text, path), profile).find((it) => it.directive === directive);
  const fix = found?.fixes.find((it) => it.title.startsWith(title));
  assert.ok(fix, `no ${title} among ${found?.fixes.map((it) => it.title).join(", ")}`);
  return applyEdits(text, fix.edits());
}

/** The fix that adds all, of the first finding that has one. */
export function addAll(unit: Unit, profile: Profile): Fix | undefined {
  return hardeningFindings(unit, profile)
    .flatMap((it) => it.fixes)
    .find((it) => it.title.startsWith("Add all "));
}
