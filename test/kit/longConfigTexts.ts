/** The text of a file that has `size` of something. */
type Shape = (size: number) => string;

const lines = (size: number, line: (i: number) => string): string =>
  Array.from({ length: size }, (_, i) => `${line(i)}\n`).join("");

const byte = (i: number, shift = 0): number => (i >> shift) & 255;

/** A network with `size` sections or lines after what it matches. */
const network =
  (line: (i: number) => string, begin = ""): Shape =>
  (size) =>
    `[Match]\nName=eth0\n${begin}${lines(size, line)}`;

const device =
  (kind: string, line: (i: number) => string): Shape =>
  (size) =>
    `[NetDev]\nName=x0\nKind=${kind}\n${lines(size, line)}`;

const container =
  (line: (i: number) => string): Shape =>
  (size) =>
    `[Container]\nImage=docker.io/library/app\n${lines(size, line)}`;

/** Configuration files and quadlets that are long in one way each, by their paths, and of each path by what there is much of. */
export const LONG_CONFIG_TEXTS: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  "/etc/systemd/network/10-x.network": {
    addresses: network((i) => `[Address]\nAddress=10.${byte(i, 16)}.${byte(i, 8)}.${byte(i)}/24`),
    "addresses of one section": network((i) => `Address=10.0.${byte(i, 8)}.${byte(i)}/24`, "[Network]\n"),
    routes: network((i) => `[Route]\nDestination=10.${byte(i, 8)}.${byte(i)}.0/24\nGateway=10.0.0.${byte(i)}`),
    "gateways of addresses": network(
      (i) => `[Address]\nAddress=10.${byte(i, 8)}.${byte(i)}.1/24\n[Route]\nGateway=11.${byte(i, 8)}.${byte(i)}.2`,
    ),
    "routes that are the same": network(() => "[Route]\nDestination=10.0.0.0/24\nGateway=10.0.0.1"),
    "routes that are ignored": network(() => "[Route]\nGatewayOnLink=yes"),
    rules: network((i) => `[RoutingPolicyRule]\nFrom=10.0.${byte(i, 8)}.${byte(i)}\nTable=${i + 1}`),
    servers: network((i) => `DNS=10.0.${byte(i, 8)}.${byte(i)}`, "[Network]\n"),
    devices: network((i) => `VLAN=v${i}`, "[Network]\n"),
    hosts: network((i) => `[BridgeFDB]\nMACAddress=00:11:22:33:${byte(i, 8).toString(16)}:${byte(i).toString(16)}`),
    leases: network((i) => `[DHCPServerStaticLease]\nMACAddress=00:11:22:33:44:55\nAddress=10.0.0.${byte(i)}`),
    neighbours: network((i) => `[Neighbor]\nAddress=10.0.0.${byte(i)}\nLinkLayerAddress=00:11:22:33:44:55`),
    prefixes: network((i) => `[IPv6Prefix]\nPrefix=2001:db8:${i.toString(16)}::/64`),
    classes: network((i) => `[HierarchyTokenBucketClass]\nClassId=1:${i + 1}\nRate=1M`),
    "unknown settings": network((i) => `Own${i}=x`, "[Network]\n"),
    "unknown sections": network((i) => `[Own${i}]\nA=b`),
    "wrong values": network(() => "DHCP=perhaps", "[Network]\n"),
  },
  "/etc/systemd/network/10-x.netdev": {
    peers: device(
      "wireguard",
      (i) => `[WireGuardPeer]\nPublicKey=${btoa(`${i}`.padEnd(32, "x"))}\nAllowedIPs=10.0.${byte(i, 8)}.${byte(i)}/32`,
    ),
    sessions: device("l2tp", (i) => `[L2TPSession]\nName=s${i}\nSessionId=${i + 1}\nPeerSessionId=1`),
    channels: device("macsec", (i) => `[MACsecReceiveChannel]\nPort=${i + 1}\nMACAddress=00:11:22:33:44:55`),
  },
  "/etc/systemd/network/10-x.link": {
    names: (size) => `[Match]\nOriginalName=*\n[Link]\n${lines(size, (i) => `AlternativeName=a${i}`)}`,
    functions: (size) => `[Match]\nOriginalName=*\n${lines(size, (i) => `[SR-IOV]\nVirtualFunction=${i}`)}`,
  },
  "/etc/systemd/nspawn/x.nspawn": {
    binds: (size) => `[Files]\n${lines(size, (i) => `Bind=/a${i}:/b${i}`)}`,
    ports: (size) => `[Network]\n${lines(size, (i) => `Port=tcp:${i + 1}`)}`,
    variables: (size) => `[Exec]\n${lines(size, (i) => `Environment=A${i}=x`)}`,
  },
  "/etc/systemd/journald.conf": {
    "values that are overridden": (size) => `[Journal]\n${lines(size, (i) => `SystemMaxUse=${i}M`)}`,
  },
  "/usr/lib/repart.d/10-x.conf": {
    "files to copy": (size) => `[Partition]\nType=root\n${lines(size, (i) => `CopyFiles=/a${i}:/b${i}`)}`,
  },
  "/etc/containers/systemd/x.container": {
    volumes: container((i) => `Volume=/a${i}:/b${i}`),
    "named volumes": container((i) => `Volume=v${i}.volume:/b${i}`),
    mounts: container((i) => `Mount=type=bind,source=/a${i},target=/b${i}`),
    ports: container((i) => `PublishPort=${i + 1}:80`),
    variables: container((i) => `Environment=A${i}=x`),
    labels: container((i) => `Label=a${i}=x`),
    networks: container((i) => `Network=n${i}.network`),
    capabilities: container((i) => (i % 2 ? "AddCapability=CAP_CHOWN" : "DropCapability=all")),
    secrets: container((i) => `Secret=s${i}`),
    arguments: container((i) => `PodmanArgs=--x=${i}`),
    "unknown keys": container((i) => `Own${i}=x`),
    "mapped users": container((i) => `UIDMap=${i}:${i}:1`),
    "one long command": (size) => `${container(() => "")(0)}Exec=${"a ".repeat(size)}\n`,
    "lines of its service": (size) =>
      `${container(() => "")(0)}[Service]\n${lines(size, (i) => `Environment=A${i}=x`)}`,
  },
  "/etc/containers/systemd/x.pod": { volumes: (size) => `[Pod]\n${lines(size, (i) => `Volume=/a${i}:/b${i}`)}` },
  "/etc/containers/systemd/x.kube": {
    files: (size) => `[Kube]\nYaml=a.yaml\n${lines(size, (i) => `ConfigMap=a${i}.yaml`)}`,
  },
  "/etc/containers/systemd/x.network": {
    subnets: (size) => `[Network]\n${lines(size, (i) => `Subnet=10.0.${byte(i)}.0/24\nGateway=10.0.${byte(i)}.1`)}`,
  },
  "/etc/containers/systemd/x.quadlets": {
    parts: (size) => lines(size, (i) => `# FileName=a${i}\n[Container]\nImage=docker.io/library/app\n---`),
  },
  "/etc/systemd/system/x.service.j2": {
    conditions: (size) =>
      `[Service]\nExecStart=/usr/bin/x\n${lines(size, (i) => `{% if a${i} %}\nUser=x\n{% endif %}`)}`,
    "conditions inside of others": (size) =>
      `[Service]\nExecStart=/usr/bin/x\n${"{% if a %}\n".repeat(size)}User=x\n${"{% endif %}\n".repeat(size)}`,
    placeholders: (size) => `[Service]\nExecStart=/usr/bin/x\n${lines(size, (i) => `Environment=A{{ x${i} }}=b`)}`,
    "placeholders in paths": (size) =>
      `[Service]\nExecStart=/usr/bin/x\n${lines(size, (i) => `ReadWritePaths=/srv/{{ x${i} }}`)}`,
    "tags of one line": (size) => `[Service]\nExecStart=/usr/bin/x ${"{{ a }} ".repeat(size)}\n`,
  },
};
