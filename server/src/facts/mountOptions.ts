import type { DescribedWord } from "./word.ts";

/** Options of mount(8); where a name ends in `=`, a value follows. */
const COMMON: readonly DescribedWord[] = [
  { text: "ro", summary: "Nothing can be written." },
  { text: "rw", summary: "Files can be written." },
  { text: "nosuid", summary: "Programs get no user, group or capabilities from their file." },
  { text: "suid", summary: "Programs may get the user, group and capabilities of their file." },
  { text: "nodev", summary: "Device nodes do not work." },
  { text: "dev", summary: "Device nodes work." },
  { text: "noexec", summary: "No program can be started from here." },
  { text: "exec", summary: "Programs can be started from here." },
  { text: "noatime", summary: "Reading does not change the time of last access." },
  { text: "relatime", summary: "Reading changes the time of last access only where it is old." },
  { text: "strictatime", summary: "Each reading changes the time of last access." },
  { text: "nostrictatime", summary: "The kernel's default for the time of last access holds." },
  { text: "nodiratime", summary: "Reading a folder does not change its time of last access." },
  { text: "lazytime", summary: "Times are kept in memory and written later." },
  { text: "sync", summary: "Each write waits for the disk." },
  { text: "nosymfollow", summary: "Symbolic links are not followed." },
];

/** What a tmpfs takes. */
export const TMPFS_OPTIONS: readonly DescribedWord[] = [
  { text: "size=", summary: "The most that it may hold, such as `10M` or `20%` of the memory." },
  { text: "mode=", summary: "The mode of its root folder in octal digits, such as `0755`." },
  { text: "nr_inodes=", summary: "The most files, such as `10k`." },
  { text: "nr_blocks=", summary: "The most pages of memory." },
  { text: "uid=", summary: "The number of the user to whom its root folder belongs." },
  { text: "gid=", summary: "The number of the group to which its root folder belongs." },
  { text: "huge=", summary: "Whether it uses huge pages: `never`, `always`, `within_size` or `advise`." },
  { text: "noswap", summary: "It is never swapped out." },
  ...COMMON,
];

/** What the file system of an image may take. */
export const IMAGE_OPTIONS: readonly DescribedWord[] = [
  ...COMMON,
  { text: "discard", summary: "Freed blocks are given back to the device." },
  { text: "nodiscard", summary: "Freed blocks are not given back to the device." },
  { text: "norecovery", summary: "The journal of the file system is not replayed." },
  { text: "errors=remount-ro", summary: "An error of the file system makes it read-only." },
  { text: "subvol=", summary: "The subvolume of btrfs to mount." },
  { text: "compress=", summary: "The compression of btrfs, such as `zstd`." },
];
