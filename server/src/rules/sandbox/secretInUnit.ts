import type { Rule } from "../../findings/rule.ts";
import { loadLiteral } from "../../hardening/suggestions/credentials.ts";
import { type Secret, secretsOf } from "../../hardening/suggestions/secrets.ts";
import { lineOf } from "../../service/pathUses.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";

/** Seen with 257: nobody reads Environment= and ExecStart= with `systemctl show`, and arguments in /proc. */
export const secretInUnit: Rule = {
  code: "sandbox/secret-in-unit",
  *check(unit) {
    if (unit.path.kind !== "service") return;
    for (const secret of secretsOf(unit)) {
      const node = lineOf(unit, secret);
      if (!node) continue;
      const fix = loadLiteral(unit, secret, node);
      yield {
        ...sourceSpan(node.value, secret.from, secret.to),
        severity: unit.path.scope === "system" ? "warning" : "info",
        message: messageOf(secret, unit.path.scope),
        directive: secret.setting,
        fixes: fix ? [fix] : [],
      };
    }
  },
};

/** A user's own unit files may be closed to others; the environment is handed on all the same. */
function messageOf({ what, setting }: Secret, scope: "system" | "user"): string {
  const command = setting.startsWith("Exec");
  const who =
    scope === "system"
      ? `every user can read it in the unit file and with systemctl show${command ? ", and in the list of processes" : ""}`
      : command
        ? "every user can read it in the list of processes"
        : "everyone who can read the unit file knows it";
  return `${setting}= contains ${what}: ${who}; use LoadCredential= to pass a secret to the service only`;
}
