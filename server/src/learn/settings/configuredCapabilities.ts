import type { ConfiguredNeed } from "../needs.ts";
import type { LearnContext } from "./learnContext.ts";

/** A capability that configuration asks for, whether or not a run showed it. */
interface ConfiguredCapability {
  readonly name: string;
  readonly reason: string;
  readonly calls?: string;
}

/** What each of them takes: who becomes a user sets its groups too, and gives it files that were not there before. */
const WANTED: Readonly<Record<ConfiguredNeed["use"], readonly (readonly [name: string, calls?: string])[]>> = {
  user: [
    ["CAP_SETGID", "@setuid"],
    ["CAP_SETUID", "@setuid"],
    ["CAP_CHOWN", "@chown"],
  ],
  group: [["CAP_SETGID", "@setuid"]],
  owner: [["CAP_CHOWN", "@chown"]],
  // Of a file that was given away before, only its owner may set the mode.
  mode: [["CAP_FOWNER"]],
  chroot: [["CAP_SYS_CHROOT", "chroot"]],
};

/** The capabilities that the configuration of a service that starts as root asks for. */
export function configuredCapabilities({ needs, asRoot }: LearnContext): readonly ConfiguredCapability[] {
  const found = new Map<string, ConfiguredCapability>();
  const configured = asRoot ? (needs.configured ?? []) : [];
  const givesFiles = configured.some(({ use }) => use === "user" || use === "owner");
  for (const it of configured.filter(({ use }) => use !== "mode" || givesFiles))
    for (const [name, calls] of WANTED[it.use])
      if (!found.has(name)) found.set(name, { name, ...(calls !== undefined && { calls }), reason: reasonOf(it) });
  return [...found.values()];
}

function reasonOf({ use, name, file }: ConfiguredNeed): string {
  if (use === "chroot") return `${file} asks for a root directory of its own (${name})`;
  if (use === "mode") return `${file} names ${name} as the mode of a file`;
  return use === "owner" ? `${file} names ${name} as the owner of a file` : `${file} names the ${use} ${name}`;
}
