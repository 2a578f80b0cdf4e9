import type { ConfigKind } from "../../../facts/configKinds.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { splitWords } from "../../../syntax/words.ts";
import { decidingLine, isOwnLine, linesOf, named, ownDecidingLine, type Setting } from "./decidingLines.ts";

/** What a choice leaves without effect. */
interface Idle {
  readonly kind: ConfigKind;
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly without: readonly string[];
}

const SYSTEM = ["SystemMaxUse", "SystemKeepFree", "SystemMaxFileSize", "SystemMaxFiles"];
const RUNTIME = ["RuntimeMaxUse", "RuntimeKeepFree", "RuntimeMaxFileSize", "RuntimeMaxFiles"];

/** Follows the manual, and save_external_coredump() for what is kept of a dump, systemd 257 and 262. */
const IDLE: readonly Idle[] = [
  { kind: "journald.conf", section: "Journal", key: "Storage", value: "volatile", without: SYSTEM },
  { kind: "journald.conf", section: "Journal", key: "Storage", value: "none", without: [...SYSTEM, ...RUNTIME] },
  {
    kind: "coredump.conf",
    section: "Coredump",
    key: "Storage",
    value: "none",
    without: ["ExternalSizeMax", "JournalSizeMax", "Compress"],
  },
  { kind: "coredump.conf", section: "Coredump", key: "Storage", value: "external", without: ["JournalSizeMax"] },
  { kind: "coredump.conf", section: "Coredump", key: "Storage", value: "journal", without: ["ExternalSizeMax"] },
];

const limit: Rule = {
  code: "daemon/unused-limit",
  needs: named("Storage"),
  *check(unit) {
    for (const { value, without, ...place } of IDLE) {
      if (decidingLine(unit, place)?.text !== value) continue;
      for (const key of without) {
        const line = ownDecidingLine(unit, { ...place, key });
        if (line)
          yield {
            ...line.keySpan,
            severity: "info",
            message: `${key}= has no effect with Storage=${value}`,
            directive: key,
            tag: "unnecessary",
          };
      }
    }
  },
};

const sleep = (key: string): Setting => ({ kind: "sleep.conf", section: "Sleep", key });

/** Words that do not belong to an operation, with what helps. Follows sleep_config_validate_state_and_mode(), systemd 257 and 262. */
const FOREIGN: readonly (readonly [setting: Setting, word: string, message: string])[] = [
  [
    sleep("SuspendState"),
    "disk",
    "has disk, which systemd-sleep leaves out: hibernating is another operation than suspending",
  ],
  [
    sleep("HibernateMode"),
    "suspend",
    "has suspend, of which systemd-sleep warns: hybrid-sleep is the operation that hibernates and suspends",
  ],
];

const sleepWord: Rule = {
  code: "daemon/sleep-mode",
  needs: named("SuspendState", "HibernateMode"),
  *check(unit) {
    for (const [setting, word, message] of FOREIGN) {
      const line = ownDecidingLine(unit, setting);
      if (line && splitWords(line.text, "retain").words.some((it) => it.value === word))
        yield {
          ...line.valueSpan,
          severity: "warning",
          message: `${setting.key}= ${message}`,
          directive: setting.key,
        };
    }
  },
};

const LISTENER: Setting = { kind: "resolved.conf", section: "Resolve", key: "DNSStubListenerExtra" };

/** Follows config_parse_dns_stub_listener_extra(), systemd 257 and 262. */
const repeatedListener: Rule = {
  code: "daemon/repeated-listener",
  needs: named(LISTENER.key),
  *check(unit) {
    const known = new Set<string>();
    for (const line of linesOf(unit, LISTENER)) {
      const text = line.text.toLowerCase();
      if (known.has(text) && isOwnLine(unit, LISTENER, line))
        yield {
          ...line.valueSpan,
          severity: "error",
          message: `"${line.text}" in ${LISTENER.key}= stands here a second time: systemd ignores this line`,
          directive: LISTENER.key,
        };
      if (text === "") known.clear();
      else known.add(text);
    }
  },
};

/** Settings that do nothing, or not what they say. */
export const UNUSED_RULES: readonly Rule[] = alsoInDropIns([limit, repeatedListener, sleepWord]);
