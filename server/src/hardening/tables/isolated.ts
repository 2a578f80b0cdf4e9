import type { HardeningRow } from "../row.ts";

/** Confinement: an environment that holds only what the program needs. */
export const ISOLATED = [
  {
    directive: "PrivateNetwork",
    tier: "isolated",
    value: "yes",
    title: "A service without network use can reach the network",
    absent: "the service can reach the network, although nothing in the unit shows that it must",
    weak: { no: "leaves the network open, although nothing in the unit shows that it must be" },
    protects: "Leaves no way to call home or to attack other machines.",
    breaks: "All connections end, also those to abstract sockets and to the kernel's device events.",
    shows: '"Network is unreachable" in the log.',
    page: "systemd.exec(5)",
  },
  {
    directive: "IPAddressDeny",
    tier: "isolated",
    value: "any",
    title: "Every address can be reached",
    absent: "the service can talk to every address",
    weak: {},
    protects: "Limits connections to the addresses of IPAddressAllow=.",
    breaks: "Every peer that is not listed is cut off, name servers too; a socket unit needs lists of its own.",
    shows: "EPERM from sending, and connections that time out.",
    page: "systemd.resource-control(5)",
  },
  {
    directive: "NoExecPaths",
    tier: "isolated",
    value: "/",
    title: "Every file can be executed",
    absent: "the service can execute whatever it finds or writes",
    weak: {},
    protects: "Keeps downloaded or written programs from running.",
    breaks:
      "Helpers, shells and plug-ins outside of ExecPaths= do not start, nor do programs that load what they compile.",
    shows: "EACCES from execve(2) or mmap(2), or an exit at the start; 203/EXEC for the program itself.",
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
    breaks: "Every file that no Bind*Paths= brings in is missing: configuration, data, time zones, certificates.",
    shows: "ENOENT in the log; 203/EXEC for a missing program or loader; 226/NAMESPACE for a missing source.",
    page: "systemd.exec(5)",
  },
] as const satisfies readonly HardeningRow[];
