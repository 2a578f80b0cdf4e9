import type { DescribedWord } from "./word.ts";
/** Where a BPF program of a unit can be attached. Follows bpf_cgroup_attach_type_table, systemd 257 to 262. */
export const BPF_ATTACH_TYPES: readonly DescribedWord[] = [
  { text: "ingress", summary: "Sees each packet that arrives." },
  { text: "egress", summary: "Sees each packet that leaves." },
  { text: "sock_create", summary: "Called when an internet socket is created." },
  { text: "sock_ops", summary: "Called for events of TCP connections." },
  { text: "device", summary: "Called before a device is opened or created." },
  { text: "bind4", summary: "Called before a socket gets an IPv4 address." },
  { text: "bind6", summary: "Called before a socket gets an IPv6 address." },
  { text: "connect4", summary: "Called before a connection over IPv4." },
  { text: "connect6", summary: "Called before a connection over IPv6." },
  { text: "post_bind4", summary: "Asked after a socket got an IPv4 address." },
  { text: "post_bind6", summary: "Asked after a socket got an IPv6 address." },
  { text: "sendmsg4", summary: "Called before a datagram goes out over IPv4." },
  { text: "sendmsg6", summary: "Called before a datagram goes out over IPv6." },
  { text: "sysctl", summary: "Called when a setting of the kernel is read or written." },
  { text: "recvmsg4", summary: "Sees from where a datagram came over IPv4." },
  { text: "recvmsg6", summary: "Sees from where a datagram came over IPv6." },
  { text: "getsockopt", summary: "Called when an option of a socket is read." },
  { text: "setsockopt", summary: "Called when an option of a socket is set." },
];
