import { type DirectiveRows, sharing } from "../row.ts";

/** systemd.mount(5). */
export const MOUNT_ROWS = {
  What: {
    summary: "Names the device, file or other source to mount, by path or in a form such as UUID=…; required.",
    type: "mountNode",
  },
  Where: {
    summary: "Sets the absolute path of the mount point; required, and the unit file must be named after it.",
    type: "unitPathPrintf",
  },
  Options: {
    summary: "Lists the mount options, separated by commas, as in the fourth field of fstab.",
    type: "unitStringPrintf",
  },
  Type: {
    summary: "Names the file system type to mount, such as ext4 or nfs; without it the kernel's tools guess.",
    type: "unitStringPrintf",
  },
  TimeoutSec: {
    summary: "Limits how many seconds the mount command may take.",
    type: "secFix0",
    default: "90s (DefaultTimeoutStartSec=)",
  },
  DirectoryMode: {
    summary: "Sets the octal permissions of the mount point if systemd has to create it.",
    type: "mode",
    default: "0755",
  },
  ...sharing({ type: "bool", default: "no" })({
    SloppyOptions: {
      summary: "Ignores entries of Options= that the file system does not know instead of failing, like mount -s.",
      since: 215,
    },
    LazyUnmount: {
      summary:
        "Detaches the file system immediately on unmount and finishes the cleanup when it is no longer used, like umount -l.",
      since: 232,
    },
    ForceUnmount: {
      summary: "Unmounts by force, which helps with an NFS server that no longer responds, like umount -f.",
      since: 232,
    },
    ReadWriteOnly: {
      summary: "Makes the mount fail when it cannot be writable, rather than falling back to read-only, like mount -w.",
      since: 246,
    },
  }),
} as const satisfies DirectiveRows;
