import type { ValueRules } from "../../findings/valueRule.ts";

const service = (line: string) => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the values of grammars/numberGrammars.ts. */
export const NUMBER_RULES = {
  "value/number": {
    title: "Invalid number",
    why: "A whole number is decimal, or hexadecimal after 0x, octal after 0o or a plain 0, binary after 0b; suffixes and decimal points are not allowed, and each directive has its bounds. The leading 0 silently turns 010 into 8.",
    page: "systemd.directives(7)",
    bad: service("Nice=20"),
    good: service("Nice=19"),
  },
  "value/mode": {
    title: "Invalid file mode",
    why: "A file mode is written in octal digits only, up to 7777, with or without a leading 0; systemd does not read symbolic modes such as u+rwx.",
    page: "systemd.exec(5)",
    bad: service("UMask=u=rwx"),
    good: service("UMask=0077"),
  },
  "value/time-span": {
    title: "Invalid time span",
    why: "A time span is a number of seconds, or numbers with units that are added up, such as 1min 30s. Units are case-sensitive: m and min are minutes, M is a month, which systemd silently accepts where minutes were meant.",
    page: "systemd.time(7)",
    bad: service("RestartSec=5mins"),
    good: service("RestartSec=5min"),
  },
  "value/size": {
    title: "Invalid size",
    why: "A size is a number of bytes or has one of the capital suffixes K, M, G, T, P and E; k, KB and KiB are not valid. A memory limit below 4096 is less than one page.",
    page: "systemd.resource-control(5)",
    bad: service("MemoryMax=512MB"),
    good: service("MemoryMax=512M"),
  },
  "value/percentage": {
    title: "Invalid percentage",
    why: "A percentage is a number with at most two decimals, directly followed by %; except for CPUQuota= it cannot be more than 100%.",
    page: "systemd.resource-control(5)",
    bad: service("CPUQuota=50"),
    good: service("CPUQuota=50%"),
  },
  "value/resource-limit": {
    title: "Invalid resource limit",
    why: "A limit is one amount for both, or a soft and a hard one separated by a colon, where the soft one is not above the hard one; systemd ignores any other.",
    page: "systemd.exec(5)",
    bad: service("LimitNOFILE=4096:1024"),
    good: service("LimitNOFILE=1024:4096"),
  },
  "value/cpu-set": {
    title: "Invalid set of CPUs or memory nodes",
    why: "A set consists of numbers and ascending ranges up to 8191, separated by spaces or commas. Before 258 systemd ignores the whole line for one invalid word, since then only that word.",
    page: "systemd.exec(5)",
    bad: service("CPUAffinity=3-1"),
    good: service("CPUAffinity=1-3"),
  },
  "value/coredump-filter": {
    title: "Unknown memory type for a core dump",
    why: "Valid words are memory types such as elf-headers, all, default, or hexadecimal masks; systemd ignores the whole line for any other word.",
    page: "systemd.exec(5)",
    bad: service("CoredumpFilter=elf-header"),
    good: service("CoredumpFilter=elf-headers"),
  },
  "value/io-device": {
    title: "Invalid device limit",
    why: "A device limit is the path, a space and the amount; the path must not contain .., and 0 is not a valid limit.",
    page: "systemd.resource-control(5)",
    bad: service("IOReadBandwidthMax=/dev/sda"),
    good: service("IOReadBandwidthMax=/dev/sda 10M"),
  },
} as const satisfies ValueRules;
