import type { ConfigKind } from "../facts/configKinds.ts";

/**
 * The settings of a section that people write most, by how often the collected files have them and how the manual's examples
 * go; all others follow in the order of systemd's tables. Both kinds of `system.conf` are one.
 */
const USUAL: Readonly<Partial<Record<ConfigKind, Readonly<Record<string, string>>>>> = {
  network: {
    Match: "Name MACAddress Type Driver Kind Path WLANInterfaceType SSID Host",
    Link: "RequiredForOnline MTUBytes MACAddress Unmanaged ActivationPolicy RequiredFamilyForOnline",
    Network:
      "DHCP Address Gateway DNS Domains NTP Bridge Bond VLAN VRF MACVLAN IPVLAN VXLAN Tunnel IPv6AcceptRA LinkLocalAddressing IPMasquerade IPv4Forwarding IPv6Forwarding DHCPServer IPv6SendRA DHCPPrefixDelegation MulticastDNS LLMNR DNSSEC DNSOverTLS LLDP EmitLLDP IPv6PrivacyExtensions ConfigureWithoutCarrier Description",
    Address: "Address Peer Label AddPrefixRoute DuplicateAddressDetection Scope",
    Route: "Gateway Destination Metric Table Source PreferredSource Scope GatewayOnLink Type NextHop",
    RoutingPolicyRule: "Table Priority From To IncomingInterface OutgoingInterface FirewallMark Family",
    DHCPv4: "UseDNS UseRoutes RouteMetric UseDomains UseHostname SendHostname Hostname ClientIdentifier UseNTP UseMTU",
    DHCPv6: "UseDNS UseAddress WithoutRA UseDelegatedPrefix PrefixDelegationHint UseDomains",
    IPv6AcceptRA: "UseDNS UseDomains Token DHCPv6Client RouteMetric UseGateway",
    DHCPServer:
      "PoolOffset PoolSize DNS EmitDNS EmitRouter NTP ServerAddress DefaultLeaseTimeSec MaxLeaseTimeSec Router",
    DHCPPrefixDelegation: "SubnetId UplinkInterface Announce Token Assign",
    IPv6SendRA: "EmitDNS DNS EmitDomains Domains Managed OtherInformation RouterPreference UplinkInterface",
    Neighbor: "Address LinkLayerAddress",
    NextHop: "Id Gateway Family Group",
    BridgeVLAN: "VLAN PVID EgressUntagged",
    QDisc: "Parent Handle",
    CAKE: "Bandwidth OverheadBytes AutoRateIngress",
  },
  netdev: {
    NetDev: "Name Kind Description MTUBytes MACAddress",
    VLAN: "Id Protocol",
    Bond: "Mode MIIMonitorSec TransmitHashPolicy LACPTransmitRate MinLinks UpDelaySec DownDelaySec",
    Bridge: "STP VLANFiltering DefaultPVID Priority ForwardDelaySec MulticastSnooping MulticastQuerier",
    Tunnel: "Local Remote TTL Key Independent",
    VXLAN: "VNI Local Remote Group DestinationPort MacLearning Independent",
    VRF: "Table",
    WireGuard: "PrivateKeyFile ListenPort RouteTable RouteMetric FirewallMark",
    WireGuardPeer: "PublicKey AllowedIPs Endpoint PersistentKeepalive PresharedKeyFile RouteTable",
    Peer: "Name MACAddress",
  },
  link: {
    Match: "MACAddress PermanentMACAddress OriginalName Path Driver Type Property",
    Link: "Name NamePolicy MACAddressPolicy MACAddress MTUBytes WakeOnLan AlternativeName AlternativeNamesPolicy Description",
  },
  nspawn: {
    Exec: "Boot PrivateUsers Parameters User Environment Capability DropCapability NoNewPrivileges SystemCallFilter Hostname LinkJournal NotifyReady",
    Files: "Bind BindReadOnly ReadOnly Volatile TemporaryFileSystem PrivateUsersOwnership Overlay",
    Network: "VirtualEthernet Bridge Zone Port Private VirtualEthernetExtra MACVLAN IPVLAN Interface",
  },
  repart: {
    Partition:
      "Type Format Label SizeMinBytes SizeMaxBytes Weight CopyFiles MakeDirectories MountPoint Encrypt Minimize GrowFileSystem UUID Priority",
  },
  "journald.conf": {
    Journal:
      "Storage SystemMaxUse SystemKeepFree SystemMaxFileSize RuntimeMaxUse MaxRetentionSec MaxFileSec Compress Seal RateLimitIntervalSec RateLimitBurst ForwardToSyslog MaxLevelStore SyncIntervalSec SplitMode",
  },
  "logind.conf": {
    Login:
      "HandleLidSwitch HandleLidSwitchExternalPower HandleLidSwitchDocked HandlePowerKey IdleAction IdleActionSec KillUserProcesses UserStopDelaySec RuntimeDirectorySize NAutoVTs RemoveIPC",
  },
  "resolved.conf": {
    Resolve: "DNS FallbackDNS Domains DNSSEC DNSOverTLS MulticastDNS LLMNR Cache DNSStubListener",
  },
  "timesyncd.conf": { Time: "NTP FallbackNTP PollIntervalMinSec PollIntervalMaxSec" },
  "coredump.conf": { Coredump: "Storage MaxUse KeepFree ProcessSizeMax ExternalSizeMax Compress" },
  "sleep.conf": { Sleep: "AllowSuspend AllowHibernation HibernateDelaySec SuspendState" },
  "system.conf": {
    Manager:
      "DefaultTimeoutStartSec DefaultTimeoutStopSec DefaultLimitNOFILE DefaultLimitCORE DefaultEnvironment DefaultTasksMax RuntimeWatchdogSec DefaultMemoryAccounting LogLevel",
  },
};

/** The names of a section, the usual ones first. */
export function inUsualOrder(kind: ConfigKind, section: string, names: readonly string[]): readonly string[] {
  const usual = USUAL[kind === "user.conf" ? "system.conf" : kind]?.[section]?.split(" ") ?? [];
  return [...usual.filter((it) => names.includes(it)), ...names.filter((it) => !usual.includes(it))];
}
