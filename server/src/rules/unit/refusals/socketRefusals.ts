import type { RefusalRule } from "./refusalRule.ts";

/** Follows socket_verify(), systemd 257 to 262. */
export const SOCKET_REFUSALS: readonly RefusalRule[] = [
  {
    code: "accept-without-connections",
    blame: ["Accept"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "no-connections",
    blame: ["MaxConnections"],
  },
  {
    code: "accept-service",
    blame: ["Service", "Accept"],
  },
  {
    code: "accept-deferred",
    blame: ["DeferTrigger", "Accept"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "symlink-target",
    blame: ["Symlinks"],
  },
];
