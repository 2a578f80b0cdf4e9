import { nearest, nearestEnding } from "../text/nearest.ts";
import { CHECKS } from "./checks.ts";

/** What a policy file changes about one check. */
export interface PolicyRow {
  /** 0 leaves the check out. */
  readonly weight?: number;
  readonly range?: number;
  readonly good?: string;
  readonly bad?: string;
  readonly notApplicable?: string;
}

/** The contents of a file for `--security-policy=`, by the id of the check. */
export type Policy = ReadonlyMap<string, PolicyRow>;

/** A policy with its parts without effect, or why the text is none. */
export type PolicyResult =
  | { readonly kind: "policy"; readonly policy: Policy; readonly ignored: readonly string[] }
  | { readonly kind: "error"; readonly message: string };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads the JSON text of a policy file. As with systemd, what does not fit is ignored, and named in `ignored`;
 * only a text that is not a JSON object is an error (systemd 262; 257 ignores it). A range of 0, on which systemd
 * divides by zero, is ignored too.
 */
export function parsePolicy(text: string): PolicyResult {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "error", message: `The security policy is not valid JSON: ${reason}` };
  }
  if (!isObject(json))
    return { kind: "error", message: "The security policy must be a JSON object with check IDs as keys" };
  const policy = new Map<string, PolicyRow>();
  const ignored: string[] = [];
  const ids = new Set(CHECKS.map((it) => it.id));
  for (const [id, row] of Object.entries(json)) {
    if (!ids.has(id)) ignored.push(`Unknown check ${id}${nearestEnding(nearest(id, ids)[0], "")}`);
    else if (isObject(row)) policy.set(id, readRow(id, row, ignored));
    else ignored.push(`${id} is not an object`);
  }
  return { kind: "policy", policy, ignored };
}

const TEXTS = { description_good: "good", description_bad: "bad", description_na: "notApplicable" } as const;

function readRow(id: string, row: Json, ignored: string[]): PolicyRow {
  const read: { -readonly [K in keyof PolicyRow]: PolicyRow[K] } = {};
  for (const [key, value] of Object.entries(row)) {
    if (key === "weight" || key === "range") {
      const lowest = key === "range" ? 1 : 0;
      if (typeof value === "number" && Number.isSafeInteger(value) && value >= lowest) read[key] = value;
      else ignored.push(`${id}.${key} is not a whole number of at least ${lowest}`);
    } else if (Object.hasOwn(TEXTS, key)) {
      if (typeof value === "string") read[TEXTS[key as keyof typeof TEXTS]] = value;
      else ignored.push(`${id}.${key} is not a string`);
    } else {
      const [meant] = nearest(key, ["weight", "range", ...Object.keys(TEXTS)]);
      ignored.push(`Unknown key ${id}.${key}${nearestEnding(meant, "")}`);
    }
  }
  return read;
}
