import { CAPABILITIES } from "../../facts/capabilities.ts";
import { hasCapability, numberOf } from "../../security/capabilitySet.ts";
import type { Needs, Sight } from "../needs.ts";
import { type LearnContext, type LearnRule, offered, refused } from "./learnContext.ts";
import { counted, listed } from "./sentences.ts";

/** The capabilities that were needed, as far as the unit lets the service have them, and none besides. */
export const capabilities: LearnRule = (context) => {
  const kept = keptCapabilities(context);
  const names = kept.map((it) => it.name);
  const evidence =
    kept.length === 0 ? "no capability was needed" : kept.map((it) => `${it.name}: ${it.reason}`).join("; ");
  const sights = kept.flatMap((it) => it.sight ?? []);
  return [offered("CapabilityBoundingSet", names.join(" "), evidence, sights, kept.length > 0 ? MAY_BREAK : undefined)];
};

const MAY_BREAK = "What the run did not do may need a capability more.";

interface Kept {
  readonly name: string;
  readonly reason: string;
  readonly sight: Sight | undefined;
}

/** What a service keeps: what it needed, what AmbientCapabilities= hands on, and low ports for servers of root. */
export function keptCapabilities({ needs, settings, asRoot }: LearnContext): readonly Kept[] {
  const kept = new Map<string, Kept>();
  for (const [name, { reason, sight }] of Object.entries(needs.capabilities))
    if (CAPABILITIES.includes(name)) kept.set(name, { name, reason: `${reason} (${sight.at})`, sight });
  for (const name of CAPABILITIES)
    if (hasCapability(settings.ambientSet, numberOf(name)) && !kept.has(name))
      kept.set(name, { name, reason: "AmbientCapabilities= hands it on", sight: undefined });
  if (asRoot && !kept.has(BIND) && listens(needs))
    kept.set(BIND, {
      name: BIND,
      reason: "a server that starts as root may be told to listen on a low port",
      sight: undefined,
    });
  return [...kept.values()]
    .filter((it) => hasCapability(settings.boundingSet, numberOf(it.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const BIND = "CAP_NET_BIND_SERVICE";

const listens = ({ addresses }: Needs): boolean =>
  addresses.some((it) => it.use === "listen" && it.family.startsWith("AF_INET"));

/** No program gets rights by its mode or the capabilities of its file, so that none has to. */
export const newPrivileges: LearnRule = ({ needs }) => {
  const programs = Object.entries(needs.programs);
  const privileged = programs.filter(([, it]) => it.privileged);
  const [first] = privileged;
  if (first) {
    const reason = `runs ${listed(privileged.map(([path]) => path))}, which gets rights of its own`;
    return [refused("NoNewPrivileges", "yes", reason, [first[1].sight])];
  }
  const names = programs.map(([path]) => path);
  const evidence =
    names.length === 0
      ? "no program was run"
      : `${counted(names.length, "program")} run, none with rights of its own: ${listed(names)}`;
  return [
    offered(
      "NoNewPrivileges",
      "yes",
      evidence,
      programs.map(([, it]) => it.sight),
    ),
  ];
};
