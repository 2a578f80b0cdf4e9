import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Example, Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import type { UnitSettings } from "../../security/settings.ts";
import { settingsIn } from "../../units/settingsReader.ts";
import type { Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { removal } from "../removal.ts";

/** A setting that another one has to be there for, about which systemd says nothing. */
interface Idle {
  readonly code: `unit/${string}`;
  readonly title: string;
  readonly why: string;
  readonly page: string;
  readonly bad: Example;
  readonly good: Example;
  readonly silent: readonly Example[];
  readonly kind: "service" | "timer";
  /** The setting without effect. */
  readonly name: DirectiveName;
  /** Why it has none; undefined where it has. */
  readonly find: (unit: Unit, settings: UnitSettings) => string | undefined;
}

const IDLE: readonly Idle[] = [
  {
    code: "unit/persistent",
    title: "Persistent= without OnCalendar=",
    why: "Persistent=yes catches up on a calendar event that was missed while the machine was off; relative timers such as OnBootSec= and OnUnitActiveSec= miss none.",
    page: "systemd.timer(5)",
    bad: { path: "x.timer", text: "[Timer]\nOnBootSec=5min\nPersistent=yes\n[Install]\nWantedBy=timers.target\n" },
    good: { path: "x.timer", text: "[Timer]\nOnCalendar=daily\nPersistent=yes\n[Install]\nWantedBy=timers.target\n" },
    silent: [
      { path: "x.timer", text: "[Timer]\nOnBootSec=5min\nOnCalendar=daily\nPersistent=yes\n" },
      { path: "x.timer", text: "[Timer]\nOnBootSec=5min\nPersistent=no\n" },
    ],
    kind: "timer",
    name: "Persistent",
    find: (unit) =>
      isOn(unit, "Timer", "Persistent") && !has(unit, "Timer", "OnCalendar")
        ? "without OnCalendar= there is no event to catch up on"
        : undefined,
  },
  {
    code: "unit/fixed-random-delay",
    title: "FixedRandomDelay= without a random delay",
    why: "FixedRandomDelay=yes keeps the random delay of RandomizedDelaySec= the same each time; without it there is no delay.",
    page: "systemd.timer(5)",
    bad: {
      path: "x.timer",
      text: "[Timer]\nOnCalendar=daily\nFixedRandomDelay=yes\n[Install]\nWantedBy=timers.target\n",
    },
    good: {
      path: "x.timer",
      text: "[Timer]\nOnCalendar=daily\nRandomizedDelaySec=1h\nFixedRandomDelay=yes\n[Install]\nWantedBy=timers.target\n",
    },
    silent: [{ path: "x.timer", text: "[Timer]\nOnCalendar=daily\nFixedRandomDelay=no\n" }],
    kind: "timer",
    name: "FixedRandomDelay",
    find: (unit) =>
      isOn(unit, "Timer", "FixedRandomDelay") && !has(unit, "Timer", "RandomizedDelaySec")
        ? "without RandomizedDelaySec= there is no random delay"
        : undefined,
  },
  {
    code: "unit/guess-main-pid",
    title: "GuessMainPID= of a service that does not fork",
    why: "systemd guesses the main process only for Type=forking without PIDFile=; otherwise it knows the process.",
    page: "systemd.service(5)",
    bad: { text: "[Service]\nType=exec\nExecStart=/usr/sbin/d\nGuessMainPID=no\n" },
    good: { text: "[Service]\nType=forking\nExecStart=/usr/sbin/d\nGuessMainPID=no\n" },
    silent: [{ text: "[Service]\nType=forking\nExecStart=/usr/sbin/d\nPIDFile=/run/d.pid\nGuessMainPID=no\n" }],
    kind: "service",
    name: "GuessMainPID",
    find: (_, { type }) =>
      type === "forking" ? undefined : `systemd knows the main process of a service of Type=${type}`,
  },
  {
    code: "unit/descriptor-store",
    title: "FileDescriptorStorePreserve= without FileDescriptorStoreMax=",
    why: "FileDescriptorStorePreserve= controls how long systemd keeps the file descriptors that the service stored; the service can store none unless FileDescriptorStoreMax= allows it.",
    page: "systemd.service(5)",
    bad: { text: "[Service]\nExecStart=/usr/sbin/d\nFileDescriptorStorePreserve=yes\n" },
    good: { text: "[Service]\nExecStart=/usr/sbin/d\nFileDescriptorStoreMax=16\nFileDescriptorStorePreserve=yes\n" },
    silent: [{ text: "[Service]\nExecStart=/usr/sbin/d\nFileDescriptorStoreMax=16\n" }],
    kind: "service",
    name: "FileDescriptorStorePreserve",
    find: (unit) =>
      has(unit, "Service", "FileDescriptorStoreMax") ? undefined : "without FileDescriptorStoreMax= nothing is stored",
  },
];

const ALL = IDLE.map(
  ({ kind, name, find, ...about }): Rule => ({
    ...about,
    needs: [name],
    *check(unit) {
      if (unit.path.role !== "unit" || unit.path.kind !== kind) return;
      const node = lastOf(unit, [name]);
      if (!node) return;
      const { settings, refusal } = effective(unit);
      const why = refusal ? undefined : find(unit, settings);
      if (why === undefined) return;
      yield {
        ...node.keySpan,
        severity: "info",
        message: `${name}= has no effect: ${why}`,
        directive: name,
        tag: "unnecessary",
        fixes: [removal(unit, name, true)],
      };
    },
  }),
);

/** Follows what systemd.service(5) and systemd.timer(5) say of each; no version warns of it. */
export const IDLE_RULES: readonly Rule[] = alsoInDropIns(ALL);

function has(unit: Unit, section: SectionName, name: DirectiveName): boolean {
  return settingsIn(unit, section).last(name) !== undefined;
}

function isOn(unit: Unit, section: SectionName, name: DirectiveName): boolean {
  return parseBoolean(settingsIn(unit, section).last(name)?.text ?? "") === true;
}
