import type { Tier } from "../../../hardening/row.ts";

/** One piece of advice about a key of [Container]. */
export interface ContainerRow {
  /** Also the end of its code. */
  readonly id: string;
  readonly key: string;
  /** The podman that brought the key. */
  readonly since: number;
  readonly tier: Tier;
  /** What the key is set to, for the documentation. */
  readonly value: string;
  /** What is wrong without it, as a heading. */
  readonly title: string;
  /** What the file lacks, where it is not the key itself. */
  readonly lacks?: string;
  /** What follows where it is not set: the end of a sentence, after a colon. */
  readonly absent: string;
  readonly protects: string;
  readonly breaks: string;
  readonly shows: string;
}

/** What the profiles ask of a container, tier by tier. */
export const CONTAINER_ROWS = [
  {
    id: "no-new-privileges",
    key: "NoNewPrivileges",
    since: 4.4,
    tier: "basic",
    value: "true",
    title: "Container can gain rights by set-user-ID programs",
    absent: "a set-user-ID program in the image gives whoever runs it the rights of root in the container",
    protects: "With it no program of the container ever has more rights than the one that started it.",
    breaks: "Programs such as sudo, su and, in some images, ping.",
    shows: "sudo says that the no new privileges flag is set; the program exits with a message about its rights.",
  },
  {
    id: "capabilities",
    key: "DropCapability",
    since: 4.4,
    tier: "basic",
    value: "all",
    title: "Container keeps podman's usual capabilities",
    absent: "root in the container may change owners, become any user and override file modes",
    protects: "A program that is taken over can do with files and users only what its own user may.",
    breaks:
      "Images that start as root, prepare their directories and go on as another user need CHOWN, DAC_OVERRIDE, FOWNER, SETGID and SETUID; ports below 1024 need NET_BIND_SERVICE.",
    shows:
      "Operation not permitted or Permission denied in the log of the container, most often right after the start.",
  },
  {
    id: "read-only",
    key: "ReadOnly",
    since: 4.4,
    tier: "basic",
    value: "true",
    title: "Container can change its own programs",
    absent: "whoever takes the program over can change the programs and configuration of the container",
    protects: "Only volumes and, in memory, /tmp, /var/tmp and /run can be written.",
    breaks: "Programs that write elsewhere; each such directory needs a Tmpfs= or a Volume=.",
    shows: "Read-only file system in the log of the container, with the path.",
  },
  {
    id: "user-namespace",
    key: "UserNS",
    since: 4.5,
    tier: "strict",
    value: "auto",
    title: "Root of the container is root of the host",
    absent: "what leaves the container is root of the host",
    protects: "Root of the container is then an ordinary user of the host, and another one for each container.",
    breaks:
      "Files in volumes belong to users that the container does not have, unless the volume has :U or idmap. It needs a range for the user containers in /etc/subuid and /etc/subgid.",
    shows: "podman run ends with 125 and a message about subuid ranges, or the program with Permission denied.",
  },
  {
    id: "user",
    key: "User",
    since: 4.4,
    tier: "strict",
    value: "NUMBER",
    title: "User of the container is the image's",
    absent: "the program is whoever the image says, which is root in most images",
    protects: "A program that never was root has no rights to lose.",
    breaks: "Images whose start script has to be root, and volumes that belong to another user.",
    shows: "Permission denied in the log of the container.",
  },
  {
    id: "memory",
    key: "Memory",
    since: 5.5,
    tier: "strict",
    value: "512m",
    title: "Memory of the container is not limited",
    absent: "the container can use up the memory of the machine",
    protects: "What grows without end is killed before the machine has to choose whom to kill.",
    breaks: "A program that needs more is killed.",
    shows: "The container ends with 137, and the kernel logs an OOM kill.",
  },
  {
    id: "processes",
    key: "PidsLimit",
    since: 4.7,
    tier: "strict",
    value: "256",
    title: "Only podman's own limit of processes",
    absent: "podman's usual limit of processes, 2048, holds",
    protects: "A container that forks without end stops early.",
    breaks: "Programs with more threads or processes.",
    shows: "fork: Resource temporarily unavailable, or cannot create a thread.",
  },
  {
    id: "ports",
    key: "PublishPort",
    since: 4.4,
    tier: "strict",
    value: "127.0.0.1:PORT:PORT",
    title: "Published port open to every network",
    lacks: "PublishPort= names no address",
    absent: "the port is open on every address of the machine, past the rules of most firewalls",
    protects: "Behind a proxy on the same machine nobody else needs to reach the port.",
    breaks: "Clients on other machines.",
    shows: "Their connections are refused.",
  },
  {
    id: "network",
    key: "Network",
    since: 4.4,
    tier: "isolated",
    value: "NAME.network",
    title: "Container reaches every network",
    absent: "a program that is taken over can load and send whatever it wants",
    protects:
      "A .network file with Internal=true has no way out: containers in it reach each other and nothing else. Network=none has no network at all.",
    breaks: "Whatever the program asks others for: updates, names, mail, its clients where it publishes ports.",
    shows: "Network is unreachable, or names that cannot be resolved.",
  },
  {
    id: "image",
    key: "Image",
    since: 4.4,
    tier: "isolated",
    value: "NAME@sha256:DIGEST",
    title: "Image by a tag that may move",
    lacks: "Image= has no digest",
    absent: "another image under the same tag is another program",
    protects: "With its digest it is the very same image for ever, whoever takes over the registry.",
    breaks: "Updates come only with another digest; AutoUpdate=registry finds none.",
    shows: "podman auto-update has nothing to do.",
  },
] as const satisfies readonly ContainerRow[];

/** The end of the code of a row. */
export type ContainerRowId = (typeof CONTAINER_ROWS)[number]["id"];
