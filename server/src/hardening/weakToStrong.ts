import type { HardeningDirective } from "./profiles.ts";

/** Values from weak to strong, where one may be raised without asking; any other explicit value was meant. */
export const WEAK_TO_STRONG: Readonly<Partial<Record<HardeningDirective, readonly string[]>>> = {
  ProtectSystem: ["yes", "full", "strict"],
  ProtectHome: ["read-only", "tmpfs"],
  ProtectProc: ["noaccess", "invisible"],
};
