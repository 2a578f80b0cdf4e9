/** Who a process is, as far as a log shows. Never changed, only replaced. */
export interface Credentials {
  readonly uid: Ids;
  readonly gid: Ids;
  /** `undefined` where the log does not name them: strace leaves the list of setgroups() out. */
  readonly groups: readonly number[] | undefined;
  /** In force now. */
  readonly capabilities: HeldCapabilities;
  readonly ambient: ReadonlySet<string>;
  /** Whether programs still give rights: PR_SET_NO_NEW_PRIVS. */
  readonly newPrivileges: boolean;
}

export interface Ids {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** Names as `CAP_CHOWN`, or everything that the unit allows. */
export type HeldCapabilities = ReadonlySet<string> | "all";

const NONE: ReadonlySet<string> = new Set();

/** The credentials with which systemd starts a command. */
export function startCredentials(
  uid: number,
  gid: number,
  groups: readonly number[] | undefined,
  ambient: readonly string[],
): Credentials {
  const given = new Set(ambient);
  return {
    uid: { real: uid, effective: uid, saved: uid },
    gid: { real: gid, effective: gid, saved: gid },
    groups,
    capabilities: uid === 0 ? "all" : given,
    ambient: given,
    newPrivileges: true,
  };
}

/** Whether a process could do what wants this capability. */
export const mayUse = ({ capabilities }: Credentials, name: string): boolean =>
  capabilities === "all" || capabilities.has(name);

/** Whether a process has no rights beyond those of its user. */
export const hasNoCapability = ({ capabilities }: Credentials): boolean =>
  capabilities !== "all" && capabilities.size === 0;

/** A process after it became another user, as capabilities(7) has it for the change from and to user 0. */
export function withUser(before: Credentials, uid: Ids): Credentials {
  const was = before.uid;
  const wasRoot = was.real === 0 || was.effective === 0 || was.saved === 0;
  const isRoot = uid.real === 0 || uid.effective === 0 || uid.saved === 0;
  const dropped = was.effective === 0 && uid.effective !== 0;
  const raised = was.effective !== 0 && uid.effective === 0;
  const ambient = wasRoot && !isRoot ? NONE : before.ambient;
  const capabilities = dropped ? NONE : raised ? "all" : before.capabilities;
  return { ...before, uid, ambient, capabilities };
}

/** A process after a program was started whose file gives it to `owner`, where its mode says so. */
export function afterProgram(before: Credentials, owner: { uid?: number; gid?: number }): Credentials {
  const effective = before.newPrivileges ? (owner.uid ?? before.uid.effective) : before.uid.effective;
  const effectiveGroup = before.newPrivileges ? (owner.gid ?? before.gid.effective) : before.gid.effective;
  const rootNow = effective === 0 || before.uid.real === 0;
  return {
    ...before,
    uid: { real: before.uid.real, effective, saved: effective },
    gid: { real: before.gid.real, effective: effectiveGroup, saved: effectiveGroup },
    capabilities: rootNow ? "all" : before.ambient,
  };
}

/** Whether a process belongs to a group; an unknown list counts as not belonging. */
export const inGroup = ({ gid, groups }: Credentials, group: number): boolean =>
  gid.effective === group || (groups?.includes(group) ?? false);

/** Equal for credentials that allow the same. */
export function credentialsKey({ uid, gid, groups, capabilities, ambient, newPrivileges }: Credentials): string {
  const set = capabilities === "all" ? "all" : [...capabilities].sort().join("+");
  const ids = [uid.real, uid.effective, uid.saved, gid.real, gid.effective, gid.saved].join();
  return `${ids} ${groups?.join() ?? "?"} ${set} ${[...ambient].sort().join("+")} ${newPrivileges}`;
}
