const NAMES =
  "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service " +
  "net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin " +
  "sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override " +
  "mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore";

/** The capabilities of Linux 5.9 and later in their usual spelling (`CAP_CHOWN`); the index is the number. */
export const CAPABILITIES: readonly string[] = NAMES.split(" ").map((name) => `CAP_${name.toUpperCase()}`);

/** The highest number that a set can hold, as systemd's 64-bit masks count (CAP_LIMIT, systemd 257 to 262). */
export const CAPABILITY_LIMIT = 62;
