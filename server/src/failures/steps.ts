import { type Meaning, meaning } from "./meaning.ts";

const SHOW = "The line of the log right before it says what failed.";
const MOUNTS =
  "ReadWritePaths ReadOnlyPaths InaccessiblePaths BindPaths BindReadOnlyPaths ExecPaths NoExecPaths TemporaryFileSystem RootDirectory RootImage MountImages ExtensionImages ExtensionDirectories PrivateTmp PrivateDevices ProtectSystem ProtectHome ProtectKernelTunables ProtectControlGroups ProtectProc ProcSubset MountAPIVFS PrivateUsers PrivatePIDs";

/** What systemd does at each step between fork() and the program, by the status that it ends with where the step fails (systemd 257 to 262). */
export const STEPS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [
    200,
    meaning(
      "systemd changes to WorkingDirectory= with the rights and the view of files that the program will have, so a directory that the sandbox hides is missing.",
      "WorkingDirectory RootDirectory ProtectHome InaccessiblePaths TemporaryFileSystem User DynamicUser",
      "Is the directory there, may User= enter it, and does a setting hide it? A `-` before the path lets it be missing.",
    ),
  ],
  [201, meaning("systemd sets the level of Nice=.", "Nice", "Levels below 0 need rights that a user manager lacks.")],
  [
    202,
    meaning(
      "systemd closes its own files and hands over sockets and those of OpenFile=.",
      "OpenFile FileDescriptorStoreMax Sockets",
      SHOW,
    ),
  ],
  [
    203,
    meaning(
      "systemd runs the program itself: the last step, inside of the whole sandbox.",
      "ExecStart ExecStartPre ProtectHome InaccessiblePaths TemporaryFileSystem NoExecPaths RootDirectory User DynamicUser SystemCallFilter SystemCallArchitectures SELinuxContext AppArmorProfile",
      "“No such file or directory”: the path is wrong, a setting hides it, or the interpreter in its first line is missing. “Permission denied”: it is not executable, User= may not reach it, or NoExecPaths= covers it. “Exec format error”: a script without `#!`, or a program for another processor.",
    ),
  ],
  [204, meaning("systemd needs memory for what it does next.", "LimitAS LimitDATA MemoryMax", SHOW)],
  [
    205,
    meaning(
      "systemd sets the limits of Limit…=.",
      "LimitNOFILE LimitNPROC LimitMEMLOCK LimitRTPRIO LimitNICE LimitCORE LimitAS LimitSTACK LimitFSIZE LimitDATA LimitCPU LimitRSS LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitRTTIME",
      "The log names the resource, such as RLIMIT_NOFILE. Above the hard limit of the manager only root may go, and not in containers without CAP_SYS_RESOURCE.",
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
  [207, meaning("systemd blocks and frees signals.", "IgnoreSIGPIPE", SHOW)],
  [
    208,
    meaning(
      "systemd opens what StandardInput= names.",
      "StandardInput TTYPath StandardInputText StandardInputData",
      "Is the file or terminal there? `file:` opens it outside of the sandbox.",
    ),
  ],
  [
    209,
    meaning(
      "systemd opens what StandardOutput= names: outside of the sandbox, and before it makes the directories of LogsDirectory= and the like.",
      "StandardOutput LogNamespace",
      "Does the directory of the file exist before the unit starts? That of RuntimeDirectory= or LogsDirectory= is too late.",
    ),
  ],
  [
    210,
    meaning(
      "systemd makes the directory of RootDirectory= the root, or mounts RootImage= there.",
      "RootDirectory RootImage RootHash RootVerity",
      "Is the directory there, and is it a whole root file system?",
    ),
  ],
  [
    211,
    meaning(
      "systemd sets the priority for disks.",
      "IOSchedulingClass IOSchedulingPriority",
      "The class `realtime` needs rights that a user manager lacks.",
    ),
  ],
  [212, meaning("systemd sets the precision of timers.", "TimerSlackNSec", SHOW)],
  [
    213,
    meaning(
      "systemd sets the flags that decide what capabilities do.",
      "SecureBits",
      "In a user manager SecureBits= fails here unless PrivateUsers=yes gives it a user namespace, and so it does in a container whose manager lacks CAP_SETPCAP.",
    ),
  ],
  [
    214,
    meaning(
      "systemd sets how the processor is shared out.",
      "CPUSchedulingPolicy CPUSchedulingPriority",
      "`fifo` and `rr` need CAP_SYS_NICE or LimitRTPRIO=, and processor time for real-time tasks in the control group.",
    ),
  ],
  [
    215,
    meaning("systemd chooses the processors.", "CPUAffinity NUMAMask", "Does the machine have all that are listed?"),
  ],
  [
    216,
    meaning(
      "systemd looks up the groups and takes them on.",
      "Group SupplementaryGroups User DynamicUser",
      "Does `getent group NAME` know it? In a user manager User= of somebody else fails here.",
    ),
  ],
  [
    217,
    meaning(
      "systemd looks up the user and takes it on; the user namespace of PrivateUsers= belongs to this step too.",
      "User DynamicUser PrivateUsers",
      "Does `getent passwd NAME` know it? Packages that make a user need to be installed completely. Where namespaces are not allowed, as in some containers, it is PrivateUsers=.",
    ),
  ],
  [
    218,
    meaning(
      "systemd drops and keeps capabilities.",
      "CapabilityBoundingSet AmbientCapabilities",
      "In a user manager these settings fail here unless PrivateUsers=yes gives it a user namespace, and so they do in a container whose manager lacks CAP_SETPCAP or the capability itself.",
    ),
  ],
  [219, meaning("systemd puts the process into its control group.", "Slice Delegate DelegateSubgroup", SHOW)],
  [220, meaning("systemd makes a session of its own for the process.", "StandardInput TTYPath", SHOW)],
  [
    221,
    meaning(
      "systemd asked on the console whether to start it, and the answer was no.",
      "",
      "`systemd.confirm_spawn` on the kernel command line makes it ask.",
    ),
  ],
  [222, meaning("systemd opens what StandardError= names, as it does for StandardOutput=.", "StandardError", SHOW)],
  [
    224,
    meaning(
      "systemd opens a session of PAM.",
      "PAMName User",
      "Is there a file of that name in /etc/pam.d, and what do its modules write to the log?",
    ),
  ],
  [
    225,
    meaning(
      "systemd makes the network namespace, or joins one.",
      "PrivateNetwork NetworkNamespacePath PrivateIPC IPCNamespacePath",
      "Is there a namespace at the path of NetworkNamespacePath=, as `ip netns add` makes it? Containers may forbid new ones.",
    ),
  ],
  [
    226,
    meaning(
      "systemd builds the view of the file system: it mounts, binds and hides what the unit says, and every path without a `-` before it must be there.",
      MOUNTS,
      "The line before it names the path; look it up in the lists of the unit. A path that is missing only at times wants a `-` before it, or a directory that StateDirectory= or the like make. Without a path the kernel or a container does not allow namespaces.",
    ),
  ],
  [227, meaning("systemd forbids new privileges.", "NoNewPrivileges", "Only very old kernels fail here.")],
  [
    228,
    meaning(
      "systemd loads the filters for system calls.",
      "SystemCallFilter SystemCallArchitectures SystemCallLog RestrictNamespaces RestrictRealtime RestrictSUIDSGID MemoryDenyWriteExecute LockPersonality ProtectClock ProtectKernelModules ProtectKernelLogs ProtectHostname PrivateDevices",
      "The line before it names the filter. Is seccomp in the kernel, and does a container allow it?",
    ),
  ],
  [
    229,
    meaning(
      "systemd asks SELinux for the context.",
      "SELinuxContext",
      "Does the policy know it and allow the change? A `-` before it lets it fail.",
    ),
  ],
  [
    230,
    meaning(
      "systemd sets the architecture that the program sees.",
      "Personality LockPersonality",
      "Can this processor run that one?",
    ),
  ],
  [
    231,
    meaning(
      "systemd asks AppArmor for the profile.",
      "AppArmorProfile",
      "Is it loaded (`aa-status`)? A `-` before it lets it be missing.",
    ),
  ],
  [232, meaning("systemd loads the filter for sockets.", "RestrictAddressFamilies", "Is seccomp in the kernel?")],
  [
    233,
    meaning("systemd makes the directories below /run and gives them to User=.", "RuntimeDirectory User", directory()),
  ],
  [235, meaning("systemd gives a socket to SocketUser= and SocketGroup=.", "SocketUser SocketGroup", SHOW)],
  [
    236,
    meaning(
      "systemd sets the label of Smack.",
      "SmackProcessLabel",
      "Is Smack on? A `-` before the label lets it fail.",
    ),
  ],
  [
    237,
    meaning(
      "systemd makes the keyring of the kernel for the unit.",
      "KeyringMode",
      "Containers often forbid it; KeyringMode=inherit leaves the step out.",
    ),
  ],
  [
    238,
    meaning(
      "systemd makes the directories below /var/lib and gives them to User=.",
      "StateDirectory User DynamicUser",
      directory(),
    ),
  ],
  [
    239,
    meaning(
      "systemd makes the directories below /var/cache and gives them to User=.",
      "CacheDirectory User DynamicUser",
      directory(),
    ),
  ],
  [
    240,
    meaning(
      "systemd makes the directories below /var/log and gives them to User=.",
      "LogsDirectory User DynamicUser",
      directory(),
    ),
  ],
  [241, meaning("systemd makes the directories below /etc.", "ConfigurationDirectory", directory())],
  [242, meaning("systemd sets from which nodes memory comes.", "NUMAPolicy NUMAMask", "Is NUMA in the kernel?")],
  [
    243,
    meaning(
      "systemd reads the credentials and puts them into the directory that only the service sees.",
      "LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted ImportCredential",
      "Is each file there? One with an absolute path must be, unless SetCredential= gives a default. Encrypted ones need the key of the machine that made them.",
    ),
  ],
  [
    244,
    meaning(
      "systemd attaches programs of BPF.",
      "RestrictFileSystems PrivateBPF BPFProgram",
      "Is `bpf` among the modules in /sys/kernel/security/lsm?",
    ),
  ],
  [245, meaning("systemd lets the kernel share equal memory.", "MemoryKSM", "Is KSM in the kernel?")],
  [246, meaning("systemd sets how huge pages are used.", "MemoryTHP", SHOW)],
  [
    255,
    meaning(
      "No step has this status: the program itself ended with 255 or -1.",
      "",
      "The messages of the program say more.",
    ),
  ],
]);

function directory(): string {
  return "Does something else stand at that path, such as a file, or is the file system read-only or full?";
}
