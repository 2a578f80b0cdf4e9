import type { ValueRules } from "../../findings/valueRule.ts";

const partition = (lines: string): { path: string; text: string } => ({
  path: "/usr/lib/repart.d/50-root.conf",
  text: `[Partition]\n${lines}\n`,
});

const transfer = (pattern: string): { path: string; text: string } => ({
  path: "/usr/lib/sysupdate.d/50-root.transfer",
  text: `[Source]\nType=url-file\nPath=https://example.com/\nMatchPattern=${pattern}\n\n[Target]\nType=regular-file\nPath=/srv\n`,
});

/** What can be wrong with partitions and with files of versions. */
export const IMAGE_RULES = {
  "value/partition": {
    title: "Unknown type or ID of a partition",
    why: "A partition's type is one of systemd's names or a UUID; systemd-repart changes no partition at all after a type that it does not know, and an ID that is no UUID is ignored.",
    page: "repart.d(5)",
    bad: partition("Type=boot"),
    good: partition("Type=xbootldr"),
  },
  "value/version-pattern": {
    title: "Invalid pattern of versions",
    why: "A pattern is printable ASCII with @v for the version and each field once, with text between two fields; systemd-sysupdate reads nothing of a transfer with any other pattern.",
    page: "sysupdate.d(5)",
    bad: transfer("image_1.2.raw"),
    good: transfer("image_@v.raw"),
  },
} as const satisfies ValueRules;
