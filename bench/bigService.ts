/** Lines that a service may repeat, most of them with a number of their own. */
const LINES: readonly ((i: number) => string)[] = [
  (i) => `Environment=VAR_${i}=value-${i}`,
  (i) => `ReadWritePaths=/var/lib/app-${i}`,
  (i) => `# comment line number ${i}: nothing to see`,
  (i) => `ExecStartPre=/usr/bin/install -d -m 0750 /run/app/${i}`,
  (i) => `BindReadOnlyPaths=/etc/app-${i}.conf`,
  () => "SystemCallFilter=~@clock @debug @module",
  (i) => `ExecStartPre=/bin/sh -c 'echo step ${i}; \\\n    true'`,
  (i) => `LogExtraFields=APP_STEP=${i}`,
  (i) => `SupplementaryGroups=grp${i}`,
  (i) => `IPAddressAllow=10.${i % 250}.0.0/16`,
];

const HEAD = [
  "[Unit]",
  "Description=Synthetic service",
  "After=network-online.target",
  "",
  "[Service]",
  "Type=notify",
  "ExecStart=/usr/bin/app --config /etc/app.conf",
  "Restart=on-failure",
  "User=app",
  "ProtectSystem=strict",
  "NoNewPrivileges=yes",
];

/** The text of a service with at least so many lines. */
export function bigService(lines: number): string {
  const all = [...HEAD];
  for (let i = 0; all.length < lines; i++) all.push(...(LINES[i % LINES.length]?.(i) ?? "").split("\n"));
  return `${all.join("\n")}\n`;
}
