/** What may stop working under values that are gentler than those that the tables speak of, and by what comes along. */
export const GENTLER_BREAKS: Readonly<Record<string, string>> = {
  "ProtectSystem=full": "Files below /usr, /boot, /efi and /etc cannot be written.",
  "ProtectHome=read-only": "Files below /home, /root and /run/user cannot be written.",
  "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK":
    "Programs that need other sockets, such as AF_PACKET or AF_BLUETOOTH, cannot open them.",
  "SystemCallFilter=~@resources": "Limits and priorities cannot be set, which daemons of the distribution did without.",
  "SystemCallFilter=~@privileged @resources": "Limits, priorities and the owners of files cannot be set.",
  "ReadOnlyPaths=/run": "Keeps /run read-only: the added settings would make it writable again.",
  "SystemCallErrorNumber=EPERM": "A program may continue after a denied call instead of being killed.",
};
