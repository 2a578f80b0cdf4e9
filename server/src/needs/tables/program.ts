import { type NeedRow, WITHOUT } from "../needRow.ts";

/** What services need for their own work: code, directories, the network, rights and what they share. */
export const PROGRAM_NEEDS = {
  "compiled-code": {
    needs: "compiles code while it runs",
    no: "compiles no code while it runs",
    meaning:
      "Makes machine code in memory while it runs, as Java, Node.js, .NET, browsers and LuaJIT do, or loads a library that does.",
    signs: { marks: { "writable-executable": "writable and executable memory was seen" } },
    decides: { MemoryDenyWriteExecute: WITHOUT },
  },
  "written-programs": {
    needs: "runs programs that it has written",
    no: "runs no programs that it has written",
    meaning: "Runs programs, plugins or libraries that it downloaded, unpacked or compiled itself.",
    decides: { NoExecPaths: WITHOUT },
  },
  "foreign-programs": {
    needs: "runs programs for another architecture",
    no: "runs no programs for another architecture",
    meaning: "Runs programs for 32 bits, or for other processors or systems.",
    signs: {
      marks: { personality: "changes the execution domain", abi: "runs programs of another architecture" },
    },
    decides: { SystemCallArchitectures: WITHOUT, LockPersonality: WITHOUT },
  },
  writes: {
    needs: "writes outside of its own directories",
    no: "writes nothing outside of its own directories",
    meaning: "Writes elsewhere than in directories of its own below /var and /run and in /tmp.",
    detail: "path",
    decides: { ProtectSystem: { value: "strict", line: "ReadWritePaths=-*" } },
  },
  network: {
    needs: "uses the network",
    no: "uses no network",
    meaning: "Talks to other machines, or to services of this one over IP.",
    detail: "address",
    decides: { PrivateNetwork: WITHOUT, IPAddressDeny: { value: "any", line: "IPAddressAllow=*" } },
  },
  ports: {
    needs: "opens ports of the network",
    no: "opens no ports of the network",
    meaning: "Waits for others on ports of TCP or UDP, or takes one that is free, as clients of UDP may.",
    detail: "port",
    decides: { PrivateNetwork: WITHOUT, SocketBindDeny: { value: "any", line: "SocketBindAllow=*" } },
  },
  "network-settings": {
    needs: "changes the network of the machine",
    no: "changes nothing of the network of the machine",
    meaning: "Sets up interfaces, routes, tunnels or rules of the firewall.",
    signs: { capabilities: ["CAP_NET_ADMIN"] },
    decides: { CapabilityBoundingSet: { adds: "CAP_NET_ADMIN" }, PrivateNetwork: WITHOUT, PrivateUsers: WITHOUT },
  },
  "raw-sockets": {
    needs: "sends or captures raw packets",
    no: "sends and captures no raw packets",
    meaning: "Sends or captures packets below TCP and UDP, as DHCP, pings and packet filters do.",
    signs: { capabilities: ["CAP_NET_RAW"] },
    decides: {
      RestrictAddressFamilies: { adds: "AF_PACKET" },
      CapabilityBoundingSet: { adds: "CAP_NET_RAW" },
      PrivateUsers: WITHOUT,
      DynamicUser: WITHOUT,
    },
  },
  "address-families": {
    needs: "opens other sockets than those of IP and this machine",
    no: "opens no other sockets than those of IP and this machine",
    meaning:
      "Opens sockets of other families than AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, such as those for Bluetooth or CAN.",
    detail: "family",
    decides: { RestrictAddressFamilies: { adds: "*" } },
  },
  capabilities: {
    needs: "needs rights of root",
    no: "needs no rights of root",
    meaning: "Needs capabilities of root, whoever it runs as.",
    detail: "capability",
    decides: { CapabilityBoundingSet: { adds: "*" } },
  },
  "system-calls": {
    needs: "makes unusual system calls",
    no: "makes no unusual system calls",
    meaning: "Makes system calls beyond @system-service.",
    detail: "call",
    decides: { SystemCallFilter: { adds: "*" } },
  },
  realtime: {
    needs: "asks for realtime priority",
    no: "asks for no realtime priority",
    meaning: "Runs with realtime priority, as sound and control of machines do.",
    signs: { marks: { realtime: "asks for realtime scheduling" } },
    decides: { RestrictRealtime: WITHOUT, CapabilityBoundingSet: { adds: "CAP_SYS_NICE" } },
  },
  "shared-memory": {
    needs: "shares memory with other services",
    no: "shares no memory with other services",
    meaning:
      "Shares System V or POSIX memory, semaphores or queues with other services, or runs as a user that others run as.",
    signs: {
      uses: ["/dev/mqueue"],
      marks: { ipc: "uses System V IPC or message queues, which other programs may share" },
    },
    decides: { RemoveIPC: WITHOUT },
  },
  "shared-files": {
    needs: "makes files that other users open",
    no: "makes no files that other users open",
    meaning: "Makes files, directories or sockets that users outside of its group open.",
    decides: { UMask: WITHOUT },
  },
  "other-users": {
    needs: "works with files of other users",
    no: "has nothing to do with files of other users",
    meaning: "Changes owners, switches users, or needs to tell apart who other users are.",
    signs: { callGroup: "@chown", marks: { "peer-credentials": "asks who its peers are" } },
    decides: { PrivateUsers: WITHOUT },
  },
  bpf: {
    needs: "shares BPF programs",
    no: "shares no BPF programs",
    meaning: "Shares BPF programs or maps with others through /sys/fs/bpf.",
    signs: { capabilities: ["CAP_BPF"] },
    decides: { PrivateBPF: WITHOUT },
  },
} as const satisfies Readonly<Record<string, NeedRow>>;
