import { PODMAN_VERSIONS, type PodmanVersion, podmanVersionNamed } from "../facts/podmanVersions.ts";
import {
  DISTRIBUTION_NAMES,
  oldestOf,
  type SystemdTarget,
  targetNamed,
  targetOf,
  targetsIn,
} from "../facts/targets.ts";
import { type SystemdVersion, VERSIONS } from "../facts/version.ts";
import type { Severity } from "../findings/finding.ts";
import type { Severities } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import type { WantedScope } from "../units/scope.ts";
import type { TemplateChoice } from "../units/template/finished.ts";
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
  /** Whose manager reads units that do not lie where only one looks; `auto` is the one that they are written for. */
  readonly scope: WantedScope;
  /** The systemd that units are read for, of several the oldest; `auto` is the one of this machine, else the newest that is known. */
  readonly systemdVersion: SystemdVersion | "auto";
  /** How the reader calls it, where not `auto`, and what units must run on too. */
  readonly targets: readonly SystemdTarget[];
  /** The podman that quadlets are read for; `auto` is the one of this machine, else the newest that is known. */
  readonly podmanVersion: PodmanVersion | "auto";
  /** Whether placeholders in files make templates of them. */
  readonly templates: TemplateChoice;
  readonly inlayHints: { readonly enabled: boolean };
  /** Whether completion offers what is newer than the target, too. */
  readonly completion: { readonly newer: boolean };
  /** Which findings are reported of files that are not open, to a client that asks for them. */
  readonly workspaceDiagnostics: "off" | "errors" | "all";
  /** Which manual is shown; `auto` is the one of this machine, else the one that comes with us. */
  readonly manual: { readonly source: "auto" | "installed" | "bundled" };
}

const SEVERITIES: readonly (Severity | "off")[] = ["off", "error", "warning", "info", "hint"];
const TARGETS = [...VERSIONS, ...DISTRIBUTION_NAMES];

/** All settings with what may stand in them and what holds where nothing is set. */
export const SETTINGS = {
  "unitWarden.hardening.profile": { values: ["off", "basic", "strict", "isolated"], default: "basic" },
  "unitWarden.hardening.findings": { values: ["summary", "each"], default: "summary" },
  "unitWarden.rules": { values: SEVERITIES, default: {} },
  "unitWarden.scope": { values: ["auto", "system", "user"], default: "auto" },
  "unitWarden.systemdVersion": { values: ["auto", ...TARGETS], default: "auto" },
  "unitWarden.otherTargets": { values: TARGETS, default: [] },
  "unitWarden.podmanVersion": { values: ["auto", ...PODMAN_VERSIONS.map((it) => it.toFixed(1))], default: "auto" },
  "unitWarden.workspaceDiagnostics": { values: ["off", "errors", "all"], default: "off" },
  "unitWarden.templates": { values: ["auto", "off"], default: "auto" },
  "unitWarden.inlayHints.enabled": { values: [true, false], default: false },
  "unitWarden.completion.newer": { values: [true, false], default: false },
  // Of the client alone.
  "unitWarden.explorer.badges": { values: [true, false], default: false },
  "unitWarden.manual.source": { values: ["auto", "installed", "bundled"], default: "auto" },
  "unitWarden.trace.server": { values: ["off", "messages", "verbose"], default: "off" },
} as const;

/** Reads what a client sent, whatever it is: anything that is not understood counts as not set. */
export function readSettings(sent: unknown): UserSettings {
  const { values, default: fallback } = SETTINGS["unitWarden.hardening.profile"];
  const profile = member(member(sent, "hardening"), "profile");
  const shown = member(member(sent, "hardening"), "findings");
  const { values: ways, default: usual } = SETTINGS["unitWarden.hardening.findings"];
  const newer = member(member(sent, "completion"), "newer");
  const enabled = member(member(sent, "inlayHints"), "enabled");
  const { values: sources, default: anySource } = SETTINGS["unitWarden.manual.source"];
  const source = member(member(sent, "manual"), "source");
  const { values: extents, default: noExtent } = SETTINGS["unitWarden.workspaceDiagnostics"];
  const extent = member(sent, "workspaceDiagnostics");
  const { values: scopes, default: anyScope } = SETTINGS["unitWarden.scope"];
  const scope = member(sent, "scope");
  const { values: choices, default: usualChoice } = SETTINGS["unitWarden.templates"];
  const templates = member(sent, "templates");
  const own = targetsOf(member(sent, "systemdVersion"));
  const targets = [...own, ...targetsOf(member(sent, "otherTargets"))];
  const main = own.length > 0 ? oldestOf(targets) : undefined;
  return {
    hardening: {
      profile: values.find((it) => it === profile) ?? fallback,
      findings: ways.find((it) => it === shown) ?? usual,
    },
    rules: rulesOf(member(sent, "rules")),
    scope: scopes.find((it) => it === scope) ?? anyScope,
    workspaceDiagnostics: extents.find((it) => it === extent) ?? noExtent,
    templates: choices.find((it) => it === templates) ?? usualChoice,
    systemdVersion: main?.version ?? "auto",
    targets,
    podmanVersion: podmanVersionNamed(String(member(sent, "podmanVersion"))) ?? "auto",
    completion: { newer: typeof newer === "boolean" ? newer : SETTINGS["unitWarden.completion.newer"].default },
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

/** The targets of a name, a number or several of them; a version that the facts do not cover counts as the nearest one that they do. */
function targetsOf(sent: unknown): readonly SystemdTarget[] {
  if (Array.isArray(sent)) return sent.flatMap(targetsOf);
  if (typeof sent === "string" && /^\d+$/.test(sent)) return targetsOf(Number(sent));
  if (typeof sent === "string") return targetsIn(sent).targets;
  if (typeof sent !== "number" || !Number.isInteger(sent)) return [];
  return [targetNamed(String(sent)) ?? targetOf(coveredVersion(sent))];
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
