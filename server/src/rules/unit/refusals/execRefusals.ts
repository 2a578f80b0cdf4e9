import type { RefusalRule } from "./refusalRule.ts";

/** Follows unit_verify_contexts(), systemd 257 to 262. */
export const EXEC_REFUSALS: readonly RefusalRule[] = [
  {
    code: "dynamic-user-scope",
    blame: ["DynamicUser"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "dynamic-user-home",
    blame: ["WorkingDirectory", "DynamicUser"],
  },
  {
    code: "working-directory",
    blame: ["WorkingDirectory"],
  },
  {
    code: "private-pids-kind",
    blame: ["PrivatePIDs"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "pam-kill-mode",
    blame: ["KillMode", "PAMName"],
    instead: { title: "Change to mixed", value: "mixed" },
  },
  {
    code: "pam-private-pids",
    blame: ["PrivatePIDs", "PAMName"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "user-namespace-path",
    blame: ["PrivateUsers", "UserNamespacePath"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "managed-users",
    blame: ["PrivateUsers", "User", "Group"],
    instead: { title: "Change to self", value: "self" },
  },
];
