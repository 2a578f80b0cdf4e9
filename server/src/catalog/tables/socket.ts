import { type DirectiveRows, sharing } from "../row.ts";

/** systemd.socket(5). */
export const SOCKET_ROWS = {
  ListenStream: {
    summary:
      "Opens a stream socket (TCP, AF_UNIX or vsock) at the given path, port or address and starts the service on traffic.",
    type: "socketListenAddress",
    many: true,
  },
  ListenDatagram: {
    summary:
      "Opens a datagram socket (UDP, AF_UNIX or vsock) at the given path, port or address for socket activation.",
    type: "socketListenAddress",
    many: true,
    anchor: "ListenStream=",
  },
  ListenSequentialPacket: {
    summary:
      "Opens a SOCK_SEQPACKET socket, which keeps message boundaries on a reliable connection; not usable with IP addresses.",
    type: "socketListenSequentialPacket",
    many: true,
    anchor: "ListenStream=",
  },
  ListenFIFO: {
    summary: "Creates a named pipe at the given absolute path and starts the service when something is written to it.",
    type: "socketListenFifo",
    many: true,
  },
  ListenNetlink: {
    summary:
      'Subscribes to a kernel Netlink family, given by name with an optional multicast group number, such as "kobject-uevent 1".',
    type: "socketListenNetlink",
    many: true,
  },
  ListenSpecial: {
    summary: "Watches a character device or a special file below /proc/ or /sys/; read-only unless Writable= is on.",
    type: "socketListenSpecial",
    many: true,
  },
  ListenMessageQueue: {
    summary:
      "Creates the POSIX message queue with the given name, which starts with a slash, and waits for messages in it.",
    type: "socketListenPath",
    many: true,
  },
  ListenUSBFunction: {
    summary:
      "Opens ep0 of a FunctionFS mount for a USB gadget; also set USBFunctionDescriptors= and USBFunctionStrings=.",
    type: "socketListenPath",
    since: 227,
    many: true,
  },
  SocketProtocol: {
    summary: "Replaces the usual TCP or UDP of the socket by UDP-Lite, SCTP or Multipath TCP.",
    type: "socketProtocol",
    since: 229,
  },
  BindIPv6Only: {
    summary:
      'Decides if IPv6 sockets serve IPv4 clients as well; "default" leaves the choice to the bindv6only sysctl.',
    type: "socketBind",
    default: "default",
  },
  Backlog: {
    summary:
      "Limits the queue of connections waiting to be accepted; the kernel cuts the number down to net.core.somaxconn.",
    type: "unsigned",
    default: "4294967295",
  },
  BindToDevice: {
    summary: "Restricts the socket to traffic of one network interface and makes the unit depend on that device.",
    type: "socketBindtodevice",
  },
  ...sharing({ type: "exec", many: true })({
    ExecStartPre: {
      summary: "Runs preparatory commands before the sockets are created and bound; a failing one aborts the start.",
    },
    ExecStartPost: {
      summary: "Runs commands once the sockets are bound and listening.",
      anchor: "ExecStartPre=",
    },
    ExecStopPre: {
      summary:
        "Runs these commands while the socket unit stops, at a point where its sockets and FIFOs are still open.",
    },
    ExecStopPost: {
      summary: "Runs clean-up commands after the sockets were closed and removed.",
      anchor: "ExecStopPre=",
    },
  }),
  TimeoutSec: {
    summary: "Limits how many seconds each Exec command of the socket unit may take.",
    type: "secFix0",
    default: "90s (DefaultTimeoutStartSec=)",
  },
  SocketUser: {
    summary: "Sets the owning user of the AF_UNIX sockets, FIFOs and message queues that the unit creates on disk.",
    type: "userGroupCompat",
    since: 214,
    default: "root (system); the calling user (user manager)",
  },
  SocketGroup: {
    summary:
      "Sets the owning group of created socket nodes, FIFOs and queues; falls back to the primary group of SocketUser=.",
    type: "groupCompat",
    since: 214,
    default: "root (system); the user's group (user manager)",
    anchor: "SocketUser=",
  },
  SocketMode: {
    summary:
      "Sets the octal permission bits of the created socket node, FIFO or message queue, and so who can connect to it.",
    type: "mode",
    default: "0666",
  },
  DirectoryMode: {
    summary: "Sets the octal permissions of parent directories that systemd creates for socket files.",
    type: "mode",
    default: "0755",
  },
  Accept: {
    summary:
      "Starts a separate instance of a template service per connection (yes) or passes the listening sockets to one service (no).",
    type: "bool",
    default: "no",
  },
  FlushPending: {
    summary: "Discards queued data and waiting connections once the triggered service has exited; needs Accept=no.",
    type: "bool",
    since: 247,
    default: "no",
  },
  Writable: {
    summary: "Opens the file of ListenSpecial= for reading and writing instead of reading only.",
    type: "bool",
    since: 227,
    default: "no",
  },
  MaxConnections: {
    summary:
      "Caps the number of service instances running at once with Accept=yes; connections above the cap are refused.",
    type: "unsigned",
    default: "64",
  },
  MaxConnectionsPerSource: {
    summary:
      "Caps the parallel connections of one client, told apart by IP address, vsock CID or local UID; 0 means no cap.",
    type: "unsigned",
    since: 232,
    default: "0",
  },
  KeepAlive: {
    summary:
      "Turns on TCP keep-alive for accepted connections, so that vanished peers are detected after long silence.",
    type: "bool",
    default: "no",
  },
  KeepAliveTimeSec: {
    summary: "Sets how many seconds a TCP connection may be silent until the first keep-alive probe goes out.",
    type: "sec",
    since: 216,
    default: "7200s",
  },
  KeepAliveIntervalSec: {
    summary: "Sets the pause in seconds from one TCP keep-alive probe to the next; of use only with KeepAlive=yes.",
    type: "sec",
    since: 216,
    default: "75s",
  },
  KeepAliveProbes: {
    summary: "Sets how many keep-alive probes may stay unanswered until the TCP connection counts as broken.",
    type: "unsigned",
    since: 216,
    default: "9",
  },
  DeferAcceptSec: {
    summary:
      "Wakes the service only when the client has sent data, waiting about this many seconds; good for HTTP-like protocols.",
    type: "sec",
    since: 216,
  },
  NoDelay: {
    summary: "Turns off Nagle's algorithm, so small TCP writes leave at once rather than being bundled.",
    type: "bool",
    since: 216,
    default: "no",
  },
  Priority: { summary: "Sets SO_PRIORITY, the queueing priority of all packets that the sockets send.", type: "int" },
  ReceiveBuffer: {
    summary:
      "Sets the kernel buffer for incoming data of the socket (SO_RCVBUF) in bytes; K, M and G multiply by 1024.",
    type: "iecSize",
  },
  SendBuffer: {
    summary:
      "Sets the kernel buffer for outgoing data of the socket (SO_SNDBUF) in bytes; K, M and G multiply by 1024.",
    type: "iecSize",
    anchor: "ReceiveBuffer=",
  },
  IPTOS: {
    summary: "Sets the Type-of-Service byte of outgoing IP packets, as a number or a keyword such as low-delay.",
    type: "ipTos",
  },
  IPTTL: {
    summary: "Sets how many hops outgoing packets may travel: the TTL with IPv4, the hop limit with IPv6.",
    type: "int",
  },
  Mark: {
    summary:
      "Tags outgoing packets of the socket with a firewall mark (SO_MARK) that filter and routing rules can match.",
    type: "int",
  },
  PipeSize: {
    summary: "Sets the capacity in bytes of the kernel pipe of ListenFIFO=; K, M and G multiply by 1024.",
    type: "iecSize",
  },
  ...sharing({ type: "bool", default: "no" })({
    FreeBind: {
      summary:
        "Allows binding to an IP address that no interface has yet, so the socket can start ahead of the network.",
    },
    Transparent: {
      summary: "Sets IP_TRANSPARENT on the socket, as needed by transparent proxies that answer for foreign addresses.",
    },
    Broadcast: { summary: "Permits the socket to send datagrams to broadcast addresses (SO_BROADCAST)." },
    PassCredentials: {
      summary: "Adds the PID, UID and GID of the sender to messages received on AF_UNIX sockets (SO_PASSCRED).",
    },
    PassFileDescriptorsToExec: {
      summary: "Passes the sockets of the unit to its own ExecStartPost=, ExecStopPre= and ExecStopPost= commands too.",
      since: 256,
    },
    PassSecurity: {
      summary: "Adds the LSM label of the sender, e.g. SELinux, to messages received on AF_UNIX sockets (SO_PASSSEC).",
    },
    PassPacketInfo: {
      summary:
        "Allows the service to receive metadata with each packet, such as the interface and destination address (IP_PKTINFO).",
      since: 246,
    },
  }),
  Timestamping: {
    summary: "Attaches the arrival time to received packets, in microseconds (us) or nanoseconds (ns).",
    type: "socketTimestamping",
    since: 247,
    default: "off",
  },
  TCPCongestion: {
    summary: "Selects the TCP congestion control algorithm of a stream socket, for example cubic or reno.",
    type: "string",
  },
  ReusePort: {
    summary:
      "Allows several sockets to share the same TCP or UDP port (SO_REUSEPORT), e.g. to spread load across processes.",
    type: "bool",
    since: 206,
  },
  MessageQueueMaxMessages: {
    summary: "Sets how many messages a created POSIX queue can hold; must be combined with MessageQueueMessageSize=.",
    type: "long",
    anchor: "MessageQueueMaxMessages=, MessageQueueMessageSize=",
  },
  MessageQueueMessageSize: {
    summary:
      "Sets the largest message of a created POSIX queue in bytes; must be combined with MessageQueueMaxMessages=.",
    type: { 0: "long", 258: "iecSizeLong" },
    anchor: "MessageQueueMaxMessages=, MessageQueueMessageSize=",
  },
  RemoveOnStop: {
    summary:
      "Deletes the socket nodes, FIFOs, message queues and Symlinks= of the unit when it stops; rarely advisable.",
    type: "bool",
    since: 214,
    default: "no",
  },
  Symlinks: {
    summary:
      "Creates alias links to the one AF_UNIX socket or FIFO of the unit; a link that fails does not stop the unit.",
    type: "unitPathStrvPrintf",
    since: 214,
    many: true,
  },
  FileDescriptorName: {
    summary: "Labels the passed file descriptors, so the service can tell them apart with sd_listen_fds_with_names().",
    type: "fdname",
    since: 227,
    default: "unit name with .socket; connection (Accept=yes)",
  },
  Service: {
    summary:
      "Names the service to start on traffic if it is not called like the socket unit; forbidden with Accept=yes.",
    type: "socketService",
    default: "the service with the name of the socket",
  },
  TriggerLimitIntervalSec: {
    summary: "Sets the time window in which TriggerLimitBurst= counts activations of the socket; 0 lifts the limit.",
    type: "sec",
    since: 230,
    default: "2s",
  },
  TriggerLimitBurst: {
    summary: "Sets how many activations fit in TriggerLimitIntervalSec=; one more puts the socket in a failed state.",
    type: "unsigned",
    since: 230,
    default: "200 with Accept=yes, else 20",
    anchor: "TriggerLimitIntervalSec=",
  },
  PollLimitIntervalSec: {
    summary:
      "Sets the time window of PollLimitBurst=, which briefly slows down a flooded socket without failing it; 0 disables it.",
    type: "sec",
    since: 255,
    default: "2s",
  },
  PollLimitBurst: {
    summary:
      "Sets how many poll events per listening descriptor fit in PollLimitIntervalSec= until polling pauses for a while.",
    type: "unsigned",
    since: 255,
    default: "150 (Accept=yes), 15 otherwise",
    anchor: "PollLimitIntervalSec=",
  },
  SmackLabel: {
    summary: "Sets the SMACK label (security.SMACK64) of a FIFO that the socket unit creates.",
    type: "unitStringPrintf",
    since: 196,
  },
  SmackLabelIPIn: {
    summary: "Sets the SMACK label used to check incoming traffic of the socket (security.SMACK64IPIN).",
    type: "unitStringPrintf",
    since: 196,
    anchor: "SmackLabel=",
  },
  SmackLabelIPOut: {
    summary: "Sets the SMACK label put on outgoing traffic of the socket (security.SMACK64IPOUT).",
    type: "unitStringPrintf",
    since: 196,
    anchor: "SmackLabel=",
  },
  SELinuxContextFromNet: {
    summary: "Takes the SELinux level of the started service from the network peer; only useful with MLS/MCS policies.",
    type: "bool",
    since: 217,
    default: "no",
  },
  PassPIDFD: {
    summary:
      "Adds a pidfd of the sender to messages received on AF_UNIX sockets (SO_PASSPIDFD), safe against PID reuse.",
    type: "bool",
    since: 258,
    default: "no",
  },
  AcceptFileDescriptors: {
    summary: 'Lets peers send file descriptors over AF_UNIX sockets; "no" blocks SCM_RIGHTS messages.',
    type: "bool",
    since: 258,
    default: "yes",
  },
  DeferTrigger: {
    summary:
      "Delays the start of the service while running units conflict with it, so they are not stopped; needs Accept=no.",
    type: "socketDeferTrigger",
    since: 258,
    default: "no",
  },
  DeferTriggerMaxSec: {
    summary:
      "Limits in seconds how long DeferTrigger= may put off the start until the socket unit fails; 0 means no limit.",
    type: "secFix0",
    since: 258,
    default: "infinity",
  },
  ...sharing({ type: "xattr", since: 262, many: true })({
    XAttrEntryPoint: {
      summary:
        "Sets a user.* extended attribute on the file system node of an AF_UNIX socket, so that tools can find it.",
    },
    XAttrListen: {
      summary: "Sets a user.* extended attribute on the listening socket itself rather than on its file system node.",
      anchor: "XAttrEntryPoint=",
    },
    XAttrAccept: {
      summary: "Sets a user.* extended attribute on each accepted connection socket; only matters with Accept=yes.",
      anchor: "XAttrEntryPoint=",
    },
  }),
} as const satisfies DirectiveRows;
