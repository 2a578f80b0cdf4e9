import type { DirectiveRows } from "../../row.ts";

/** systemd.exec(5), Paths. */
export const EXEC_PATH_ROWS = {
  WorkingDirectory: {
    summary:
      "Chooses the directory the unit's commands start in; ~ means the home of User= and a leading - tolerates a missing one.",
    type: "workingDirectory",
    default: "/ (home directory in the user manager)",
  },
  RootDirectory: {
    summary: "Confines the unit's commands to a directory tree that they see as /, in the manner of chroot.",
    type: "unitPathPrintfFatal",
    scope: "private-users",
  },
  RootImage: {
    summary: "Runs the unit on the file system of a disk image or block device, mounted as /.",
    type: "unitPathPrintfFatal",
    since: 233,
  },
  RootImageOptions: {
    summary:
      "Passes mount options to the partitions of the RootImage= image, optionally per partition as name:options.",
    type: "rootImageOptions",
    since: 247,
    scope: "system",
  },
  RootImagePolicy: {
    summary:
      "Decides which partitions of RootImage= may be used and what protection (verity, signature, encryption) each needs.",
    type: "imagePolicy",
    since: 254,
  },
  RootHash: {
    summary:
      "Gives the dm-verity root hash, in hex or as a file, against which the contents of RootImage= are checked.",
    type: "execRootHash",
    since: 246,
  },
  RootHashSignature: {
    summary:
      "Supplies the PKCS7 signature of RootHash=, so that only an image signed with a kernel-trusted key is opened.",
    type: "execRootHashSig",
    since: 246,
  },
  RootVerity: {
    summary: "Points to a separate dm-verity data file for a RootImage= that does not carry its own integrity data.",
    type: "unitPathPrintfFatal",
    since: 246,
  },
  RootEphemeral: {
    summary: "Runs the unit on a throw-away copy of its root tree or image that is deleted when it stops.",
    type: "bool",
    since: 254,
    default: "no",
    scope: "system",
  },
  ExtensionDirectories: {
    summary: "Overlays sysext or confext directories read-only over /usr, /opt or /etc as the unit sees them.",
    type: "namespacePathStrv",
    since: 251,
    many: true,
    scope: "private-users",
  },
  ExtensionImages: {
    summary: "Overlays sysext or confext disk images read-only over /usr, /opt or /etc as the unit sees them.",
    type: "extensionImages",
    since: 248,
    many: true,
  },
  ExtensionImagePolicy: {
    summary: "Decides which partitions of ExtensionImages= are accepted and how they have to be protected.",
    type: "imagePolicy",
    since: 254,
    anchor: "RootImagePolicy=",
  },
  MountImages: {
    summary:
      "Mounts disk images at chosen places in the unit's own file system view, written as SOURCE:DESTINATION[:options].",
    type: "mountImages",
    since: 247,
    many: true,
  },
  MountImagePolicy: {
    summary: "Decides which partitions of MountImages= are accepted and how they have to be protected.",
    type: "imagePolicy",
    since: 254,
    anchor: "RootImagePolicy=",
  },
  ProtectProc: {
    summary: "Hides processes of other users from the unit in /proc or blocks access to their details.",
    type: "protectProc",
    since: 247,
    default: "default",
    scope: "system",
  },
  ProcSubset: {
    summary: "Reduces /proc to the process directories with pid, which hides the remaining kernel interfaces there.",
    type: "procSubset",
    since: 247,
    default: "all",
    scope: "system",
  },
  ExecSearchPath: {
    summary:
      "Sets the colon-separated directories in which commands of Exec*= lines without a full path are looked up.",
    type: "colonSeparatedPaths",
    since: 250,
    many: true,
  },
  BindPaths: {
    summary: "Makes host files or directories also appear, writable, at other places in the unit's file system view.",
    type: "bindPaths",
    since: 233,
    many: true,
  },
  BindReadOnlyPaths: {
    summary:
      "Makes host files or directories also appear, write-protected, at other places in the unit's file system view.",
    type: "bindPaths",
    since: 233,
    many: true,
    anchor: "BindPaths=",
  },
  MountAPIVFS: {
    summary: "Provides /proc, /sys, /dev and an empty /run inside a changed root such as RootDirectory=.",
    type: { 0: "bool", 248: "tristate" },
    since: 233,
  },
  BindLogSockets: {
    summary: "Makes the journal's sockets available inside the unit's mount namespace, so that logging works there.",
    type: "tristate",
    since: 257,
  },
  RootMStack: {
    summary: "Builds the root file system of the unit from an .mstack/ directory of overlayfs layers and bind mounts.",
    type: "unitPathPrintfFatal",
    since: 260,
  },
} as const satisfies DirectiveRows;
