import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Assignment } from "../../syntax/tree.ts";

/** What kind of mistake makes systemd refuse a unit. */
export type RefusalCode =
  | "unit-name"
  | "masked"
  | "no-file"
  | "section-header"
  | "encoding"
  | "line-too-long"
  | "value"
  | "no-command"
  | "several-commands"
  | "oneshot-restart"
  | "oneshot-any-restart"
  | "oneshot-restart-status"
  | "oneshot-exit-type"
  | "no-bus-name"
  | "forking-private-pids"
  | "pam-kill-mode"
  | "pam-private-pids"
  | "dynamic-user-scope"
  | "dynamic-user-home"
  | "working-directory"
  | "private-pids-kind"
  | "managed-users"
  | "user-namespace-path"
  | "several-isolated"
  | "nothing-to-do"
  | "accept-without-connections"
  | "no-connections"
  | "accept-service"
  | "accept-deferred"
  | "symlink-target"
  | "mount-point"
  | "mount-point-taken"
  | "no-source";

/** Why systemd does not load a unit at all. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The directive that is wrong or missing. */
  readonly directive?: DirectiveName;
  /** One sentence without a full stop. */
  readonly message: string;
  /** The name that the file would need for the rest to be right. */
  readonly fileName?: string;
  /** The line at which systemd stops reading; missing where the settings only do not go together. */
  readonly node?: Assignment;
}

/** A refusal for settings that do not go together. */
export function refusal(code: RefusalCode, directive: DirectiveName, message: string): Refusal {
  return { code, directive, message: `${message}: systemd refuses the unit` };
}
