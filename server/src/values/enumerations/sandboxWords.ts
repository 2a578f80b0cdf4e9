import type { Enumeration } from "../valueType.ts";
import { HOST_NAME } from "./suffixes.ts";
import { switchSet, wordSet } from "./wordSet.ts";

/** What a unit's processes may see and touch. */
export const SANDBOX_ENUMERATIONS = {
  protectSystem: switchSet("protect_system", {
    strict: "Makes every file system read-only except /dev, /proc and /sys.",
    full: "Makes /usr, /etc and the boot loader's directories read-only.",
    yes: "Makes /usr and the boot loader's directories read-only.",
    no: "Leaves the system's directories writable.",
  }),

  protectHome: switchSet("protect_home", {
    yes: "Hides the content of /home, /root and /run/user.",
    "read-only": "Makes /home, /root and /run/user read-only.",
    tmpfs:
      "Replaces /home, /root and /run/user by empty file systems, into which BindPaths= can mount single directories.",
    no: "Leaves the home directories accessible.",
  }),

  privateTmp: switchSet("private_tmp", {
    yes: {
      summary: "Gives the unit a private /tmp and /var/tmp on the host's disk; JoinsNamespaceOf= can share them.",
      synonyms: ["connected"],
    },
    disconnected: "Gives the unit a private /tmp and /var/tmp in memory; they cannot be shared.",
    no: "Leaves the unit with the /tmp and /var/tmp of the host.",
  }),

  privateUsers: switchSet("private_users", {
    yes: { summary: "Maps only root and the unit's user; all others appear as nobody.", synonyms: ["self"] },
    identity: "Maps the first 65536 user IDs to themselves, and removes capabilities on the host.",
    full: { summary: "Maps all user IDs to themselves, and removes capabilities on the host.", since: 258 },
    managed: { summary: "Allocates 65536 user IDs for the unit, which appears as root from inside.", since: 260 },
    no: "Leaves the unit in the user namespace of the host.",
  }),

  privatePids: switchSet("private_pids", {
    yes: "Shows a started process only itself, as PID 1, and its children.",
    no: "Leaves the processes in the PID namespace of the host.",
  }),

  privateBpf: switchSet("private_bpf", {
    yes: "Replaces the host's pinned BPF objects in /sys/fs/bpf by an empty file system.",
    no: "Leaves the pinned BPF objects of the host visible.",
  }),

  protectControlGroups: switchSet("protect_control_groups", {
    strict: "Shows only the unit's own control groups, read-only.",
    yes: "Makes the control groups of the host read-only.",
    private: "Shows only the unit's own control groups, writable.",
    no: "Leaves the control groups of the host writable.",
  }),

  /** Before 258 the same directive was a plain boolean. */
  protectHostname: switchSet(
    "protect_hostname",
    {
      yes: { summary: "Prevents changes of the host name.", suffix: HOST_NAME },
      private: { summary: "Keeps a change of the host name inside the unit.", suffix: HOST_NAME, since: 258 },
      no: "Leaves the host name changeable for privileged processes.",
    },
    { empty: "unset" },
  ),

  protectProc: wordSet("protect_proc", {
    invisible: "Hides the processes of other users in /proc.",
    ptraceable: "Hides in /proc what the unit could not trace.",
    noaccess: "Lists the processes of other users in /proc, but makes their directories inaccessible.",
    default: "Leaves all processes visible in /proc.",
  }),

  procSubset: wordSet("proc_subset", {
    pid: "Shows only the directories of processes in /proc.",
    all: "Shows the kernel's files in /proc too.",
  }),

  execKeyringMode: wordSet("exec_keyring_mode", {
    private: "Gives the unit a new session keyring without access to the user's keys.",
    shared: "Gives the unit a new session keyring with the user's keys linked in.",
    inherit: "Leaves the unit with the keyring that it inherits from the kernel.",
  }),

  execMountPropagationFlag: wordSet(
    "exec_mount_propagation_flag",
    {
      slave: "Receives mounts and unmounts of the host and propagates none.",
      shared: "Receives mounts and unmounts of the host and propagates them further down.",
      private: "Receives no mounts or unmounts, so media removed from the host stay busy.",
    },
    { empty: "unset" },
  ),
} as const satisfies Record<string, Enumeration>;
