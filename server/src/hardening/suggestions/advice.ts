import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Finding } from "../../findings/finding.ts";
import { factsOf } from "../../service/facts.ts";
import type { Unit } from "../../units/unit.ts";
import { isBarred } from "../fit.ts";
import { type HardeningRule, hardeningFindings, hardeningRules, isHardened, type Profile } from "../hardening.ts";
import { ownHardening, type Unwanted } from "../ownHardening.ts";
import { credentialFindings } from "./credentials.ts";
import { DIRECTORY_CODES, directoryFindings } from "./directoryFindings.ts";
import { suitingHome } from "./homes.ts";
import { suitingKind } from "./kinds.ts";
import { suitingPort } from "./ports.ts";

/** What the generated documentation says about a code of the advice. */
export type AdviceRule = Omit<HardeningRule, "directive"> & { readonly directive: DirectiveName };

const configurationDirectory: AdviceRule = {
  code: DIRECTORY_CODES.ConfigurationDirectory,
  title: "Configuration directory is not declared",
  why: "Without it systemd does not create the directory, and the unit does not show where the configuration is. With ConfigurationDirectory= the program can use %E or $CONFIGURATION_DIRECTORY, and the rest of /etc can be hidden. If a web interface or the program itself edits the files, leave it unset.",
  page: "systemd.exec(5)",
  tier: "strict",
  directive: "ConfigurationDirectory",
  value: "NAME",
  breaks: "Nothing for files that exist: owners and modes stay.",
  shows: "241/CONFIGURATION_DIRECTORY if it cannot be created; a note in the log if its mode is not 0755.",
};

/** Secrets that stand in the unit itself have a rule of their own. */
const keys = {
  title: "Secret file is read by the service itself",
  why: "Without LoadCredential= the service needs access to the file, or root privileges, and an environment file passes its secrets to every child process. With it systemd reads the file as root at each start and gives the service a copy that no other user can read.",
  value: "NAME:PATH",
  breaks:
    "A renewed key is used only after the next start, and the program must use the path with %d or $CREDENTIALS_DIRECTORY.",
} as const;

/** The codes of the advice for services, in the order of the tiers. */
export const serviceAdvice: readonly AdviceRule[] = hardeningRules.flatMap((it): AdviceRule[] => {
  if (it.directive === "RuntimeDirectory") return [it, configurationDirectory];
  return it.directive === "LoadCredential" ? [{ ...it, ...keys }] : [it];
});

/**
 * The hardening advice of a profile, as far as it fits what the commands show: directories, keys, ports and homes are
 * named where they stand, and the fix rewrites them.
 */
export function advice(unit: Unit, profile: Profile, unwanted?: Unwanted): Finding[] {
  if (profile === "off") return [];
  const own = ownHardening(unit);
  if (own) return own.findings(unit, profile, unwanted);
  const found = hardeningFindings(unit, profile, unwanted, (it) => (OWN.has(it.code) ? undefined : suited(unit, it)));
  if (profile === "basic") return [...found, ...unreadableKeys(unit)];
  const more = [...directoryFindings(unit), ...credentialFindings(unit)];
  const hardened = more.length > 0 && isHardened(unit, profile, unwanted);
  return [...found, ...(hardened ? more.map((it) => ({ ...it, beyond: true as const })) : more)];
}

/** The keys that a user without rights can only read where somebody made that so. */
const unreadableKeys = (unit: Unit): readonly Finding[] =>
  unit.path.scope === "system" ? credentialFindings(unit).filter((it) => it.severity === "info") : [];

/** The codes that are given here alone: where a directory is another's, declaring it would take it away. */
const OWN: ReadonlySet<string> = new Set([...Object.values(DIRECTORY_CODES), "hardening/load-credential"]);

function suited(unit: Unit, finding: Finding): Finding | undefined {
  switch (finding.directive) {
    case "DynamicUser":
      return suitingPort(unit, finding, isBarred("DynamicUser", factsOf(unit)));
    case "ProtectHome":
      return suitingHome(unit, finding);
    case "RestrictAddressFamilies":
    case "SystemCallFilter":
      return suitingKind(unit, finding);
    default:
      return finding;
  }
}
