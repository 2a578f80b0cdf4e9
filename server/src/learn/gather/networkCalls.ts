import { elementsOf, fieldOf, type LoggedCall } from "../log/call.ts";
import { flagsOf, numberArg, quotedText } from "../log/values.ts";
import { checkFile, WRITE } from "./accessRights.ts";
import { type CallReader, namedPath, type Scene, wants } from "./scene.ts";
import { touch } from "./touch.ts";

interface SocketAddress {
  readonly family: string;
  readonly address: string;
  readonly port: number | undefined;
  /** The quoted path of a Unix socket in the file system. */
  readonly path: string | undefined;
}

const QUOTED = /"[^"]*"/;
const NUMBER = /\((\d+)\)/;

const MAX_PORT = 65535;

/** An address as `{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}`. */
function socketAddress(text: string | undefined): SocketAddress | undefined {
  if (text === undefined || !text.startsWith("{")) return undefined;
  const family = fieldOf(text, "sa_family");
  if (family === undefined) return undefined;
  if (family === "AF_UNIX") {
    const path = fieldOf(text, "sun_path");
    if (path === undefined) return undefined;
    const name = quotedText(path.startsWith("@") ? path.slice(1) : path) ?? "";
    if (path.startsWith("@")) return { family, address: `@${name}`, port: undefined, path: undefined };
    return { family, address: name, port: undefined, path };
  }
  const parts = elementsOf(text);
  const port = NUMBER.exec(parts.find((part) => /^sin6?_port=/.test(part)) ?? "")?.[1];
  const address = QUOTED.exec(parts.find((part) => /^(?:sin_addr=|inet_pton\()/.test(part)) ?? "")?.[0].slice(1, -1);
  return { family, address: address ?? "", port: Number(port) <= MAX_PORT ? Number(port) : undefined, path: undefined };
}

const LAST_PRIVILEGED_PORT = 1023;

function bind(call: LoggedCall, scene: Scene): void {
  const address = socketAddress(call.args[1]);
  if (address === undefined) return;
  const real = reach(call, scene, address, "bind");
  if (call.result.error !== undefined) return;
  note(scene, "listen", address, real);
  const { port } = address;
  if (port !== undefined && port > 0 && port <= LAST_PRIVILEGED_PORT) {
    wants(scene, "CAP_NET_BIND_SERVICE", `bind to port ${port}`);
  }
  if (address.family === "AF_NETLINK" && /nl_groups=(?!0+[,}])/.test(call.args[1] ?? "") && isAudit(call)) {
    wants(scene, "CAP_AUDIT_READ", "listen to the audit log");
  }
}

function connect(call: LoggedCall, scene: Scene, text: string | undefined): void {
  const address = socketAddress(text);
  if (address === undefined || address.family === "AF_UNSPEC") return;
  const real = reach(call, scene, address, "connect");
  const begun = call.result.error === "EINPROGRESS" || call.result.error === undefined;
  if (begun && address.family !== "AF_NETLINK") note(scene, "connect", address, real);
}

/** The socket in the file system, if it is one. */
function reach(call: LoggedCall, scene: Scene, address: SocketAddress, use: "bind" | "connect"): string | undefined {
  if (address.path === undefined) return undefined;
  const real = touch(call, scene, namedPath(scene, address.path), [use]);
  if (real !== undefined && use === "connect") checkFile(call, scene, real, WRITE);
  return real;
}

function note(scene: Scene, use: "listen" | "connect", address: SocketAddress, real: string | undefined): void {
  const { family, port } = address;
  if (address.address === "" || family === "AF_NETLINK") return;
  scene.notes.address({ use, family, address: real ?? address.address, port });
}

function socket(call: LoggedCall, scene: Scene): void {
  const [family = "", type, protocol = ""] = call.args;
  if (call.result.error !== undefined) return;
  scene.notes.count("families", family);
  const raw = flagsOf(type).includes("SOCK_RAW") && (family === "AF_INET" || family === "AF_INET6");
  if (raw || family === "AF_PACKET") wants(scene, "CAP_NET_RAW", `open a raw socket of ${family}`);
  if (family === "AF_NETLINK" && protocol === "NETLINK_NETFILTER") {
    wants(scene, "CAP_NET_ADMIN", "talk to the packet filter of the kernel");
  }
}

/** Options for which the kernel asks a capability; that of SO_PRIORITY only above 6. */
const OPTIONS = new Map<string, string>(
  Object.entries({
    SO_SNDBUFFORCE: "CAP_NET_ADMIN",
    SO_RCVBUFFORCE: "CAP_NET_ADMIN",
    SO_MARK: "CAP_NET_ADMIN",
    SO_DEBUG: "CAP_NET_ADMIN",
    SO_BINDTODEVICE: "CAP_NET_RAW",
    SO_ATTACH_REUSEPORT_EBPF: "CAP_SYS_ADMIN",
    IP_TRANSPARENT: "CAP_NET_ADMIN",
    IPV6_TRANSPARENT: "CAP_NET_ADMIN",
    IPT_SO_SET_REPLACE: "CAP_NET_ADMIN",
    TCP_REPAIR: "CAP_NET_ADMIN",
  }),
);

function setOption(call: LoggedCall, scene: Scene): void {
  const [, , option = "", value = ""] = call.args;
  if (call.result.error !== undefined) return;
  if (option === "SO_PASSCRED") scene.notes.count("marks", "peer-credentials");
  const priority = option === "SO_PRIORITY" && numberArg(value.slice(1, -1)) > 6;
  const wanted = priority ? "CAP_NET_ADMIN" : OPTIONS.get(option);
  if (wanted !== undefined) wants(scene, wanted, `set ${option}`);
}

function getOption(call: LoggedCall, scene: Scene): void {
  if (call.result.error !== undefined) return;
  if (/^SO_PEER(?:CRED|GROUPS|PIDFD)$/.test(call.args[2] ?? "")) scene.notes.count("marks", "peer-credentials");
}

/** What a message changes in the network, by the type that strace reads out of it. */
function message(call: LoggedCall, scene: Scene, body: string): void {
  if (call.result.error !== undefined) return;
  if (body.includes("SCM_CREDENTIALS")) scene.notes.count("marks", "peer-credentials");
  const type = /nlmsg_type=([A-Z0-9_]+)/.exec(body)?.[1];
  if (type === undefined) return;
  if (/^RTM_(?:NEW|DEL|SET)/.test(type) || type.startsWith("XFRM_MSG_")) {
    wants(scene, "CAP_NET_ADMIN", `send ${type} to the kernel`);
  }
  if (/^AUDIT_(?:USER|FIRST_USER_MSG)/.test(type) || /^AUDIT_(?:TRUSTED_APP|LOGIN)$/.test(type)) {
    wants(scene, "CAP_AUDIT_WRITE", `send ${type} to the audit log`);
  } else if (type.startsWith("AUDIT_") && type !== "AUDIT_GET") {
    wants(scene, "CAP_AUDIT_CONTROL", `send ${type} to the kernel`);
  }
}

const isAudit = (call: LoggedCall): boolean => /AUDIT/.test(call.args[0] ?? "");

/** Calls about sockets. */
export const NETWORK_CALLS: Readonly<Record<string, CallReader>> = {
  socket,
  bind,
  connect: (call, scene) => connect(call, scene, call.args[1]),
  sendto: (call, scene) => {
    message(call, scene, call.args[1] ?? "");
    connect(call, scene, call.args[4]);
  },
  sendmsg: (call, scene) => {
    const [, body = ""] = call.args;
    message(call, scene, body);
    connect(call, scene, fieldOf(body, "msg_name"));
  },
  sendmmsg: (call, scene) => {
    for (const part of elementsOf(call.args[1] ?? "")) {
      const body = fieldOf(part, "msg_hdr") ?? "";
      message(call, scene, body);
      connect(call, scene, fieldOf(body, "msg_name"));
    }
  },
  setsockopt: setOption,
  getsockopt: getOption,
};
