import { addressFamily } from "../../facts/addressFamilies.ts";
import { NAMESPACES } from "../../security/assign/assignRestrict.ts";
import { callsFor } from "../../security/callSet.ts";
import { hasCapability, numberOf } from "../../security/capabilitySet.ts";
import { effective } from "../../security/effective.ts";
import { runsAsRoot } from "../../security/settings.ts";
import type { Unit } from "../../units/unit.ts";
import type { Learnt } from "../learnt.ts";
import { namespaceKind } from "../settings/calls.ts";
import { neededCall } from "../settings/learnContext.ts";
import { isOfRoot } from "../userProposal.ts";
import { type Contradiction, contradiction, lastAssigned } from "./contradiction.ts";

/** Lists of a unit that lack what the run used. */
export const narrowLists = (learnt: Learnt, unit: Unit): readonly Contradiction[] => [
  ...lackingCapabilities(learnt, unit),
  ...deniedNamespaces(learnt, unit),
  ...deniedCalls(learnt, unit),
  ...deniedFamilies(learnt, unit),
];

/** Capabilities of a service of root; a user has others to begin with. */
function lackingCapabilities({ needs }: Learnt, unit: Unit): readonly Contradiction[] {
  const { settings } = effective(unit);
  if (!runsAsRoot(settings)) return [];
  const lacking = Object.entries(needs.capabilities).filter(([name]) => {
    const number = numberOf(name);
    return number >= 0 && !hasCapability(settings.boundingSet, number);
  });
  const [name = "", need] = lacking[0] ?? [];
  if (!need) return [];
  const reason = `lacks ${name}, which a run needed to ${need.reason}`;
  return contradiction(
    lastAssigned(unit, "CapabilityBoundingSet"),
    reason,
    lacking.map(([, it]) => it.sight),
    true,
  );
}

function deniedNamespaces({ needs }: Learnt, unit: Unit): readonly Contradiction[] {
  const allowed = effective(unit).settings.namespaces;
  if (allowed === undefined) return [];
  const denied = Object.entries(needs.marks).flatMap(([mark, sight]) => {
    const kind = namespaceKind(mark);
    const isDenied = kind !== undefined && (allowed & (1 << NAMESPACES.indexOf(kind))) === 0;
    return isDenied ? [{ kind, sight }] : [];
  });
  const reason = `denies ${denied[0]?.kind} namespaces, which a run made`;
  return contradiction(
    lastAssigned(unit, "RestrictNamespaces"),
    reason,
    denied.map((it) => it.sight),
    true,
  );
}

function deniedCalls({ needs }: Learnt, unit: Unit): readonly Contradiction[] {
  const { settings } = effective(unit);
  const { systemCalls } = settings;
  if (!systemCalls) return [];
  // A user in the place of root makes no calls that only root has a use for.
  const isUser = !runsAsRoot(settings) && Object.keys(needs.capabilities).length > 0;
  const denied = Object.keys(needs.syscalls).flatMap((name) => {
    const sight = isUser && isOfRoot(name) ? undefined : neededCall(needs, name);
    const bits = callsFor(name, unit.version);
    const isListed = bits?.some((it, i) => (it & (systemCalls.members[i] ?? 0)) !== 0);
    return sight && bits && isListed !== systemCalls.allow ? [{ name, sight }] : [];
  });
  const reason = `denies ${denied[0]?.name}, which a run called`;
  return contradiction(
    lastAssigned(unit, "SystemCallFilter"),
    reason,
    denied.map((it) => it.sight),
    true,
  );
}

function deniedFamilies({ needs }: Learnt, unit: Unit): readonly Contradiction[] {
  const { allow, members } = effective(unit).settings.addressFamilies;
  if (!members && !allow) return [];
  const denied = Object.entries(needs.families).filter(([name]) => {
    const number = addressFamily(name);
    return number !== undefined && (members?.has(number) ?? false) !== allow;
  });
  const reason = `denies ${denied[0]?.[0]}, which a run used`;
  return contradiction(
    lastAssigned(unit, "RestrictAddressFamilies"),
    reason,
    denied.map(([, it]) => it),
    true,
  );
}
