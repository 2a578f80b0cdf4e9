/** Names of tools by what they do that a setting may take away; as a service's own program or one that a command of it runs. */
export const TOOL_NAMES = {
  /** Become another user, with rights that their file has. */
  becoming: /^(?:sudo|su|doas|runuser|pkexec)$/,
  /** Have a capability of their file, or need it. */
  pinging: /^(?:ping6?|fping6?|mtr)$/,
  /** Gain the rights of another user or group for one task. */
  gaining: /^(?:sendmail|mailx?|s-nail|newgrp|passwd|crontab|at)$/,
  /** Make namespaces, or enter them. */
  parting: /^(?:unshare|nsenter|bwrap|lsns|newuidmap)$/,
  /** Set realtime priority. */
  scheduling: /^(?:chrt|schedtool)$/,
  /** Set the host name. */
  naming: /^(?:hostname|(?:nis|yp)?domainname|sethostname)$/,
  /** Read the log of the kernel. */
  logging: /^dmesg$/,
} as const;
