/**
 * What daemons need that start as root, for files, users, ports and limits (tried on the daemons of the proving ground): none
 * of it changes the network, the clock, mounts, modules or other processes' memory.
 */
export const ROOT_CAPABILITIES: readonly string[] = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_SYS_CHROOT",
  "CAP_SYS_RESOURCE",
  "CAP_AUDIT_WRITE",
];
