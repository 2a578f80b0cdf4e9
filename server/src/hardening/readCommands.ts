import type { Facts } from "../service/facts.ts";
import { FROM_PACKAGE } from "../service/kinds.ts";
import { showsAllItDoes } from "../service/visible.ts";
import type { HardeningDirective } from "./profiles.ts";

/** What tools of every system need only where their words name it. */
const SHOWN_BY_WORDS: ReadonlySet<HardeningDirective> = new Set([
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectClock",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "RestrictRealtime",
  "NoNewPrivileges",
  "RestrictAddressFamilies",
  "SystemCallFilter",
  "CapabilityBoundingSet",
  "IPAddressDeny",
  "SocketBindDeny",
]);

/** Whether a tool keeps the rights of the files that it copies, those of set-user-ID files too. */
export const copiesFiles = ({ programs }: Facts): boolean =>
  programs.some((it) => it.names.some((name) => /^(?:cp|mv)$/.test(name)));

/** What the commands of a service show of a setting where nothing else speaks against it, the end of a sentence. */
export function shownByCommands(directive: HardeningDirective, facts: Facts): string | undefined {
  const { programs, paths } = facts;
  if (!SHOWN_BY_WORDS.has(directive) || !showsAllItDoes(programs)) return undefined;
  if (directive === "RestrictSUIDSGID" && copiesFiles(facts)) return undefined;
  if (directive === "ProtectSystem" && paths.some((it) => /^\/(?:usr|etc|boot|efi)(?:\/|$)/.test(it))) return undefined;
  const names = [...new Set(programs.flatMap((it) => it.names))];
  return `its commands are ${names.join(" and ")} alone, and name nothing that it takes away`;
}

/** Whether a service starts a script of a shell from outside of the distribution, which does not tell what it runs. */
export const hidesProgram = ({ programs, programPaths }: Facts): boolean =>
  programs.some((it) => it.setting === "ExecStart" && it.script) &&
  programPaths.some((it) => !FROM_PACKAGE.test(it) && !it.startsWith("/etc/"));
