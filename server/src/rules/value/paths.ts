import type { Rule } from "../rule.ts";
import { valueRule } from "../valueRule.ts";

const service = (line: string): { text: string } => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the values of grammars/paths.ts. */
export const PATH_RULES: readonly Rule[] = [
  valueRule({
    code: "value/path",
    title: "Path that systemd does not take",
    why: "Most paths have to begin with a slash, those of the directories of a service must not, and .. stands in none; systemd drops what is no such path, and refuses the unit where its root, working directory or PID file depends on it.",
    page: "systemd.syntax(7)",
    bad: service("ReadWritePaths=var/lib/app"),
    good: service("ReadWritePaths=/var/lib/app"),
  }),
  valueRule({
    code: "value/directory",
    title: "Directory that systemd cannot make for the service",
    why: "The name private is taken by the directories of dynamic users, ro is all that may stand behind the second colon, and a configuration directory has no symlink; systemd drops anything else.",
    page: "systemd.exec(5)",
    bad: service("StateDirectory=app:link:rw"),
    good: service("StateDirectory=app:link:ro"),
  }),
  valueRule({
    code: "value/mount",
    title: "Mount that is not written as systemd reads it",
    why: "Source, target and options stand between colons, options of a partition behind its name; systemd drops a mount or options that it cannot read.",
    page: "systemd.exec(5)",
    bad: service("BindPaths=/srv/data:/data:recursive"),
    good: service("BindPaths=/srv/data:/data:rbind"),
  }),
  valueRule({
    code: "value/image-policy",
    title: "Image policy that cannot be read",
    why: "A policy is a list of partitions with what is asked of them; systemd refuses a unit whose policy it cannot read, and since 258 passes over partitions and flags that it does not know.",
    page: "systemd.image-policy(7)",
    bad: service("RootImagePolicy=root"),
    good: service("RootImagePolicy=root=verity+signed"),
  }),
  valueRule({
    code: "value/root-hash",
    title: "Root hash or signature that cannot be decoded",
    why: "A root hash is written with at least 32 hexadecimal digits, its signature in Base64 behind base64:, and either may be the path of a file; systemd drops anything else.",
    page: "systemd.exec(5)",
    bad: service("RootHash=4f2d"),
    good: service("RootHash=4f2d8c1e0b6a47935d10e2f8a9b3c471"),
  }),
  valueRule({
    code: "value/open-file",
    title: "File to open that is not written as systemd reads it",
    why: "A path, a name for the descriptor and options stand between colons; systemd ignores this line where one of them is wrong.",
    page: "systemd.service(5)",
    bad: service("OpenFile=/etc/app.conf:config:readonly"),
    good: service("OpenFile=/etc/app.conf:config:read-only"),
  }),
  valueRule({
    code: "value/device",
    title: "Device or rights that do not exist",
    why: "A device is a path below /dev, or char- or block- with the name of a driver, its rights are made of r, w and m; systemd drops anything else, and the service gets no access.",
    page: "systemd.resource-control(5)",
    bad: service("DeviceAllow=/dev/fuse rwx"),
    good: service("DeviceAllow=/dev/fuse rw"),
  }),
  valueRule({
    code: "value/bpf-program",
    title: "BPF program that cannot be attached",
    why: "One of a few kinds of attachment stands in front of the colon, the absolute path of a pinned program behind it; systemd drops anything else.",
    page: "systemd.resource-control(5)",
    bad: service("BPFProgram=in:/sys/fs/bpf/filter"),
    good: service("BPFProgram=ingress:/sys/fs/bpf/filter"),
  }),
];
