import type { DescribedWord } from "./word.ts";
/** The kinds of namespaces in the order of their bits in a mask. Follows namespace_info, systemd 257 to 262. */
export const NAMESPACE_KINDS: readonly DescribedWord[] = [
  { text: "cgroup", summary: "Another root of the control group tree." },
  { text: "ipc", summary: "Its own System V IPC objects and POSIX message queues." },
  { text: "net", summary: "Its own network interfaces, addresses, routes and ports." },
  { text: "mnt", summary: "Its own mounts." },
  { text: "pid", summary: "Its own process IDs." },
  { text: "user", summary: "Its own user and group IDs, and capabilities that apply only inside." },
  { text: "uts", summary: "Its own host name." },
  { text: "time", summary: "Its own monotonic and boot clocks.", since: 252 },
];
