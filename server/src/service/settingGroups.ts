/** The headings under which a hardened unit lists its settings, each with its directives in their order. */
export const GROUPS = [
  {
    heading: "File system",
    directives: `
      ProtectSystem ProtectHome PrivateTmp ReadWritePaths ReadOnlyPaths InaccessiblePaths TemporaryFileSystem BindPaths
      BindReadOnlyPaths MountAPIVFS NoExecPaths ExecPaths RootDirectory PrivateMounts StateDirectory CacheDirectory
      LogsDirectory RuntimeDirectory ConfigurationDirectory UMask LoadCredential`,
  },
  {
    heading: "Devices and kernel",
    directives: `
      PrivateDevices DevicePolicy DeviceAllow ProtectHostname ProtectClock ProtectKernelTunables ProtectKernelModules
      ProtectKernelLogs ProtectControlGroups ProtectProc ProcSubset PrivateBPF`,
  },
  {
    heading: "Privileges",
    directives: `
      DynamicUser NoNewPrivileges CapabilityBoundingSet AmbientCapabilities SecureBits PrivateUsers RestrictSUIDSGID
      RestrictNamespaces RestrictRealtime LockPersonality MemoryDenyWriteExecute PrivatePIDs PrivateIPC RemoveIPC`,
  },
  {
    heading: "System calls",
    directives: "SystemCallArchitectures SystemCallFilter SystemCallErrorNumber SystemCallLog RestrictFileSystems",
  },
  {
    heading: "Network",
    directives: `
      RestrictAddressFamilies PrivateNetwork IPAddressDeny IPAddressAllow SocketBindDeny SocketBindAllow
      RestrictNetworkInterfaces`,
  },
].map(({ heading, directives }) => ({ heading, directives: directives.trim().split(/\s+/) }));

/** The heading of a directive, the last one for what stands nowhere, and its place in the whole list. */
export function headingOf(name: string): { readonly heading: string; readonly rank: number } {
  const rank = ORDER.indexOf(name);
  const group = GROUPS.find((it) => it.directives.includes(name));
  return { heading: group?.heading ?? "Other restrictions", rank: rank < 0 ? ORDER.length : rank };
}

const ORDER: readonly string[] = GROUPS.flatMap((it) => it.directives);
