import { deniesUserNamespaces } from "../facts/targets.ts";
import { holdsIn } from "../facts/version.ts";
import { effective } from "../security/effective.ts";
import type { Facts } from "../service/facts.ts";
import { loadedUnit } from "../service/loadedUnit.ts";
import { isOn } from "../service/settings.ts";
import {
  FAILING_WITHOUT_NAMESPACE,
  hasUserNamespace,
  MAKES_USER_NAMESPACE,
  NEEDS_USER_NAMESPACE,
  needingUserNamespace,
} from "../service/userNamespace.ts";
import type { Unit } from "../units/unit.ts";
import type { HardeningDirective, Row } from "./profiles.ts";
import { shownByCommands } from "./readCommands.ts";
import { settingRead } from "./settingRead.ts";

/** Settings that neither make a namespace nor set no_new_privs. */
const HARMLESS: ReadonlySet<HardeningDirective> = new Set(["UMask", "IPAddressDeny", "LoadCredential"]);

/** What speaks against a setting in a user unit whatever its service is, as the end of a sentence. */
export function inUserUnit(name: HardeningDirective, unit: Unit): string | undefined {
  if (name === "ProtectHome") return "not safe in a user unit: the files of its user are in a home directory";
  if (name === "IPAddressDeny")
    return "not certain in a user unit: its filter takes rights that a user manager need not have";
  if (!NEEDS_USER_NAMESPACE.has(name) || dependsOnNamespace(unit)) return undefined;
  const status = FAILING_WITHOUT_NAMESPACE.get(name);
  if (status !== undefined) return `not safe in a user unit: ${deniedText(unit)}, the start fails with ${status}`;
  if (deniesUserNamespaces(unit.version)) return `without effect here: ${deniedText(unit)}, systemd ignores it`;
  return holdsIn(MAKES_USER_NAMESPACE, unit.version)
    ? undefined
    : `without effect here: before systemd ${MAKES_USER_NAMESPACE.since} a user manager ignores it`;
}

const deniedText = ({ version }: Unit): string =>
  deniesUserNamespaces(version)
    ? "as the target denies user namespaces to users"
    : "where the machine denies user namespaces to users, as Ubuntu 24.04 and later do";

/** Whether a unit starts only where user namespaces are allowed, whatever is added to it. */
const dependsOnNamespace = (unit: Unit): boolean =>
  needingUserNamespace(unit).some((it) => FAILING_WITHOUT_NAMESPACE.has(it));

/**
 * What has to hold for a setting in a user unit: "if" and a clause. A person's programs start others, and there nearly all
 * settings set no_new_privs (pitfall 16). A user namespace leaves nothing that it could take: seen, a set-uid program of root
 * runs as the user, whom alone the namespace knows.
 */
export function conditionInUserUnit({ directive, takesRights }: Row, facts: Facts, own?: string): string | undefined {
  if (facts.unit.path.scope !== "user" || HARMLESS.has(directive)) return undefined;
  const clauses = clausesFor(directive, facts);
  // What only root may do, only those programs do; realtime priority a limit may allow.
  const isForRoot = takesRights && NEEDS_USER_NAMESPACE.has(directive);
  if (own !== undefined && clauses.length > 0 && !isForRoot) clauses.push(own.replace(/^if /, ""));
  const last = clauses.pop();
  if (last === undefined) return undefined;
  return clauses.length === 0 ? `if ${last}` : `if ${clauses.join(", ")}, and ${last}`;
}

function clausesFor(name: HardeningDirective, facts: Facts): string[] {
  const { unit } = facts;
  const isMade = NEEDS_USER_NAMESPACE.has(name) && !dependsOnNamespace(unit);
  const made = isMade ? [ALLOWED] : [];
  if (isOn(unit, "NoNewPrivileges") || isAlone(facts)) return made;
  if (effective(unit).settings.privateUsers === "yes") return [];
  // Where other settings bring the namespace, set-uid programs have no rights already, but for machines that allow none.
  if (hasNamespace(unit)) return isMade ? made : [`${ALLOWED}, or ${NO_HELPERS}`];
  return [...made, NO_HELPERS];
}

const ALLOWED = "the machine allows user namespaces";
const NO_HELPERS = "it runs no set-user-ID programs such as fusermount";

/** Whether its own programs start none that could have more rights, as their files or its commands show. */
const isAlone = (facts: Facts): boolean =>
  settingRead("NoNewPrivileges", facts, "yes")?.says === "for" ||
  shownByCommands("NoNewPrivileges", facts) !== undefined;

function hasNamespace(unit: Unit): boolean {
  const loaded = loadedUnit(unit);
  return loaded !== undefined && hasUserNamespace(loaded);
}
