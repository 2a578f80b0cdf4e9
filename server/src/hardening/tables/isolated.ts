import type { HardeningRow } from "../row.ts";

/** Confinement: an environment that holds only what the program needs. */
export const ISOLATED = [
  {
    directive: "PrivateNetwork",
    tier: "isolated",
    value: "yes",
    title: "A service without network use can reach the network",
    absent: "the service can reach the network, although nothing in the unit needs it",
    weak: { no: "leaves the network accessible, although nothing in the unit needs it" },
    protects: "Prevents connections to an attacker and to other machines.",
    breaks: "All connections fail, including those to abstract sockets and to the kernel's device events.",
    shows: '"Network is unreachable" in the log.',
    page: "systemd.exec(5)",
  },
  {
    directive: "IPAddressDeny",
    tier: "isolated",
    value: "any",
    title: "Every address can be reached",
    absent: "the service can communicate with every address",
    weak: {},
    protects: "Limits connections to the addresses of IPAddressAllow=.",
    breaks: "Every peer that is not listed is blocked, including name servers; a socket unit needs its own lists.",
    shows: "EPERM from sending, and connections that time out.",
    page: "systemd.resource-control(5)",
  },
  {
    directive: "NoExecPaths",
    tier: "isolated",
    value: "/",
    title: "Every file can be executed",
    absent: "the service can execute every file that it finds or writes",
    weak: {},
    protects: "Keeps downloaded or written programs from running.",
    breaks:
      "Helpers, shells and plug-ins outside ExecPaths= do not start, nor do programs that load what they compile.",
    shows: "EACCES from execve(2) or mmap(2), or an exit at start; 203/EXEC for the program itself.",
    page: "systemd.exec(5)",
  },
  {
    directive: "TemporaryFileSystem",
    tier: "isolated",
    value: "/:ro",
    title: "The whole file system is visible",
    absent: "the service sees the whole file system of the host",
    weak: {},
    protects: "Shows the service only the directories that it needs.",
    breaks: "Every file that no Bind*Paths= mounts is missing: configuration, data, time zones, certificates.",
    shows: "ENOENT in the log; 203/EXEC for a missing program or loader; 226/NAMESPACE for a missing source.",
    page: "systemd.exec(5)",
  },
] as const satisfies readonly HardeningRow[];
