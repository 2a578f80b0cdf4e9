/** What a configuration names that takes a capability of whoever starts as root. */
export type ConfiguredUse = "user" | "group" | "owner" | "mode" | "chroot";

/** The capabilities that each takes, with the word of SystemCallFilter= that it needs: who becomes a user sets its groups too, and gives it files that were not there before. */
export const CONFIGURED_CAPABILITIES: Readonly<
  Record<ConfiguredUse, readonly (readonly [name: string, calls?: string])[]>
> = {
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
