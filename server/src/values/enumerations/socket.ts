import type { Enumeration } from "../valueType.ts";

/** How a socket behaves. */
export const SOCKET_ENUMERATIONS = {
  socketBind: {
    kind: "enumeration",
    routine: "config_parse_socket_bind",
    boolean: { yes: "ipv6-only", no: "both" },
    members: [
      { value: "both", summary: "Accepts IPv4 connections too on an IPv6 address." },
      { value: "ipv6-only", summary: "Accepts no IPv4 connections on an IPv6 address." },
      { value: "default", summary: "Follows the kernel's net.ipv6.bindv6only, which is usually off." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  socketTimestamping: {
    kind: "enumeration",
    routine: "config_parse_socket_timestamping",
    boolean: { yes: "ns", no: "off" },
    members: [
      { value: "ns", summary: "Adds a receive timestamp in nanoseconds.", synonyms: ["nsec"] },
      { value: "us", summary: "Adds a receive timestamp in microseconds.", synonyms: ["usec", "µs", "μs"] },
      { value: "off", summary: "Adds no receive timestamp." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /** The name or the number of an IP protocol, of which only three are taken. */
  socketProtocol: {
    kind: "enumeration",
    routine: "config_parse_socket_protocol",
    members: [
      { value: "mptcp", summary: "Uses Multipath TCP, one connection over several paths.", number: 262 },
      { value: "sctp", summary: "Uses SCTP, messages in several streams.", number: 132 },
      { value: "udplite", summary: "Uses UDP-Lite, which also delivers damaged packets.", number: 136 },
    ],
    numbers: [
      { low: 132, high: 132 },
      { low: 136, high: 136 },
      { low: 262, high: 262 },
    ],
    anyCase: true,
    empty: "invalid",
    invalid: "dropped",
  },

  socketDeferTrigger: {
    kind: "enumeration",
    routine: "config_parse_socket_defer_trigger",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Waits for queued jobs and fails if units still conflict with the service." },
      { value: "patient", summary: "Waits up to DeferTriggerMaxSec= for conflicts to be resolved." },
      { value: "no", summary: "Starts the service at once and stops units that conflict with it." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  ipTos: {
    kind: "enumeration",
    routine: "config_parse_ip_tos",
    members: [
      { value: "low-delay", summary: "Asks routers for low latency.", number: 16 },
      { value: "throughput", summary: "Asks routers for bandwidth.", number: 8 },
      { value: "reliability", summary: "Asks routers for reliability.", number: 4 },
      { value: "low-cost", summary: "Asks routers for the cheapest path.", number: 2 },
    ],
    numbers: [{ low: 0, high: 255 }],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
