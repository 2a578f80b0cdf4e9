import type { ConfigObject } from "./objects.ts";

/** What sections of a device that may come several times need: each time one of some settings. Follows their …_verify(), systemd 257 and 262. */
const NEEDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  L2TPSession: [["Name"], ["SessionId"], ["PeerSessionId"]],
  MACsecReceiveChannel: [["MACAddress"], ["Port"]],
  MACsecReceiveAssociation: [["Key", "KeyFile"], ["MACAddress"], ["Port"]],
  MACsecTransmitAssociation: [["PacketNumber"], ["Key", "KeyFile"]],
  WireGuardPeer: [["PublicKey", "PublicKeyFile"]],
};

/** Why a section of a device counts for nothing; `name` is that of the device. */
export function refusedDeviceSection(object: ConfigObject, name: string | undefined): string | undefined {
  const lacks = NEEDS[object.name]?.find((keys) => keys.every((it) => object.value(it) === undefined));
  if (lacks) return `has no ${lacks.map((it) => `${it}=`).join(" or ")}`;
  return object.name === "L2TPSession" && object.value("Name") === name
    ? "has the name of the tunnel itself as Name="
    : undefined;
}
