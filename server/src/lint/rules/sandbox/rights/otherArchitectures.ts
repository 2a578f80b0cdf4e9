import { mergedAssignments } from "../../../../units/unit.ts";
import { insertAfter } from "../../../edits.ts";
import { factsOf } from "../../../hardening/facts.ts";
import type { Rule } from "../../../rule.ts";
import { ownLast, subjectOf } from "./subject.ts";

/** Seen with 257: under RestrictAddressFamilies=AF_UNIX a 64-bit program opened an AF_INET socket by the call of 32-bit x86. */
export const otherArchitectures: Rule = {
  code: "sandbox/other-architectures",
  title: "Filter without native architectures",
  why: "Most kernels take the calls of more than one architecture from any program: RestrictAddressFamilies= does not reach those of 32-bit x86, and SystemCallFilter= lets through there what it lets through here, and more where a call has a sibling of another name.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/bin/true\nRestrictAddressFamilies=AF_UNIX\n" },
  good: {
    text: "[Service]\nExecStart=/bin/true\nRestrictAddressFamilies=AF_UNIX\nSystemCallArchitectures=native\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/bin/true\nRestrictAddressFamilies=\n" },
    { text: "[Service]\nExecStart=/bin/true\nSystemCallFilter=@system-service\nSystemCallArchitectures=x86-64 x86\n" },
    { text: "[Service]\nExecStart=/usr/bin/wine /srv/x.exe\nRestrictAddressFamilies=AF_UNIX\n" },
  ],
  *check(unit) {
    const subject = subjectOf(unit);
    if (!subject || mergedAssignments(unit, subject.section, "SystemCallArchitectures").length > 0) return;
    const { addressFamilies, systemCalls } = subject.settings;
    const line =
      (addressFamilies.members || addressFamilies.allow ? ownLast(subject, "RestrictAddressFamilies") : undefined) ??
      (systemCalls ? ownLast(subject, "SystemCallFilter") : undefined);
    if (!line || factsOf(unit).kinds.has("emulation")) return;
    const what =
      line.key === "SystemCallFilter"
        ? "also lets through calls of other architectures, such as 32-bit x86"
        : "does not hold for the calls of 32-bit x86, which any program can make";
    yield {
      ...line.keySpan,
      severity: "info",
      message: `${line.key}= ${what}: SystemCallArchitectures=native would forbid them`,
      directive: line.key,
      fixes: [
        {
          title: "Add SystemCallArchitectures=native",
          safe: false,
          sets: ["SystemCallArchitectures=native"],
          edits: () => [insertAfter(unit.file, line, ["SystemCallArchitectures=native"])],
        },
      ],
    };
  },
};
