/** The groups of file systems that RestrictFileSystems= knows. Follows filesystem_sets, systemd 257 to 262. */
export const FILE_SYSTEM_GROUPS: readonly {
  readonly text: string;
  readonly summary: string;
  readonly members: readonly string[];
}[] = [
  group(
    "@basic-api",
    "The kernel's interfaces that almost every program needs",
    "cgroup cgroup2 devpts devtmpfs mqueue proc sysfs",
  ),
  group("@anonymous", "Behind pipes, sockets and other descriptors without a path", "anon_inodefs pipefs sockfs"),
  group("@application", "For automounts, FUSE and overlays", "autofs fuse overlay"),
  group(
    "@auxiliary-api",
    "Further interfaces of the kernel",
    "binfmt_misc configfs efivarfs fusectl hugetlbfs rpc_pipefs securityfs",
  ),
  group(
    "@common-block",
    "On disks and images that are in use today",
    "btrfs erofs exfat ext4 f2fs iso9660 ntfs3 squashfs udf vfat xfs",
  ),
  group("@historical-block", "On disks of the past", "ext2 ext3 minix"),
  group("@network", "Over the network", "afs ceph cifs gfs gfs2 ncp ncpfs nfs nfs4 ocfs2 orangefs pvfs2 smb3 smbfs"),
  group("@privileged-api", "Interfaces of the kernel for privileged programs", "bpf debugfs pstore tracefs"),
  group("@security", "Interfaces of security modules", "apparmorfs selinuxfs smackfs"),
  group("@temporary", "In memory, gone after a reboot", "ramfs tmpfs"),
  group("@known", "All file systems that systemd knows by name", ""),
];

function group(text: string, summary: string, members: string): (typeof FILE_SYSTEM_GROUPS)[number] {
  return { text, summary: `${summary}.`, members: members === "" ? [] : members.split(" ") };
}
