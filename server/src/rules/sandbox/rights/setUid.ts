import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import { letsThrough } from "../../../security/callSet.ts";
import { capabilitiesOf, overlap } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { runsAsRoot } from "../../../security/settings.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { namesRunBy } from "../../../service/programNames.ts";
import { isOn } from "../../../service/settings.ts";
import { FILTERS, filterIn } from "../../../service/setUidLost.ts";
import type { CommandWord } from "../../../service/shellLine.ts";
import { baseNameOf, innerCommandsOn, linesThat, userCommands } from "../../../service/userCommands.ts";
import { USER_NAMESPACE_SETTINGS, userNamespaceBy } from "../../../service/userNamespace.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Unit } from "../../../units/unit.ts";

/** Seen with 257: su and a set-uid copy of id keep the user of the service. */
export const setUid: Rule = {
  code: "sandbox/set-uid",
  needs: ["NoNewPrivileges", "DynamicUser", ...FILTERS, ...USER_NAMESPACE_SETTINGS],
  *check(unit) {
    const by = noNewPrivilegesBy(unit);
    const space = by === undefined && unit.path.scope === "user" ? namespaceBy(unit) : undefined;
    if (by === undefined && space === undefined) return;
    const why = space === undefined ? `${by}= keeps` : `the user namespace of ${space}= keeps`;
    for (const { setting, node, counts, words } of userCommands(unit, runsSetUid)) {
      const found = setUidProgram(words) ?? mailer(words);
      if (!found) continue;
      const { from, to, value } = found;
      const name = baseNameOf(value);
      yield {
        ...sourceSpan(node.value, from, to),
        severity: counts && !MAILERS.has(name) ? "warning" : "info",
        message: MAILERS.has(name)
          ? `${setting}= runs ${name}, which ${why} from its set-gid group where Postfix or Exim handles mail: it cannot put mail into the queue`
          : `${setting}= runs ${name}, which ${why} from becoming root: it fails`,
        directive: setting,
      };
    }
  },
};

/** Seen with 257, each of them: a user manager puts the service into a user namespace for their sake, without root in it. */
function namespaceBy(unit: Unit): DirectiveName | undefined {
  const subject = loadedUnit(unit);
  return subject && userNamespaceBy(subject);
}

/** Programs that do nothing for other users unless their set-uid bit counts. */
const SET_UID: ReadonlySet<string> = new Set(
  "sudo sudoedit su doas pkexec newgrp gpasswd chfn chsh fusermount fusermount3".split(" "),
);

/** The first of them that a command runs, by itself or by way of env and the like. */
function setUidProgram(words: readonly CommandWord[]): CommandWord | undefined {
  const found = words.find((it) => SET_UID.has(baseNameOf(it.value)));
  if (!found) return undefined;
  const { names } = namesRunBy(words.map((it) => it.value));
  return names.includes(baseNameOf(found.value)) ? found : undefined;
}

/** What hands mail to the queue of the machine, to which a set-gid or set-uid program has the key (postdrop, exim4). */
const MAILERS: ReadonlySet<string> = new Set("sendmail mail mailx s-nail bsd-mailx postdrop exim exim4".split(" "));

/** A command that is one of them, and no server. */
const mailer = ([program, ...args]: readonly CommandWord[]): CommandWord | undefined =>
  program && MAILERS.has(baseNameOf(program.value)) && !args.some(({ value }) => /^-b[dsp]|^-q/.test(value))
    ? program
    : undefined;

const runsSetUid = linesThat((line) =>
  innerCommandsOn(line).some(({ words }) => (setUidProgram(words) ?? mailer(words)) !== undefined),
);

const RIGHTS = capabilitiesOf("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN");

/** The setting that keeps programs from gaining rights; undefined where none does, or where the service has such rights itself. */
function noNewPrivilegesBy(unit: Unit): DirectiveName | undefined {
  const { noNewPrivileges, dynamicUser, ambientSet } = effective(unit).settings;
  if (overlap(ambientSet, RIGHTS)) return undefined;
  if (noNewPrivileges) return dynamicUser && !isOn(unit, "NoNewPrivileges") ? "DynamicUser" : "NoNewPrivileges";
  if (unit.path.scope === "system") return deniesCapset(unit) ? "SystemCallFilter" : undefined;
  return filterIn(unit);
}

/** Seen with 257: to change to User= after it has loaded a filter, systemd needs capset(), and sets no_new_privs where that is denied. */
function deniesCapset(unit: Unit): boolean {
  const { settings } = effective(unit);
  return !runsAsRoot(settings) && !letsThrough(settings.systemCalls, "capset", unit.version);
}
