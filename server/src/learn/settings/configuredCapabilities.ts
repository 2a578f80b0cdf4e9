import { CONFIGURED_CAPABILITIES } from "../../needs/tables/configured.ts";
import type { ConfiguredNeed } from "../needs.ts";
import type { LearnContext } from "./learnContext.ts";

/** A capability that configuration asks for, whether or not a run showed it. */
interface ConfiguredCapability {
  readonly name: string;
  readonly reason: string;
  readonly calls?: string;
}

/** The capabilities that the configuration of a service that starts as root asks for. */
export function configuredCapabilities({ needs, asRoot }: LearnContext): readonly ConfiguredCapability[] {
  const found = new Map<string, ConfiguredCapability>();
  const configured = asRoot ? (needs.configured ?? []) : [];
  const givesFiles = configured.some(({ use }) => use === "user" || use === "owner");
  for (const it of configured.filter(({ use }) => use !== "mode" || givesFiles))
    for (const [name, calls] of CONFIGURED_CAPABILITIES[it.use])
      if (!found.has(name)) found.set(name, { name, ...(calls !== undefined && { calls }), reason: reasonOf(it) });
  return [...found.values()];
}

function reasonOf({ use, name, file }: ConfiguredNeed): string {
  if (use === "chroot") return `${file} asks for a root directory of its own (${name})`;
  if (use === "mode") return `${file} names ${name} as the mode of a file`;
  return use === "owner" ? `${file} names ${name} as the owner of a file` : `${file} names the ${use} ${name}`;
}
