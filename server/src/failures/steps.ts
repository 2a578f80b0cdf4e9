import { type Meaning, meaning } from "./meaning.ts";

const SHOW = "The previous line of the log says what failed.";
const MOUNTS =
  "ReadWritePaths ReadOnlyPaths InaccessiblePaths BindPaths BindReadOnlyPaths ExecPaths NoExecPaths TemporaryFileSystem RootDirectory RootImage MountImages ExtensionImages ExtensionDirectories PrivateTmp PrivateDevices ProtectSystem ProtectHome ProtectKernelTunables ProtectControlGroups ProtectProc ProcSubset MountAPIVFS PrivateUsers PrivatePIDs";

/** What systemd does at each step between fork() and the program, by the status that it ends with where the step fails (systemd 257 to 262). */
export const STEPS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [
    200,
    meaning(
      "systemd changes to WorkingDirectory= with the privileges and the file system view of the program, so a directory that the sandbox hides is missing.",
      "WorkingDirectory RootDirectory ProtectHome InaccessiblePaths TemporaryFileSystem User DynamicUser",
      "Does the directory exist, may User= enter it, and does a setting hide it? With a `-` before the path it may be missing.",
    ),
  ],
  [
    201,
    meaning("systemd sets the level of Nice=.", "Nice", "Levels below 0 need privileges that a user manager lacks."),
  ],
  [
    202,
    meaning(
      "systemd closes its own files and passes sockets and those of OpenFile=.",
      "OpenFile FileDescriptorStoreMax Sockets",
      SHOW,
    ),
  ],
  [
    203,
    meaning(
      "systemd executes the program: the last step, inside the complete sandbox.",
      "ExecStart ExecStartPre ProtectHome InaccessiblePaths TemporaryFileSystem NoExecPaths RootDirectory User DynamicUser SystemCallFilter SystemCallArchitectures SELinuxContext AppArmorProfile",
      "“No such file or directory”: the path is wrong, a setting hides it, or the interpreter in its first line is missing. “Permission denied”: it is not executable, User= has no access to it, or NoExecPaths= covers it. “Exec format error”: a script without `#!`, or a program for another architecture.",
    ),
  ],
  [204, meaning("systemd needs memory for what it does next.", "LimitAS LimitDATA MemoryMax", SHOW)],
  [
    205,
    meaning(
      "systemd sets the limits of Limit…=.",
      "LimitNOFILE LimitNPROC LimitMEMLOCK LimitRTPRIO LimitNICE LimitCORE LimitAS LimitSTACK LimitFSIZE LimitDATA LimitCPU LimitRSS LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitRTTIME",
      "The log names the resource, such as RLIMIT_NOFILE. Only root can exceed the hard limit of the manager, but not in containers without CAP_SYS_RESOURCE.",
    ),
  ],
  [
    206,
    meaning(
      "systemd sets the value of OOMScoreAdjust=.",
      "OOMScoreAdjust",
      "Values below that of the manager need CAP_SYS_RESOURCE, which user managers and many containers lack.",
    ),
  ],
  [207, meaning("systemd blocks and unblocks signals.", "IgnoreSIGPIPE", SHOW)],
  [
    208,
    meaning(
      "systemd opens what StandardInput= names.",
      "StandardInput TTYPath StandardInputText StandardInputData",
      "Does the file or terminal exist? `file:` opens it outside the sandbox.",
    ),
  ],
  [
    209,
    meaning(
      "systemd opens what StandardOutput= names, outside the sandbox and before it creates the directories of LogsDirectory= and similar settings.",
      "StandardOutput LogNamespace",
      "Does the directory of the file exist before the unit starts? RuntimeDirectory= or LogsDirectory= create it too late.",
    ),
  ],
  [
    210,
    meaning(
      "systemd changes the root directory to RootDirectory=, or mounts RootImage= there.",
      "RootDirectory RootImage RootHash RootVerity",
      "Does the directory exist, and is it a complete root file system?",
    ),
  ],
  [
    211,
    meaning(
      "systemd sets the I/O priority.",
      "IOSchedulingClass IOSchedulingPriority",
      "The class `realtime` needs privileges that a user manager lacks.",
    ),
  ],
  [212, meaning("systemd sets the timer slack.", "TimerSlackNSec", SHOW)],
  [
    213,
    meaning(
      "systemd sets the secure bits.",
      "SecureBits",
      "In a user manager SecureBits= fails here unless PrivateUsers=yes gives it a user namespace, and in a container whose manager lacks CAP_SETPCAP.",
    ),
  ],
  [
    214,
    meaning(
      "systemd sets the CPU scheduling policy.",
      "CPUSchedulingPolicy CPUSchedulingPriority",
      "`fifo` and `rr` need CAP_SYS_NICE or LimitRTPRIO=, and CPU time for real-time tasks in the cgroup.",
    ),
  ],
  [215, meaning("systemd sets the CPU affinity.", "CPUAffinity NUMAMask", "Does the machine have all listed CPUs?")],
  [
    216,
    meaning(
      "systemd looks up the groups and sets them.",
      "Group SupplementaryGroups User DynamicUser",
      "Does `getent group NAME` find it? In a user manager User= with another user fails here.",
    ),
  ],
  [
    217,
    meaning(
      "systemd looks up the user and switches to it; the user namespace of PrivateUsers= belongs to this step too.",
      "User DynamicUser PrivateUsers",
      "Does `getent passwd NAME` find it? Packages that create a user must be installed completely. Where namespaces are not allowed, as in some containers, the cause is PrivateUsers=.",
    ),
  ],
  [
    218,
    meaning(
      "systemd drops and keeps capabilities.",
      "CapabilityBoundingSet AmbientCapabilities",
      "In a user manager these settings fail here unless PrivateUsers=yes gives it a user namespace, and in a container whose manager lacks CAP_SETPCAP or the capability itself.",
    ),
  ],
  [219, meaning("systemd puts the process into its cgroup.", "Slice Delegate DelegateSubgroup", SHOW)],
  [220, meaning("systemd creates a session for the process.", "StandardInput TTYPath", SHOW)],
  [
    221,
    meaning(
      "systemd asked on the console whether to start the service, and the answer was no.",
      "",
      "`systemd.confirm_spawn` on the kernel command line makes it ask.",
    ),
  ],
  [222, meaning("systemd opens what StandardError= names, as it does for StandardOutput=.", "StandardError", SHOW)],
  [
    224,
    meaning(
      "systemd opens a PAM session.",
      "PAMName User",
      "Is there a file of that name in /etc/pam.d, and what do its modules log?",
    ),
  ],
  [
    225,
    meaning(
      "systemd creates the network namespace, or joins one.",
      "PrivateNetwork NetworkNamespacePath PrivateIPC IPCNamespacePath",
      "Does the namespace of NetworkNamespacePath= exist, as created by `ip netns add`? Containers may not allow new ones.",
    ),
  ],
  [
    226,
    meaning(
      "systemd sets up the mount namespace: it mounts, binds and hides paths, and every path without a `-` before it must exist.",
      MOUNTS,
      "The previous line of the log names the path; find the setting that lists it. A path that may be missing needs a `-` before it, or a directory of StateDirectory= or similar settings. Without a path the kernel or a container does not allow namespaces.",
    ),
  ],
  [227, meaning("systemd disables new privileges.", "NoNewPrivileges", "Only very old kernels fail here.")],
  [
    228,
    meaning(
      "systemd loads the filters for system calls.",
      "SystemCallFilter SystemCallArchitectures SystemCallLog RestrictNamespaces RestrictRealtime RestrictSUIDSGID MemoryDenyWriteExecute LockPersonality ProtectClock ProtectKernelModules ProtectKernelLogs ProtectHostname PrivateDevices",
      "The previous line of the log names the filter. Does the kernel support seccomp, and does a container allow it?",
    ),
  ],
  [
    229,
    meaning(
      "systemd asks SELinux for the context.",
      "SELinuxContext",
      "Does the policy define it and allow the change? With a `-` before it failures are ignored.",
    ),
  ],
  [230, meaning("systemd sets the execution domain.", "Personality LockPersonality", "Does this CPU support it?")],
  [
    231,
    meaning(
      "systemd asks AppArmor for the profile.",
      "AppArmorProfile",
      "Is it loaded (`aa-status`)? With a `-` before it it may be missing.",
    ),
  ],
  [
    232,
    meaning("systemd loads the filter for sockets.", "RestrictAddressFamilies", "Does the kernel support seccomp?"),
  ],
  [
    233,
    meaning(
      "systemd creates the directories below /run and changes their owner to User=.",
      "RuntimeDirectory User",
      directory(),
    ),
  ],
  [
    235,
    meaning("systemd changes the owner of a socket to SocketUser= and SocketGroup=.", "SocketUser SocketGroup", SHOW),
  ],
  [
    236,
    meaning(
      "systemd sets the SMACK label.",
      "SmackProcessLabel",
      "Is SMACK enabled? With a `-` before the label failures are ignored.",
    ),
  ],
  [
    237,
    meaning(
      "systemd creates the kernel keyring of the unit.",
      "KeyringMode",
      "Containers often do not allow it; KeyringMode=inherit skips this step.",
    ),
  ],
  [
    238,
    meaning(
      "systemd creates the directories below /var/lib and changes their owner to User=.",
      "StateDirectory User DynamicUser",
      directory(),
    ),
  ],
  [
    239,
    meaning(
      "systemd creates the directories below /var/cache and changes their owner to User=.",
      "CacheDirectory User DynamicUser",
      directory(),
    ),
  ],
  [
    240,
    meaning(
      "systemd creates the directories below /var/log and changes their owner to User=.",
      "LogsDirectory User DynamicUser",
      directory(),
    ),
  ],
  [241, meaning("systemd creates the directories below /etc.", "ConfigurationDirectory", directory())],
  [242, meaning("systemd sets the NUMA memory policy.", "NUMAPolicy NUMAMask", "Does the kernel support NUMA?")],
  [
    243,
    meaning(
      "systemd reads the credentials and puts them into a directory that only the service can read.",
      "LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted ImportCredential",
      "Does each file exist? One with an absolute path must, unless SetCredential= sets a default. Encrypted ones need the key of the machine that encrypted them.",
    ),
  ],
  [
    244,
    meaning(
      "systemd attaches BPF programs.",
      "RestrictFileSystems PrivateBPF BPFProgram",
      "Is `bpf` among the modules in /sys/kernel/security/lsm?",
    ),
  ],
  [245, meaning("systemd enables memory deduplication (KSM).", "MemoryKSM", "Does the kernel support KSM?")],
  [246, meaning("systemd sets how huge pages are used.", "MemoryTHP", SHOW)],
  [
    255,
    meaning(
      "No step uses this status: the program itself exited with 255 or -1.",
      "",
      "See the messages of the program.",
    ),
  ],
]);

function directory(): string {
  return "Is there something else at that path, such as a file, or is the file system read-only or full?";
}
