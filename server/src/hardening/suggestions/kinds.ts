import type { Finding, Fix } from "../../findings/finding.ts";
import { factsOf } from "../../service/facts.ts";
import { assigned } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { neededBy } from "../exclusions.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";

/** The advice about families and calls with the value first that suits the kind of program; as it is where none does. */
export function suitingKind(unit: Unit, advice: Finding): Finding {
  const { directive } = advice;
  if (directive !== "SystemCallFilter" && directive !== "RestrictAddressFamilies") return advice;
  const section = hardenedSection(unit);
  const [first] = advice.fixes;
  if (!section || !first?.sets || assigned(unit, directive).length > 0) return advice;
  const { base, shows } = USUAL[directive];
  const more = neededBy(directive, factsOf(unit).kinds);
  if (more.length === 0) return advice;
  const line = `${directive}=${base} ${more.join(" ")}`;
  if (advice.fixes.some((it) => it.sets?.[0] === line)) return advice;
  const lines = [line, ...first.sets.slice(1)];
  const fix: Fix = {
    title: `Add ${line} (such programs need ${more.join(", ")}; anything else that is missing fails with ${shows})`,
    safe: false,
    suits: true,
    sets: lines,
    edits: () => [addLines(unit, section, lines)],
  };
  return { ...advice, fixes: [fix, ...advice.fixes] };
}

/** What all programs need, and how it shows where something is missing. */
const USUAL = {
  SystemCallFilter: { base: "@system-service chroot", shows: "EPERM" },
  RestrictAddressFamilies: { base: "AF_UNIX AF_INET AF_INET6 AF_NETLINK", shows: "EAFNOSUPPORT" },
} as const;
