import { parseV4 } from "../../address.ts";
import { single } from "../../combine.ts";
import type { Grammar } from "../../grammar.ts";
import { integer } from "../../grammars/numbers/integers.ts";
import { type Quantity, termOf } from "../../grammars/numbers/quantity.ts";
import { issueAt } from "../../piece.ts";
import { about } from "../../wording.ts";
import { amount, UINT16 } from "../general/quantities.ts";
import { MAX32, type NumberRow, numberTypes, range } from "../rows.ts";

const LABELS = 1_048_575;
const VLANS = 4_094;
const NETWORKS = 16_777_215;
const INHERITED = { inherit: "Takes over what the packet inside says." };

const PORT: NumberRow = [1, 65_535];
const VLAN: NumberRow = [0, VLANS];

/** Numbers with their bounds. Those of [Bridge…], [SR-IOV] and [CAN] stand here too. */
const NUMBERS: Readonly<Record<string, NumberRow>> = {
  adActorSysPrio: [1, 65_535],
  adUserPortKey: [0, 1_023],
  bridgeFdbMaxLearned: [0, MAX32, "unset"],
  bridgeIgmpVersion: [2, 3, "unset"],
  bridgePortPriority: [0, 63],
  defaultPortVlanid: [0, VLANS, "invalid", { none: "Frames without a VLAN belong to none." }],
  encapLimit: [0, 255, "invalid", { none: "Without a limit." }],
  erspanHwid: [0, 63, "unset"],
  erspanIndex: [0, LABELS, "unset"],
  erspanVersion: [0, 2, "unset"],
  fdbVlanId: VLAN,
  fdbVxlanVni: [0, NETWORKS],
  flowLabel: [0, LABELS],
  geneveFlowLabel: [0, LABELS],
  geneveTtl: [0, 255, "invalid", INHERITED],
  geneveVni: [0, NETWORKS],
  ipv6Flowlabel: [0, LABELS, "invalid", INHERITED],
  l2tpSessionId: [1, MAX32],
  l2tpTunnelId: [1, MAX32],
  macsecPort: PORT,
  macvlanBroadcastQueueSize: [0, MAX32 - 1, "unset"],
  macvlanBroadcastQueueThreshold: [0, 2 ** 31 - 1, "unset", { no: "Broadcasts are never put off." }],
  mdbVlanId: VLAN,
  vlanid: VLAN,
  vxlanTtl: [0, 255, "invalid", INHERITED],
  wireguardKeepalive: [0, 65_535, "invalid", { off: "Sends nothing to keep the way open." }],
  wireguardListenPort: [1, 65_535, "unset", { auto: "A port that the kernel picks." }],
  wireguardPeerRoutePriority: [0, MAX32, "unset"],
  wireguardRoutePriority: [0, MAX32, "unset"],
};

/** Numbers that say of themselves why they will not do. */
const PKEY: Quantity = {
  form: "a number from 1 to 65535 but 32768, such as `0x8001`",
  measure(piece, into) {
    const number = UINT16.measure(piece, into);
    if (number !== 0n && number !== 0x8000n) return number;
    return issueAt(piece, "value/number", about(piece, "is no partition: 0 and 0x8000 are none"));
  },
};

const KEY = integer({ low: 0n, high: BigInt(MAX32) });

/** Value types of numbers in .netdev files, systemd 257 and 262. */
export const netdevNumberTypes = (): Readonly<Record<string, Grammar | ((argument: string) => Grammar)>> => ({
  ...numberTypes(NUMBERS),
  ipoibPkey: amount("ipoib_pkey", PKEY, "unset"),
  macsecPacketNumber: (argument) => amount("macsec_packet_number", range([argument === "transmit" ? 1 : 0, MAX32])),
  tunnelKey: single(
    "tunnel_key",
    {
      form: "a number of 32 bits, also written like an IPv4 address",
      read(piece, into) {
        if (!parseV4(piece.text)) return termOf(KEY).read(piece, into);
        into.token(piece.from, piece.to, "number");
        return undefined;
      },
    },
    { empty: "invalid", code: "value/number" },
  ),
});
