import { nearest } from "../../text/nearest.ts";
import type { Unit } from "../../units/unit.ts";
import { accepts, formOf, membersIn } from "../../values/enumeration.ts";
import type { Enumeration } from "../../values/valueType.ts";
import type { Found, Rule } from "../rule.ts";
import { enumeratedSettings } from "../walk.ts";

/** Whether a type has no other values than yes and no. */
const isPlainBoolean = (type: Enumeration): boolean => type.boolean !== undefined && type.members.length === 2;

function* wrongValues(unit: Unit, booleans: boolean): Iterable<Found> {
  for (const { type, node } of enumeratedSettings(unit)) {
    const { text } = node.value;
    if (isPlainBoolean(type) !== booleans || accepts(type, text, unit.version)) continue;
    const refused = type.invalid === "refused";
    const members = membersIn(type, unit.version).map((it) => it.value);
    const form =
      members.length > MANY ? `one of ${members.length} words` : formOf(type, unit.version).replaceAll("`", "");
    const said = text === "" ? "needs a value" : `takes ${form}, not "${clipped(text)}"`;
    const trailing = /\s[#;]/.exec(text);
    const cut =
      trailing && accepts(type, text.slice(0, trailing.index).trimEnd(), unit.version)
        ? text.slice(0, trailing.index).trimEnd()
        : undefined;
    const fixes = (cut === undefined ? nearest(text, members) : [cut]).map((value) => ({
      title: cut === undefined ? `Change to ${value}` : `Remove the comment: a value has no room for one`,
      safe: false,
      edits: () => [{ ...node.valueSpan, newText: value }],
    }));
    yield {
      ...(text === "" ? node.keySpan : node.valueSpan),
      severity: "error",
      message: `${node.key}= ${said}: systemd ${refused ? "refuses the unit" : "drops the assignment"}`,
      directive: node.key,
      fixes,
      ...(refused ? { stopsReading: true } : {}),
    };
  }
}

/** More values than this are counted in a message, not listed. */
const MANY = 10;

/** A value in a message, cut where it is long. */
const clipped = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Follows config_parse_bool() and config_parse_tristate(), systemd 262. */
export const boolean: Rule = {
  code: "value/boolean",
  title: "Value that is no boolean",
  why: "Only 1, yes, y, true, t, on and 0, no, n, false, f, off count, in any letter case; systemd drops anything else, for DynamicUser= with the whole unit.",
  page: "systemd.syntax(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=enabled\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=yes\n" },
  check: (unit) => wrongValues(unit, true),
};

/** Follows the parsers that DEFINE_CONFIG_PARSE_ENUM() makes, and those like them, systemd 262. */
export const enumeration: Rule = {
  code: "value/enumeration",
  title: "Value that is none of the fixed ones",
  why: "The directive takes one word of a fixed set, letter case counting; systemd drops anything else and keeps what was set before.",
  page: "systemd.directives(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\nRestart=onfailure\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nRestart=on-failure\n" },
  check: (unit) => wrongValues(unit, false),
};
