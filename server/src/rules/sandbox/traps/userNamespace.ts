import type { DirectiveName } from "../../../catalog/catalog.ts";
import { deniesUserNamespaces } from "../../../facts/targets.ts";
import { holdsIn } from "../../../facts/version.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import {
  FAILING_WITHOUT_NAMESPACE,
  hasUserNamespace,
  MAKES_USER_NAMESPACE,
  needingUserNamespace,
  USER_NAMESPACE_SETTINGS,
} from "../../../service/userNamespace.ts";
import type { Unit } from "../../../units/unit.ts";
import { isPackaged } from "../../packaged.ts";
import { removal } from "../../removal.ts";

/** Seen with 257 with and without user namespaces, each setting of the list. */
export const userNamespace: Rule = {
  code: "sandbox/user-namespace",
  needs: USER_NAMESPACE_SETTINGS,
  *check(unit, context) {
    const subject = unit.path.scope === "user" ? loadedUnit(unit) : undefined;
    if (!subject || !hasUserNamespace(subject) || (context && isPackaged(context))) return;
    const names = needingUserNamespace(unit);
    if (!holdsIn(MAKES_USER_NAMESPACE, unit.version) && subject.settings.privateUsers === "no") {
      for (const name of names.filter((it) => !FAILING_WITHOUT_NAMESPACE.has(it))) yield* idle(unit, name);
      return;
    }
    const failing = names.filter((it) => FAILING_WITHOUT_NAMESPACE.has(it));
    if (failing.length > 0) for (const name of failing) yield* found(unit, name, []);
    else yield* found(unit, names[0], names.slice(1));
  },
};

function* idle(unit: Unit, name: DirectiveName): Iterable<Found> {
  const node = ownLast(unit, name);
  if (!node) return;
  const message = `${name}= has no effect in a user unit before systemd 254: the user manager has no right to mount, and ignores it`;
  yield { ...node.keySpan, severity: "warning", message, directive: name, tag: "unnecessary" };
}

const condition = ({ version }: Unit): string =>
  deniesUserNamespaces(version)
    ? "Ubuntu 24.04 and later deny these to users, and"
    : "where the machine denies these to users, as Ubuntu 24.04 and later do,";

function* found(unit: Unit, name: DirectiveName | undefined, others: readonly string[]): Iterable<Found> {
  const node = name && ownLast(unit, name);
  if (!node) return;
  const status = FAILING_WITHOUT_NAMESPACE.get(name);
  const more = others.length > 0 ? `, as ${others.length} more settings do` : "";
  const then = status
    ? `the start fails with ${status}`
    : "it has no effect, and the service runs without this protection";
  yield {
    ...node.keySpan,
    severity: deniesUserNamespaces(unit.version) ? "warning" : "info",
    message: `${name}= needs a user namespace in a user unit${more}: ${condition(unit)} ${then}`,
    directive: name,
    fixes: status ? [removal(unit, name, false)] : [],
  };
}
