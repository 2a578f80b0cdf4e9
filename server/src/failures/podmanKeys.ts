import type { DirectiveName } from "../catalog/catalog.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";

/** A message of podman about a key of [Container]. */
interface KeyMessage {
  /** The group is the word of the key that it is about. */
  readonly message: RegExp;
  readonly keys: readonly string[];
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** What podman 5.4.2 says, crun 1.21 and netavark 1.14 below it: each message was provoked, but for the port in use. */
const MESSAGES: readonly KeyMessage[] = [
  {
    message: /\bstatfs (\/\S+): no such file or directory/,
    keys: ["Volume", "Mount"],
    reason: "the path is not there on the host, and podman makes none",
  },
  {
    message: /Error: (\S+): image not known/,
    keys: ["Image"],
    reason: "the image is not on this machine, and Pull= keeps podman from loading it",
  },
  {
    message: /(?:executable file|exec:) [`"]?([^`"\s]+)[`"]?:? (?:not found|executable file not found)/,
    keys: ["Exec", "Entrypoint"],
    reason: "the image has no such program",
  },
  {
    message: /controller `(pids)` is not available/,
    keys: ["PidsLimit"],
    reason: "the control group of the service has no pids controller",
  },
  {
    message: /controller `(memory)` is not available/,
    keys: ["Memory"],
    reason: "the control group of the service has no memory controller",
  },
  {
    message: /no secret with name or id "([^"]+)"/,
    keys: ["Secret"],
    reason: "podman has no such secret: podman secret create makes it",
  },
  {
    message: /unable to find network with name or ID ([^\s:]+)/,
    keys: ["Network"],
    reason: "podman has no such network",
  },
  {
    message: /"(?:CAP_)?(\w+)": unknown capability/,
    keys: ["AddCapability", "DropCapability"],
    reason: "there is no such capability",
  },
  {
    message: /(nomap) is only supported in rootless mode/,
    keys: ["UserNS"],
    reason: "the system's podman has no nomap",
  },
  { message: /unable to find user ([^\s:]+)/, keys: ["User"], reason: "the image has no such user" },
  {
    message: /opening seccomp profile failed: open ([^\s:]+)/,
    keys: ["SeccompProfile"],
    reason: "the file of the profile is not there",
  },
  {
    message: /\bstat (\/dev\/\S+): no such file or directory/,
    keys: ["AddDevice"],
    reason: "the device is not there; AddDevice=-PATH leaves it out then",
  },
  {
    message: /unknown (?:shorthand )?flag: \S*?(-[\w-]+)/,
    keys: ["PodmanArgs"],
    reason: "podman run has no such option",
  },
  { message: /workdir "([^"]+)" does not exist/, keys: ["WorkingDir"], reason: "the image has no such directory" },
  {
    message: /port numbers must be between 1 and 65535 \(inclusive\), got (\d+)/,
    keys: ["PublishPort"],
    reason: "this is no port",
  },
  {
    message: /listen (?:tcp|udp)\d? \S*?:(\d+): bind: address already in use/,
    keys: ["PublishPort"],
    reason: "another program listens on the port of the host",
  },
  { message: /parsing file "([^"]+)": open/, keys: ["EnvironmentFile"], reason: "the file is not there" },
];

/** The keys that messages of podman are about: the line that has the word of the message, else the last one. */
export function* containerKeyCauses(unit: Unit, { text }: Evidence): Iterable<CausingSetting> {
  for (const { message, keys, reason } of MESSAGES) {
    const word = message.exec(text)?.[1];
    if (word === undefined) continue;
    const lines = keys.flatMap((key) => mergedAssignments(unit, "Container", key as DirectiveName));
    const named = lines.findLast((it) => it.text.toUpperCase().includes(word.toUpperCase()));
    const by = named ?? lines.at(-1);
    if (by) yield cause(unit, by.key as DirectiveName, named ? SURE : LIKELY, `${by.key}=: ${reason}`, [], by);
  }
}
