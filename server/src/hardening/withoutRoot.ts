import type { Facts } from "../service/facts.ts";
import { packaged } from "../service/origin.ts";
import { hasEvidence, leavesOpen } from "./evidence.ts";
import type { HardeningDirective } from "./profiles.ts";
import { concerns } from "./rights.ts";

/**
 * What a program of the distribution that never has rights of root bore in every run that was measured, whatever it is: of 155
 * only one failed, which made a set-group-ID directory. Devices and set-user-ID helpers are not among these: the machines of
 * these runs have no hardware and little mail.
 */
const BORNE: ReadonlySet<HardeningDirective> = new Set([
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "RestrictAddressFamilies",
  "SystemCallFilter",
]);

/** The reason that such a run gives for a setting, as the end of a sentence. */
export function borneWithoutRoot(directive: HardeningDirective, facts: Facts): string | undefined {
  if (!BORNE.has(directive) || facts.privileged || concerns(directive, facts) || facts.personal) return undefined;
  const isOpen = hasEvidence(facts) || leavesOpen(directive, facts);
  if (isOpen || facts.unit.path.scope === "user" || !packaged(facts)) return undefined;
  return "it never has rights of root, like 155 that were measured";
}
