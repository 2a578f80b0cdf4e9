import type { DirectiveRows } from "../../row.ts";

/** systemd.exec(5), User/group identity, capabilities, security and mandatory access control. */
export const IDENTITY_ROWS = {
  User: {
    summary:
      "Sets the account, by name or UID, under which the unit's commands run; commands with the + prefix ignore it.",
    type: "userGroupCompat",
    default: "root",
  },
  Group: {
    summary: "Sets the primary group, by name or GID, under which the unit's commands run.",
    type: "groupCompat",
    default: "default group of User=",
    anchor: "User=",
  },
  SupplementaryGroups: {
    summary: "Adds further groups to those that the account of the unit already belongs to.",
    type: "userGroupStrvCompat",
    many: true,
  },
  SetLoginEnvironment: {
    summary: "Decides whether the variables HOME, LOGNAME and SHELL are set for the unit's commands.",
    type: "tristate",
    since: 255,
    default: "yes with User=/DynamicUser=/PAMName=, else no",
  },
  DynamicUser: {
    summary:
      "Runs the unit under a temporary user and group that exist only while it is active, with extra sandboxing switched on.",
    type: "boolFatal",
    since: 232,
    default: "no",
  },
  SecureBits: {
    summary: "Sets kernel secure bits such as noroot or keep-caps, which alter how UID 0 and capabilities interact.",
    type: "execSecureBits",
  },
  CapabilityBoundingSet: {
    summary: "Limits the capabilities that the unit's processes can have to those listed, or removes those after a ~.",
    type: "capabilitySet",
    many: true,
  },
  AmbientCapabilities: {
    summary: "Grants the listed capabilities to the unit's processes even though they run as an unprivileged user.",
    type: "capabilitySet",
    since: 229,
    many: true,
  },
  NoNewPrivileges: {
    summary:
      "Prevents the unit's processes from gaining privileges by running setuid, setgid or capability-marked programs.",
    type: "bool",
    since: 187,
    default: "no",
  },
  PAMName: {
    summary: "Opens a PAM session with this service name for the unit's processes; works only together with User=.",
    type: "unitStringPrintf",
  },
  SELinuxContext: {
    summary: "Runs the unit's commands in the given SELinux context instead of the one the policy would choose.",
    type: "execSelinuxContext",
    since: 209,
  },
  AppArmorProfile: {
    summary:
      "Confines the unit's commands with an AppArmor profile that the kernel has loaded; a leading - ignores errors.",
    type: "execApparmorProfile",
    since: 210,
    scope: "system",
  },
  SmackProcessLabel: {
    summary: "Runs the unit's commands under the given SMACK label, which decides about their access rights.",
    type: "execSmackProcessLabel",
    since: 218,
    scope: "system",
  },
} as const satisfies DirectiveRows;
