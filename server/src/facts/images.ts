import { byVersion, thoseIn } from "./version.ts";
import type { DescribedWord } from "./word.ts";

/** What such names stood for. */
const SECONDARY = "The partition of another architecture that the machine runs too, or of any other one.";

/** The partitions that a disk image can have. Follows partition_designator_table, systemd 239 to 262. */
const PARTITIONS: readonly DescribedWord[] = [
  { text: "root", summary: "The root file system, or the only one of an image without partitions." },
  { text: "usr", summary: "What is mounted on `/usr`.", since: 247 },
  { text: "home", summary: "What is mounted on `/home`." },
  { text: "srv", summary: "What is mounted on `/srv`." },
  { text: "esp", summary: "The EFI system partition, from which the firmware boots." },
  { text: "xbootldr", summary: "The partition of the boot loader with more kernels, mounted on `/boot`.", since: 242 },
  { text: "swap", summary: "Swap space." },
  { text: "root-verity", summary: "The hashes that prove the root file system." },
  { text: "usr-verity", summary: "The hashes that prove `/usr`.", since: 247 },
  { text: "root-verity-sig", summary: "The signature of the root hash of the root file system.", since: 250 },
  { text: "usr-verity-sig", summary: "The signature of the root hash of `/usr`.", since: 250 },
  { text: "tmp", summary: "What is mounted on `/var/tmp`.", since: 245 },
  { text: "var", summary: "What is mounted on `/var`.", since: 245 },
  ...["root-secondary", "root-secondary-verity"].map((text) => ({ text, summary: SECONDARY, until: 253 })),
  ...["usr-secondary", "usr-secondary-verity"].map((text) => ({ text, summary: SECONDARY, since: 247, until: 253 })),
  ...["root", "usr"].flatMap((name) =>
    ["other", "other-verity", "secondary-verity-sig", "other-verity-sig"].map((part) => ({
      text: `${name}-${part}`,
      summary: SECONDARY,
      since: 250,
      until: 253,
    })),
  ),
];

/** The partitions that a version knows by name. */
export const partitionsIn = byVersion((version) => thoseIn(PARTITIONS, version));

/** What an image policy can ask of a partition. Follows policy_flag_from_string_one(), systemd 257, and systemd.image-policy(7) of 262. */
export const IMAGE_POLICY_FLAGS: readonly DescribedWord[] = [
  { text: "verity", summary: "It may be used with its hashes checked by dm-verity." },
  { text: "signed", summary: "It may be used where its root hash is signed as well." },
  { text: "encrypted", summary: "It may be used where LUKS encrypts it." },
  {
    text: "encryptedwithintegrity",
    summary: "It may be used if LUKS encrypts it and protects its integrity.",
    since: 258,
  },
  { text: "unprotected", summary: "It may be used with neither hashes nor encryption." },
  { text: "unused", summary: "It may be there, but is not mounted." },
  { text: "absent", summary: "It may be missing." },
  { text: "open", summary: "All of `verity+signed+encrypted+unprotected+unused+absent`." },
  { text: "ignore", summary: "The same as `unused+absent`." },
  { text: "read-only-on", summary: "Its flag for read-only use has to be set." },
  { text: "read-only-off", summary: "Its flag for read-only use has to be missing." },
  { text: "growfs-on", summary: "Its flag for growing the file system has to be set." },
  { text: "growfs-off", summary: "Its flag for growing the file system has to be missing." },
  ...["btrfs", "erofs", "ext4", "f2fs", "squashfs", "vfat", "xfs"].map((text) => ({
    text,
    summary: `It may hold a file system of the type ${text}.`,
    since: 258,
  })),
];
