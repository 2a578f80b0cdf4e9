import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { hasUserNamespace } from "../../../service/userNamespace.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

interface Denied {
  readonly name: DirectiveName;
  readonly status: string;
  /** Whether it works in a user namespace of the service's own, which most settings about files bring. */
  readonly namespaced: boolean;
  readonly fails: (value: string) => boolean;
  readonly why: string;
}

const RIGHTS = "a user manager cannot change capabilities";
const OTHERS = "a user manager cannot switch to another user";

/** Values that are empty or only say what holds anyway work; specifiers may name the user of the manager. */
const DENIED: readonly Denied[] = [
  {
    name: "CapabilityBoundingSet",
    status: "218/CAPABILITIES",
    namespaced: true,
    fails: (value) => value !== "~",
    why: RIGHTS,
  },
  {
    name: "AmbientCapabilities",
    status: "218/CAPABILITIES",
    namespaced: true,
    fails: (value) => /^CAP_/i.test(value),
    why: RIGHTS,
  },
  { name: "SecureBits", status: "213/SECUREBITS", namespaced: true, fails: (value) => value !== "", why: RIGHTS },
  { name: "User", status: "216/GROUP", namespaced: false, fails: isOther, why: OTHERS },
  { name: "SupplementaryGroups", status: "216/GROUP", namespaced: false, fails: isOther, why: OTHERS },
];

/** Seen with 257, each of them; with PrivateUsers=yes or PrivateTmp=yes the first three start. */
export const userRights: Rule = {
  code: "sandbox/user-rights",
  needs: DENIED.map((it) => it.name),
  *check(unit) {
    const subject = unit.path.scope === "user" ? loadedUnit(unit) : undefined;
    if (!subject) return;
    for (const { name, status, namespaced, fails, why } of DENIED) {
      const node = mergedAssignments(unit, subject.section, name).at(-1);
      if (!node || !isOwn(unit, node) || !fails(node.text) || (namespaced && hasUserNamespace(subject))) continue;
      const hint = namespaced ? "; PrivateUsers=yes would give it its own user namespace" : "";
      yield {
        ...node.keySpan,
        severity: "warning",
        message: `${name}= makes the start fail with ${status} in a user unit: ${why}${hint}`,
        directive: name,
        fixes: [removal(unit, name, false)],
      };
    }
  },
};

/** The manager of root can become somebody else; whose units these are shows only in their folder. */
function isOther(value: string): boolean {
  return value !== "" && !value.includes("%");
}
