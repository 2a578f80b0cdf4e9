import type { Enumeration } from "../valueType.ts";
import { HOST_NAME } from "./suffixes.ts";

/** What a unit's processes may see and touch. */
export const SANDBOX_ENUMERATIONS = {
  protectSystem: {
    kind: "enumeration",
    routine: "config_parse_protect_system",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "strict", summary: "Makes every file system read-only except /dev, /proc and /sys." },
      { value: "full", summary: "Makes /usr, /etc and the boot loader's directories read-only." },
      { value: "yes", summary: "Makes /usr and the boot loader's directories read-only." },
      { value: "no", summary: "Leaves the system's directories writable." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  protectHome: {
    kind: "enumeration",
    routine: "config_parse_protect_home",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Hides the content of /home, /root and /run/user." },
      { value: "read-only", summary: "Makes /home, /root and /run/user read-only." },
      {
        value: "tmpfs",
        summary:
          "Replaces /home, /root and /run/user by empty file systems, into which BindPaths= can mount single directories.",
      },
      { value: "no", summary: "Leaves the home directories accessible." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  privateTmp: {
    kind: "enumeration",
    routine: "config_parse_private_tmp",
    boolean: { yes: "yes", no: "no" },
    members: [
      {
        value: "yes",
        summary: "Gives the unit a private /tmp and /var/tmp on the host's disk; JoinsNamespaceOf= can share them.",
        synonyms: ["connected"],
      },
      {
        value: "disconnected",
        summary: "Gives the unit a private /tmp and /var/tmp in memory; they cannot be shared.",
      },
      { value: "no", summary: "Leaves the unit with the /tmp and /var/tmp of the host." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  privateUsers: {
    kind: "enumeration",
    routine: "config_parse_private_users",
    boolean: { yes: "yes", no: "no" },
    members: [
      {
        value: "yes",
        summary: "Maps only root and the unit's user; all others appear as nobody.",
        synonyms: ["self"],
      },
      {
        value: "identity",
        summary: "Maps the first 65536 user IDs to themselves, and removes capabilities on the host.",
      },
      { value: "full", summary: "Maps all user IDs to themselves, and removes capabilities on the host.", since: 258 },
      {
        value: "managed",
        summary: "Allocates 65536 user IDs for the unit, which appears as root from inside.",
        since: 260,
      },
      { value: "no", summary: "Leaves the unit in the user namespace of the host." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  privatePids: {
    kind: "enumeration",
    routine: "config_parse_private_pids",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Shows a started process only itself, as PID 1, and its children." },
      { value: "no", summary: "Leaves the processes in the PID namespace of the host." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  privateBpf: {
    kind: "enumeration",
    routine: "config_parse_private_bpf",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Replaces the host's pinned BPF objects in /sys/fs/bpf by an empty file system." },
      { value: "no", summary: "Leaves the pinned BPF objects of the host visible." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  protectControlGroups: {
    kind: "enumeration",
    routine: "config_parse_protect_control_groups",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "strict", summary: "Shows only the unit's own control groups, read-only." },
      { value: "yes", summary: "Makes the control groups of the host read-only." },
      { value: "private", summary: "Shows only the unit's own control groups, writable." },
      { value: "no", summary: "Leaves the control groups of the host writable." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /** Before 258 the same directive was a plain boolean. */
  protectHostname: {
    kind: "enumeration",
    routine: "config_parse_protect_hostname",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Prevents changes of the host name.", suffix: HOST_NAME },
      {
        value: "private",
        summary: "Keeps a change of the host name inside the unit.",
        suffix: HOST_NAME,
        since: 258,
      },
      { value: "no", summary: "Leaves the host name changeable for privileged processes." },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  protectProc: {
    kind: "enumeration",
    routine: "config_parse_protect_proc",
    members: [
      { value: "invisible", summary: "Hides the processes of other users in /proc." },
      { value: "ptraceable", summary: "Hides in /proc what the unit could not trace." },
      {
        value: "noaccess",
        summary: "Lists the processes of other users in /proc, but makes their directories inaccessible.",
      },
      { value: "default", summary: "Leaves all processes visible in /proc." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  procSubset: {
    kind: "enumeration",
    routine: "config_parse_proc_subset",
    members: [
      { value: "pid", summary: "Shows only the directories of processes in /proc." },
      { value: "all", summary: "Shows the kernel's files in /proc too." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  execKeyringMode: {
    kind: "enumeration",
    routine: "config_parse_exec_keyring_mode",
    members: [
      { value: "private", summary: "Gives the unit a new session keyring without access to the user's keys." },
      { value: "shared", summary: "Gives the unit a new session keyring with the user's keys linked in." },
      { value: "inherit", summary: "Leaves the unit with the keyring that it inherits from the kernel." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  execMountPropagationFlag: {
    kind: "enumeration",
    routine: "config_parse_exec_mount_propagation_flag",
    members: [
      { value: "slave", summary: "Receives mounts and unmounts of the host and propagates none." },
      { value: "shared", summary: "Receives mounts and unmounts of the host and propagates them further down." },
      { value: "private", summary: "Receives no mounts or unmounts, so media removed from the host stay busy." },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
