import type { DescribedWord } from "./word.ts";
/** The kinds of namespaces in the order of their bits in a mask. Follows namespace_info, systemd 257 to 262. */
export const NAMESPACE_KINDS: readonly DescribedWord[] = [
  { text: "cgroup", summary: "Another root of the control group tree." },
  { text: "ipc", summary: "System V IPC objects and POSIX message queues of its own." },
  { text: "net", summary: "Network interfaces, addresses, routes and ports of its own." },
  { text: "mnt", summary: "Mounts of its own." },
  { text: "pid", summary: "Process IDs of its own." },
  { text: "user", summary: "User and group IDs of its own, and capabilities that count only inside." },
  { text: "uts", summary: "A host name of its own." },
  { text: "time", summary: "Monotonic and boot clocks of its own." },
];
