import type { ValueRules } from "../../findings/valueRule.ts";

const service = (line: string): { text: string } => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the values of grammars/pathGrammars.ts. */
export const PATH_RULES = {
  "value/path": {
    title: "Invalid path",
    why: "Most paths must begin with a slash, those of StateDirectory= and similar settings must not, and none may contain ..; systemd ignores an invalid path, or refuses the unit if its root, working directory or PID file depends on it.",
    page: "systemd.syntax(7)",
    bad: service("ReadWritePaths=var/lib/app"),
    good: service("ReadWritePaths=/var/lib/app"),
  },
  "value/directory": {
    title: "Invalid directory of a service",
    why: "The name private is reserved for the directories of dynamic users, only ro is allowed after the second colon, and a configuration directory has no symlink; systemd ignores anything else.",
    page: "systemd.exec(5)",
    bad: service("StateDirectory=app:link:rw"),
    good: service("StateDirectory=app:link:ro"),
  },
  "value/mount": {
    title: "Invalid mount",
    why: "Source, target and options are separated by colons, and options of a partition follow its name; systemd ignores a mount or options that it cannot read.",
    page: "systemd.exec(5)",
    bad: service("BindPaths=/srv/data:/data:recursive"),
    good: service("BindPaths=/srv/data:/data:rbind"),
  },
  "value/image-policy": {
    title: "Invalid image policy",
    why: "A policy is a list of partitions with required flags; systemd refuses a unit whose policy it cannot read, and since 258 ignores partitions and flags that it does not know.",
    page: "systemd.image-policy(7)",
    bad: service("RootImage=/srv/root.raw\nRootImagePolicy=root"),
    good: service("RootImage=/srv/root.raw\nRootImagePolicy=root=verity+signed"),
  },
  "value/root-hash": {
    title: "Invalid root hash or signature",
    why: "A root hash has at least 32 hexadecimal digits, its signature is Base64 after base64:, and either may be the path of a file; systemd ignores anything else.",
    page: "systemd.exec(5)",
    bad: service("RootImage=/srv/root.raw\nRootHash=4f2d"),
    good: service("RootImage=/srv/root.raw\nRootHash=4f2d8c1e0b6a47935d10e2f8a9b3c471"),
  },
  "value/open-file": {
    title: "Invalid file to open",
    why: "The path, the descriptor name and the options are separated by colons; systemd ignores the line if one of them is invalid.",
    page: "systemd.service(5)",
    bad: service("OpenFile=/etc/app.conf:config:readonly"),
    good: service("OpenFile=/etc/app.conf:config:read-only"),
  },
  "value/device": {
    title: "Invalid device or access rights",
    why: "A device is a path below /dev, or char- or block- with the name of a driver; its rights consist of r, w and m. systemd ignores anything else, and the service gets no access.",
    page: "systemd.resource-control(5)",
    bad: service("DeviceAllow=/dev/fuse rwx"),
    good: service("DeviceAllow=/dev/fuse rw"),
  },
  "value/bpf-program": {
    title: "Invalid BPF program",
    why: "The value is an attachment type, a colon and the absolute path of a pinned program; systemd ignores anything else.",
    page: "systemd.resource-control(5)",
    bad: service("BPFProgram=in:/sys/fs/bpf/filter"),
    good: service("BPFProgram=ingress:/sys/fs/bpf/filter"),
  },
} as const satisfies ValueRules;
