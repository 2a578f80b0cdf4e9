import { NEWEST_PODMAN, PODMAN_VERSIONS } from "../facts/podmanVersions.ts";
import { type SystemdTarget, targetNamed } from "../facts/targets.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../facts/version.ts";
import { nearest, nearestEnding } from "../text/nearest.ts";
import type { Span } from "../text/span.ts";
import { allowedEnd, quoted } from "../values/wording.ts";
import { type Glob, readGlob } from "./glob.ts";
import type { JsonValue } from "./jsonText.ts";

/** Says that something at a place is wrong. */
export type Complain = (at: Span, message: string, code?: "configuration/unknown-key") => void;

/** What may stand at a key: read, and described to editors, from this. */
export interface ValueReader<T> {
  /** As JSON schema has it. */
  readonly schema: object;
  /** What a value means; undefined where it means nothing, which is complained of. */
  readonly read: (value: JsonValue, complain: Complain) => T | undefined;
}

/** One of some words. */
export function wordReader<T extends string>(words: readonly T[]): ValueReader<T> {
  return {
    schema: { enum: words },
    read(it, complain) {
      const found = words.find((known) => known === it.value);
      if (found === undefined) complain(it, meaninglessValue(it, words));
      return found;
    },
  };
}

/** A text that is not empty. */
export const textReader: ValueReader<string> = {
  schema: { type: "string", minLength: 1 },
  read(it, complain) {
    if (typeof it.value === "string" && it.value !== "") return it.value;
    complain(it, meaninglessValue(it, "a text"));
    return undefined;
  },
};

/** A list; elements that mean nothing are left out. */
export function listReader<T>({ schema, read }: ValueReader<T>): ValueReader<readonly T[]> {
  return {
    schema: { type: "array", items: schema },
    read(it, complain) {
      if (it.kind === "array") return it.items.flatMap((item) => read(item, complain) ?? []);
      complain(it, meaninglessValue(it, "a list"));
      return undefined;
    },
  };
}

/** A pattern for paths. */
export const globReader: ValueReader<Glob> = {
  schema: { type: "string", minLength: 1 },
  read(it, complain) {
    const found =
      typeof it.value === "string" ? readGlob(it.value) : meaninglessValue(it, "a pattern such as debian/*.service");
    if (typeof found !== "string") return found;
    complain(
      it,
      found.replace(/^[a-z]/, (first) => first.toUpperCase()),
    );
    return undefined;
  },
};

const TARGET_FORMS = `a version from ${OLDEST_VERSION} to ${NEWEST_VERSION} or a distribution such as debian-12`;

const TARGET_SCHEMAS = [
  { type: "integer", minimum: OLDEST_VERSION, maximum: NEWEST_VERSION },
  { type: "string", pattern: "^[A-Za-z]*-?[0-9.]+$" },
];

const target: ValueReader<SystemdTarget> = {
  schema: { anyOf: TARGET_SCHEMAS },
  read(it, complain) {
    const found = it.kind === "number" || it.kind === "string" ? targetNamed(String(it.value)) : undefined;
    if (!found) complain(it, meaninglessValue(it, TARGET_FORMS));
    return found;
  },
};

/** One target or several. */
export const targetsReader: ValueReader<readonly SystemdTarget[]> = {
  schema: { anyOf: [...TARGET_SCHEMAS, { type: "array", items: target.schema, minItems: 1 }] },
  read(it, complain) {
    if (it.kind === "array" && it.items.length === 0) complain(it, meaninglessValue(it, TARGET_FORMS));
    const found = (it.kind === "array" ? it.items : [it]).flatMap((one) => target.read(one, complain) ?? []);
    const names = new Set(found.map(({ name }) => name));
    return found.length > 0 ? [...names].flatMap((name) => found.find((one) => one.name === name) ?? []) : undefined;
  },
};

/** The oldest and the newest podman that are known. */
const [OLDEST, NEWEST] = [(PODMAN_VERSIONS[0] ?? NEWEST_PODMAN).toFixed(1), NEWEST_PODMAN.toFixed(1)];

/** As a whole number that grows with the version: 5.10 is above 5.9. */
const podmanOrder = (text: string): number => {
  const [major, minor] = text.split(".").map(Number);
  return (major ?? 0) * 100 + (minor ?? 0);
};

/** A version of podman; as a text, since as a number 5.10 is 5.1. */
export const podmanReader: ValueReader<string> = {
  schema: { type: "string", pattern: `^[${OLDEST[0]}-${NEWEST[0]}]\\.[0-9]+$` },
  read(it, complain) {
    const order = typeof it.value === "string" && /^\d\.\d{1,2}$/.test(it.value) ? podmanOrder(it.value) : 0;
    if (order >= podmanOrder(OLDEST) && order <= podmanOrder(NEWEST)) return String(it.value);
    complain(it, meaninglessValue(it, `a version from "${OLDEST}" to "${NEWEST}", in quotes`));
    return undefined;
  },
};

/** How a placeholder is written, with a `*` for its name. */
export const placeholderReader: ValueReader<string> = {
  schema: { type: "string", pattern: "^[^*]+\\*[^*]*$" },
  read(it, complain) {
    if (typeof it.value === "string" && /^[^*\s]+\*[^*\s]*$/.test(it.value)) return it.value;
    complain(it, meaninglessValue(it, 'how a placeholder is written, with one "*" for its name, such as "<<*>>"'));
    return undefined;
  },
};

/** An exposure as systemd-analyze prints it, from 0.0 to 10.0; in tenths. */
export const limitReader: ValueReader<number> = {
  schema: { type: "number", minimum: 0, maximum: 10 },
  read(it, complain) {
    const tenths = typeof it.value === "number" ? Math.round(it.value * 10) : Number.NaN;
    if (tenths >= 0 && tenths <= 100 && Math.abs(tenths - Number(it.value) * 10) < 1e-6) return tenths;
    complain(it, meaninglessValue(it, "an exposure from 0.0 to 10.0, with one digit after the point at most"));
    return undefined;
  },
};

/** What a message says of a value that means nothing at its key: words, or a phrase. */
export function meaninglessValue(it: JsonValue, allowed: readonly string[] | string): string {
  const [best] = typeof it.value === "string" && typeof allowed !== "string" ? nearest(it.value, allowed) : [];
  const message = `${shown(it)} is no value here${nearestEnding(best, "")}`;
  return message + allowedEnd({ allowed }, message);
}

function shown({ kind, value }: JsonValue): string {
  if (kind === "object" || kind === "array") return kind === "array" ? "A list" : "An object";
  return typeof value === "string" ? quoted(value) : String(value);
}
