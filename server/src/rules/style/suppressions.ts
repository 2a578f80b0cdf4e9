import type { Rule } from "../../findings/rule.ts";

const page = "systemd.syntax(7)";
const found: Rule["check"] = () => [];

/** What is said of the comments that silence findings. check() finds both, once all other findings are known. */
export const SUPPRESSION_RULES: readonly Rule[] = [
  {
    code: "style/unused-suppression",
    title: "Unused suppression comment",
    why: "systemd treats it like any other comment. The finding that it suppressed no longer exists, and it would hide the next one of that code.",
    page,
    bad: {
      text: "[Service]\n# unit-warden: ignore value/boolean -- shipped like this upstream\nLockPersonality=yes\nExecStart=/bin/true\n",
    },
    good: { text: "[Service]\nLockPersonality=yes\nExecStart=/bin/true\n" },
    silent: [
      {
        text: "[Service]\n# unit-warden: ignore value/boolean\n# upstream's value\nLockPersonality=ja\nExecStart=/bin/true\n",
      },
      { text: "# unit-warden: ignore-file value\n[Service]\nLockPersonality=ja\nExecStart=/bin/true\n" },
      { text: "# unit-warden: ignore hardening/protect-home\n[Service]\nExecStart=/bin/true\n" },
    ],
    check: found,
  },
  {
    code: "style/unknown-suppression",
    title: "Suppression comment with an unknown code",
    why: "systemd treats it like any other comment. No finding has that code, so that the comment suppresses nothing.",
    page,
    bad: { text: "[Service]\n# unit-warden: ignore value/bolean\nExecStart=/bin/true\n" },
    good: { text: "[Service]\nExecStart=/bin/true\n" },
    silent: [
      { text: "# unit-warden: this file is checked before each release\n[Service]\nExecStart=/bin/true\n" },
      { text: "# run unit-warden: ignore nothing\n[Service]\nExecStart=/bin/true\n" },
    ],
    check: found,
  },
];
