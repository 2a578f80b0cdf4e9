import { decisionFor } from "../needs/decided.ts";
import type { Facts } from "../service/facts.ts";
import { ROOT_CAPABILITIES } from "../service/rootCapabilities.ts";
import { textOf } from "../service/settings.ts";
import type { Fit } from "./fit.ts";
import { KEEP_RUN } from "./locked.ts";
import type { MeasuredFit } from "./measured.ts";
import { neededIn } from "./needed.ts";
import type { HardeningDirective, Row } from "./profiles.ts";
import { declaresItsWrites } from "./writes.ts";

/** How a row fits a service by what its owner states; undefined where that leaves it open, or the unit itself speaks against it. */
export function statedFit(row: Row, fit: Fit, facts: Facts): MeasuredFit | undefined {
  const { directive } = row;
  const decision = fit.against === undefined ? decisionFor(facts, directive) : undefined;
  if (decision?.kind !== "stated") return undefined;
  const choice = (VALUES[directive] ?? plainly)(facts, fit, row);
  if (!choice) return undefined;
  const value = decision.value ?? withWords(choice.value, decision.adds);
  const lines = [...choice.lines, ...decision.lines, ...fit.lines.filter((it) => it === KEEP_RUN)];
  const { doubt: _, ...others } = fit;
  return {
    fit: { ...others, value, lines: [...new Set(lines)], safe: true, safeValue: value, with: [] },
    confidence: { grade: "stated", reason: decision.reason, value },
  };
}

const withWords = (value: string, adds: readonly string[]): string =>
  [...new Set([...value.split(" ").filter((it) => it !== ""), ...adds])].join(" ");

interface Choice {
  readonly value: string;
  readonly lines: readonly string[];
}

type Choose = (facts: Facts, fit: Fit, row: Row) => Choice | undefined;

/** The strict value of the row, with its own lines. */
const plainly: Choose = (_, { value, lines }) => ({ value, lines: lines.filter((it) => it !== KEEP_RUN) });

/** Values that depend on more than the row says. */
const VALUES: Readonly<Partial<Record<HardeningDirective, Choose>>> = {
  ProtectSystem: (facts) =>
    facts.unit.path.scope === "user" ? undefined : { value: "strict", lines: ownDirectories(facts) },
  RestrictAddressFamilies: (facts) => ({
    value: ["AF_UNIX AF_INET AF_INET6 AF_NETLINK", ...neededIn("RestrictAddressFamilies", facts).words].join(" "),
    lines: [],
  }),
  SystemCallFilter: (facts, { lines }) => ({
    value: [
      "@system-service",
      ...(facts.privileged ? ["chroot"] : []),
      ...neededIn("SystemCallFilter", facts).words,
    ].join(" "),
    lines,
  }),
  CapabilityBoundingSet: (facts, { value }) => ({
    value:
      facts.privileged && facts.user === undefined
        ? [
            ...new Set([...ROOT_CAPABILITIES, ...facts.ambient, ...neededIn("CapabilityBoundingSet", facts).words]),
          ].join(" ")
        : value,
    lines: [],
  }),
  DevicePolicy: () => ({ value: "closed", lines: [] }),
  UMask: () => ({ value: "0027", lines: [] }),
  RemoveIPC: ({ user }) => (user === undefined ? undefined : { value: "yes", lines: [] }),
  NoNewPrivileges: () => ({ value: "yes", lines: [] }),
};

/** Where services keep what is their own, unless the unit declares it, and where this one works. */
function ownDirectories(facts: Facts): readonly string[] {
  const { unit } = facts;
  const work = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  const isOwn = /^\/(?:opt|srv|mnt|media|data|home)\/./.test(work);
  const places = [...(declaresItsWrites(facts) ? [] : ["-/var", "-/run"]), ...(isOwn ? [`-${work}`] : [])];
  return places.length > 0 ? [`ReadWritePaths=${places.join(" ")}`] : [];
}
