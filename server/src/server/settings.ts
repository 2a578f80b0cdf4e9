import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import type { Severity } from "../findings/finding.ts";
import type { Severities } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import { coveredVersion } from "./installed.ts";

/** What a reader can set; the manifest's section `unitWarden` says the same. */
export interface UserSettings {
  readonly hardening: {
    readonly profile: Profile;
    /** Whether one finding stands for all settings that are missing, or each has its own. */
    readonly findings: "summary" | "each";
  };
  /** What findings of a code or a family are to the reader, instead of our own severities. */
  readonly rules: Severities;
  /** The systemd that units are read for; `auto` is the one of this machine, else the newest that is known. */
  readonly systemdVersion: SystemdVersion | "auto";
  readonly inlayHints: { readonly enabled: boolean };
  /** Which findings are reported of files that are not open, to a client that asks for them. */
  readonly workspaceDiagnostics: "off" | "errors" | "all";
  /** Which manual is shown; `auto` is the one of this machine, else the one that comes with us. */
  readonly manual: { readonly source: "auto" | "installed" | "bundled" };
}

const SEVERITIES: readonly (Severity | "off")[] = ["off", "error", "warning", "info", "hint"];
const VERSIONS = Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, i) => OLDEST_VERSION + i);

/** All settings with what may stand in them and what holds where nothing is set. */
export const SETTINGS = {
  "unitWarden.hardening.profile": { values: ["off", "basic", "strict", "isolated"], default: "basic" },
  "unitWarden.hardening.findings": { values: ["summary", "each"], default: "summary" },
  "unitWarden.rules": { values: SEVERITIES, default: {} },
  "unitWarden.systemdVersion": { values: ["auto", ...VERSIONS], default: "auto" },
  "unitWarden.workspaceDiagnostics": { values: ["off", "errors", "all"], default: "off" },
  "unitWarden.inlayHints.enabled": { values: [true, false], default: false },
  // Of the client alone.
  "unitWarden.explorer.badges": { values: [true, false], default: false },
  "unitWarden.manual.source": { values: ["auto", "installed", "bundled"], default: "auto" },
} as const;

/** Reads what a client sent, whatever it is: anything that is not understood counts as not set. */
export function readSettings(sent: unknown): UserSettings {
  const { values, default: fallback } = SETTINGS["unitWarden.hardening.profile"];
  const profile = member(member(sent, "hardening"), "profile");
  const shown = member(member(sent, "hardening"), "findings");
  const { values: ways, default: usual } = SETTINGS["unitWarden.hardening.findings"];
  const enabled = member(member(sent, "inlayHints"), "enabled");
  const { values: sources, default: anySource } = SETTINGS["unitWarden.manual.source"];
  const source = member(member(sent, "manual"), "source");
  const { values: extents, default: noExtent } = SETTINGS["unitWarden.workspaceDiagnostics"];
  const extent = member(sent, "workspaceDiagnostics");
  return {
    hardening: {
      profile: values.find((it) => it === profile) ?? fallback,
      findings: ways.find((it) => it === shown) ?? usual,
    },
    rules: rulesOf(member(sent, "rules")),
    workspaceDiagnostics: extents.find((it) => it === extent) ?? noExtent,
    systemdVersion: versionOf(member(sent, "systemdVersion")),
    inlayHints: { enabled: typeof enabled === "boolean" ? enabled : SETTINGS["unitWarden.inlayHints.enabled"].default },
    manual: { source: sources.find((it) => it === source) ?? anySource },
  };
}

/** Entries that are not understood are left out, so that one slip does not undo the rest. */
function rulesOf(sent: unknown): Severities {
  if (typeof sent !== "object" || sent === null) return {};
  const entries = Object.entries(sent).flatMap(([name, wanted]) => {
    const severity = SEVERITIES.find((it) => it === wanted);
    return severity === undefined ? [] : [[name, severity] as const];
  });
  return Object.fromEntries(entries);
}

/** A version that the facts do not cover counts as the nearest one that they do. */
function versionOf(sent: unknown): UserSettings["systemdVersion"] {
  const number = typeof sent === "string" && /^\d+$/.test(sent) ? Number(sent) : sent;
  return typeof number === "number" && Number.isInteger(number) ? coveredVersion(number) : "auto";
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
