import type { Enumeration } from "../valueType.ts";
import { switchSet, wordSet } from "./wordSet.ts";

/** How a socket behaves. */
export const SOCKET_ENUMERATIONS = {
  socketBind: wordSet(
    "socket_bind",
    {
      both: "Accepts IPv4 connections too on an IPv6 address.",
      "ipv6-only": "Accepts no IPv4 connections on an IPv6 address.",
      default: "Follows the kernel's net.ipv6.bindv6only, which is usually off.",
    },
    { boolean: { yes: "ipv6-only", no: "both" } },
  ),

  socketTimestamping: wordSet(
    "socket_timestamping",
    {
      ns: { summary: "Adds a receive timestamp in nanoseconds.", synonyms: ["nsec"] },
      us: {
        summary: "Adds a receive timestamp in microseconds.",
        synonyms: ["usec", "\u00b5s"],
        // The Greek letter; the last version seen without it is 249.
        newSynonym: { text: "\u03bcs", since: 250 },
      },
      off: "Adds no receive timestamp.",
    },
    { boolean: { yes: "ns", no: "off" } },
  ),

  /** The name or the number of an IP protocol, of which only a few are taken. */
  socketProtocol: wordSet(
    "socket_protocol",
    {
      mptcp: { summary: "Uses Multipath TCP, one connection over several paths.", number: 262, since: 257 },
      sctp: { summary: "Uses SCTP, messages in several streams.", number: 132 },
      udplite: { summary: "Uses UDP-Lite, which also delivers damaged packets.", number: 136 },
    },
    {
      numbers: [
        { low: 132, high: 132 },
        { low: 136, high: 136 },
        { low: 262, high: 262, since: 257 },
      ],
      anyCase: true,
    },
  ),

  socketDeferTrigger: switchSet("socket_defer_trigger", {
    yes: "Waits for queued jobs and fails if units still conflict with the service.",
    patient: "Waits up to DeferTriggerMaxSec= for conflicts to be resolved.",
    no: "Starts the service at once and stops units that conflict with it.",
  }),

  ipTos: wordSet(
    "ip_tos",
    {
      "low-delay": { summary: "Asks routers for low latency.", number: 16 },
      throughput: { summary: "Asks routers for bandwidth.", number: 8 },
      reliability: { summary: "Asks routers for reliability.", number: 4 },
      "low-cost": { summary: "Asks routers for the cheapest path.", number: 2 },
    },
    { numbers: [{ low: 0, high: 255 }], empty: "unset" },
  ),
} as const satisfies Record<string, Enumeration>;
