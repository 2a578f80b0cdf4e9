import type { DirectiveName } from "../../catalog/catalog.ts";
import { type Named, namedIn } from "../../findings/named.ts";
import type { Found, Rule, UnitContext } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import type { UnitSettings } from "../../security/settings.ts";
import { ownLast } from "../../service/linePlaces.ts";
import { referencesFrom } from "../../units/index/lookup.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { SHARES, type Share, type Shares, sharesAround } from "./joined.ts";

/** Seen with 257: the files of the other service are not there. */
export const joinsNothing: Rule = {
  code: "reference/joins-nothing",
  needs: ["JoinsNamespaceOf"],
  *check(unit, context) {
    if (!joins(unit)) return;
    const { settings } = effective(unit);
    if (sharedBy(settings).length === 0) {
      const node = ownLast(unit, "JoinsNamespaceOf");
      if (node) yield { ...node.valueSpan, ...warning(`JoinsNamespaceOf= has no effect: ${withoutShare(settings)}`) };
      return;
    }
    if (!context) return;
    for (const named of namesIn(unit)) {
      const others = sharesAround(context, [named.name], unit.path.name ?? "");
      if (!others?.has(named.name) || [...others.values()].some(hasAny)) continue;
      const { start, end, name } = named;
      yield {
        start,
        end,
        ...warning(
          `JoinsNamespaceOf= has no effect: ${name} has none of PrivateTmp=yes, PrivateNetwork= and PrivateIPC=, so there is no namespace to join`,
        ),
      };
    }
  },
};

/**
 * Follows exec_shared_runtime_acquire() and exec_invoke(), systemd 257 to 262; seen with 257: the service is in the network
 * of the host, and sees its /tmp.
 */
export const joinsLost: Rule = {
  code: "reference/joins-lost",
  needs: ["JoinsNamespaceOf"],
  *check(unit, context) {
    if (!context || !joins(unit) || unit.path.scope !== "system") return;
    const { settings } = effective(unit);
    const wanted = sharedBy(settings);
    if (wanted.length === 0) return;
    const self = unit.path.name ?? "";
    const all = mergedNames(unit);
    const others = sharesAround(context, all, self);
    if (!others) return;
    const givers = [...others].filter(([, it]) => hasAny(it));
    const lost = wanted.filter((it) => givers.every(([, shares]) => shares[it] === undefined));
    if (givers.length === 0 || lost.length === 0) return;
    for (const named of namesIn(unit)) {
      const shares = others.get(named.name);
      if (!shares || !hasAny(shares) || isBefore(unit, self, named.name, context)) continue;
      yield lostTo(named, shares, lost, settings);
    }
  },
};

function lostTo({ start, end, name }: Named, shares: Shares, lost: readonly Share[], settings: UnitSettings): Found {
  const directives = lost.map((it) => directiveOf(it, settings)).join(" and ");
  const theirs = SHARES.flatMap((it) => shares[it] ?? []).join(" and ");
  const follows = lost.map((it) => FOLLOWS[it]).join(" and ");
  return {
    start,
    end,
    ...warning(
      `JoinsNamespaceOf= cancels ${directives}: while ${name} runs, this service joins its namespaces of ${theirs} and creates none of its own, so that it ${follows}`,
    ),
  };
}

const FOLLOWS: Readonly<Record<Share, string>> = {
  tmp: "sees the /tmp of the host",
  network: "is in the network of the host",
  ipc: "shares the IPC objects of the host",
};

const warning = (message: string) => ({ severity: "warning", message, directive: "JoinsNamespaceOf" }) as const;

function joins(unit: Unit): boolean {
  const { role, kind } = unit.path;
  return role === "unit" && kind === "service" && mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0;
}

/** What the settings make that can be shared. */
const sharedBy = (settings: UnitSettings): readonly Share[] =>
  SHARES.filter((it) => directiveOf(it, settings) !== undefined);

function directiveOf(
  share: Share,
  { privateTmp, privateNetwork, privateIpc, present }: UnitSettings,
): string | undefined {
  if (share === "tmp") return privateTmp === "no" || privateTmp === "disconnected" ? undefined : "PrivateTmp=";
  const [path, on, name]: readonly [DirectiveName, boolean, string] =
    share === "network"
      ? ["NetworkNamespacePath", privateNetwork, "PrivateNetwork="]
      : ["IPCNamespacePath", privateIpc, "PrivateIPC="];
  return present.has(path) ? `${path}=` : on ? name : undefined;
}

const hasAny = (shares: Shares): boolean => SHARES.some((it) => shares[it] !== undefined);

function withoutShare({ privateTmp, dynamicUser }: UnitSettings): string {
  return privateTmp === "no"
    ? "without PrivateTmp=, PrivateNetwork= or PrivateIPC= there is no namespace to join"
    : `the /tmp that ${dynamicUser ? "DynamicUser=" : "PrivateTmp=disconnected"} creates is never shared`;
}

/** The units that the lines of the judged file name. */
const namesIn = (unit: Unit): readonly Named[] => namedIn(unit, unit.path.name ?? "", "Unit", "JoinsNamespaceOf");

/** The units that all files of the unit name. */
const mergedNames = (unit: Unit): readonly string[] =>
  namedIn(unit, unit.path.name ?? "", "Unit", "JoinsNamespaceOf", { linesOf: mergedAssignments }).map((it) => it.name);

/** Whether the unit starts before the other one, and so makes its own namespaces first. */
function isBefore(unit: Unit, self: string, name: string, { index, path }: UnitContext): boolean {
  return (
    namedIn(unit, self, "Unit", "Before", { linesOf: mergedAssignments }).some((it) => it.name === name) ||
    referencesFrom(index, name, path).some((it) => it.directive === "After" && it.target === self)
  );
}
