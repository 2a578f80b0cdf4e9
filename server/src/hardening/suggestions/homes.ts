import type { Finding, Fix } from "../../findings/finding.ts";
import { factsOf, folderOf } from "../../service/facts.ts";
import { assigned, setting, textOf } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";

/**
 * The advice to close the homes where the program itself lives in one: what leaves it there comes first, and homes that can
 * only be read are as closed as they can be.
 */
export function suitingHome(unit: Unit, advice: Finding): Finding | undefined {
  const section = hardenedSection(unit);
  const program = factsOf(unit).programPaths.find((it) => /^\/(?:home\/[^/]+|root)\/./.test(it));
  if (program === undefined || !section) return advice;
  if (assigned(unit, "ProtectHome").length > 0)
    return setting(unit, "ProtectHome")?.value === "read-only" ? undefined : advice;
  const add = (lines: readonly string[], risk: string): Fix => ({
    title: `Add ${lines.join(" with ")} (${risk})`,
    safe: false,
    suits: true,
    sets: lines,
    edits: () => [addLines(unit, section, lines)],
  });
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-|(?<!\/)\/+$/g, "") ?? "";
  const inHome = /^\/(?:home\/[^/]+|root)\/[\w/.@+-]+$/.test(directory) ? [directory] : [];
  const all = [...new Set([folderOf(program), ...inHome])];
  const folder = all.filter((it) => !all.some((other) => it.startsWith(`${other}/`))).join(" ");
  return {
    ...advice,
    fixes: [
      add(["ProtectHome=read-only"], `${program} can still run; writing below /home fails with EROFS`),
      add(
        ["ProtectHome=tmpfs", `BindReadOnlyPaths=${folder}`],
        `other home directories are hidden; files outside ${folder} fail with ENOENT`,
      ),
      ...advice.fixes,
    ],
  };
}
