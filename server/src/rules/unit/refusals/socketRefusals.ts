import type { RefusalRule } from "./refusalRule.ts";

const page = "systemd.socket(5)";
const path = "x.socket";

/** Follows socket_verify(), systemd 257 to 262. */
export const SOCKET_REFUSALS: readonly RefusalRule[] = [
  {
    code: "accept-without-connections",
    title: "Accept=yes on an address without connections",
    why: "Accept=yes starts a service for each connection, but datagram sockets, FIFOs and other nodes have none; systemd refuses a socket unit that listens on one of them.",
    page,
    bad: { path, text: "[Socket]\nListenDatagram=514\nAccept=yes\n" },
    good: { path, text: "[Socket]\nListenStream=514\nAccept=yes\n" },
    blame: ["Accept"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "no-connections",
    title: "MaxConnections=0",
    why: "Zero does not mean unlimited: systemd refuses the unit, even where the limit has no effect because of Accept=no.",
    page,
    bad: { path, text: "[Socket]\nListenStream=80\nAccept=yes\nMaxConnections=0\n" },
    good: { path, text: "[Socket]\nListenStream=80\nAccept=yes\nMaxConnections=100\n" },
    blame: ["MaxConnections"],
  },
  {
    code: "accept-service",
    title: "Service= with Accept=yes",
    why: "Each connection starts an instance of the template that has the name of the socket; systemd refuses the unit if Service= names another.",
    page,
    bad: { path, text: "[Socket]\nListenStream=80\nAccept=yes\nService=y.service\n" },
    good: { path, text: "[Socket]\nListenStream=80\nService=y.service\n" },
    blame: ["Service", "Accept"],
  },
  {
    code: "accept-deferred",
    title: "DeferTrigger= with Accept=yes",
    why: "Only the start of a single service can be deferred; systemd refuses DeferTrigger= if each connection starts its own service.",
    page,
    bad: { path, text: "[Socket]\nListenStream=80\nAccept=yes\nDeferTrigger=yes\n" },
    good: { path, text: "[Socket]\nListenStream=80\nDeferTrigger=yes\n" },
    blame: ["DeferTrigger", "Accept"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "symlink-target",
    title: "Symlinks= without exactly one path",
    why: "The links point to the one socket or FIFO in the file system that the unit listens on; systemd refuses the unit if there is none or more than one.",
    page,
    bad: { path, text: "[Socket]\nListenStream=80\nSymlinks=/run/x.sock\n" },
    good: { path, text: "[Socket]\nListenStream=/run/y.sock\nSymlinks=/run/x.sock\n" },
    blame: ["Symlinks"],
  },
];
