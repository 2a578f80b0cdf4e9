import type { ValueRules } from "../valueRule.ts";

const service = (line: string) => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the values of grammars/numbers.ts. */
export const NUMBER_RULES = {
  "value/number": {
    title: "Value that is no number of the right kind",
    why: "A whole number is decimal, or hexadecimal after 0x, octal after 0o or a plain 0, binary after 0b; suffixes and points do not belong to it, and each directive has its bounds. The 0 in front of 010 makes it an 8 without a word.",
    page: "systemd.directives(7)",
    bad: service("Nice=20"),
    good: service("Nice=19"),
  },
  "value/mode": {
    title: "Value that is no file mode",
    why: "A file mode is written in octal digits alone, up to 7777, with or without a 0 in front; systemd reads no letters such as u+rwx.",
    page: "systemd.exec(5)",
    bad: service("UMask=u=rwx"),
    good: service("UMask=0077"),
  },
  "value/time-span": {
    title: "Value that is no time span",
    why: "A time span is a number of seconds, or numbers with units that are added up, such as 1min 30s. Letter case counts: m and min are minutes, M is a month, which systemd takes in silence where minutes were meant.",
    page: "systemd.time(7)",
    bad: service("RestartSec=5mins"),
    good: service("RestartSec=5min"),
  },
  "value/size": {
    title: "Value that is no size",
    why: "A size is a number of bytes or has one of the capital suffixes K, M, G, T, P and E; systemd knows no k, KB or KiB. A plain number below 4096 as a limit of memory leaves room for nothing.",
    page: "systemd.resource-control(5)",
    bad: service("MemoryMax=512MB"),
    good: service("MemoryMax=512M"),
  },
  "value/percentage": {
    title: "Value that is no percentage",
    why: "A percentage is a number with at most two digits behind the point and a % right behind it, and except for CPUQuota= it ends at 100%.",
    page: "systemd.resource-control(5)",
    bad: service("CPUQuota=50"),
    good: service("CPUQuota=50%"),
  },
  "value/resource-limit": {
    title: "Soft and hard limit that do not fit together",
    why: "A limit is one amount for both, or a soft and a hard one with a colon between them, where the soft one is not above the hard one; systemd drops any other.",
    page: "systemd.exec(5)",
    bad: service("LimitNOFILE=4096:1024"),
    good: service("LimitNOFILE=1024:4096"),
  },
  "value/cpu-set": {
    title: "Value that is no set of processors or memory nodes",
    why: "Such a set is numbers and ascending ranges up to 8191 with blanks or commas between them. Before 258 one bad word costs the whole line, since then the word alone.",
    page: "systemd.exec(5)",
    bad: service("CPUAffinity=3-1"),
    good: service("CPUAffinity=1-3"),
  },
  "value/coredump-filter": {
    title: "Unknown kind of memory for a core dump",
    why: "The words are kinds of memory such as elf-headers, all, default, or hexadecimal masks; one that is none of them costs the whole line.",
    page: "systemd.exec(5)",
    bad: service("CoredumpFilter=elf-header"),
    good: service("CoredumpFilter=elf-headers"),
  },
  "value/io-device": {
    title: "Limit of a device without a path or an amount",
    why: "A limit for a device names its path first and the amount behind a blank; the path may not hold .., and a limit of 0 is none.",
    page: "systemd.resource-control(5)",
    bad: service("IOReadBandwidthMax=/dev/sda"),
    good: service("IOReadBandwidthMax=/dev/sda 10M"),
  },
} as const satisfies ValueRules;
