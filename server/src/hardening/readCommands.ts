import type { Facts } from "../service/facts.ts";
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

/** Tools that keep the rights of the files that they copy, those of set-user-ID files too. */
const COPIES = /^(?:cp|mv)$/;

/** What the commands of a service show of a setting where nothing else speaks against it, the end of a sentence. */
export function shownByCommands(directive: HardeningDirective, { programs, paths }: Facts): string | undefined {
  if (!SHOWN_BY_WORDS.has(directive) || !showsAllItDoes(programs)) return undefined;
  const names = [...new Set(programs.flatMap((it) => it.names))];
  if (directive === "RestrictSUIDSGID" && names.some((it) => COPIES.test(it))) return undefined;
  if (directive === "ProtectSystem" && paths.some((it) => /^\/(?:usr|etc|boot|efi)(?:\/|$)/.test(it))) return undefined;
  return `its commands are ${names.join(" and ")} alone, and name nothing that it takes away`;
}
