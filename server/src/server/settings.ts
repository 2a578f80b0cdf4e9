import type { Profile } from "../lint/hardening/hardening.ts";

/** What a reader can set; the manifest's section `unitWarden` says the same. */
export interface Settings {
  readonly hardening: { readonly profile: Profile };
}

/** All settings with what may stand in them; the first value listed in the manifest's `default`. */
export const SETTINGS = {
  "unitWarden.hardening.profile": { values: ["off", "basic", "strict", "isolated"], default: "basic" },
} as const;

/** Reads what a client sent, whatever it is: anything that is not understood counts as not set. */
export function readSettings(sent: unknown): Settings {
  const { values, default: fallback } = SETTINGS["unitWarden.hardening.profile"];
  const profile = member(member(sent, "hardening"), "profile");
  return { hardening: { profile: values.find((it) => it === profile) ?? fallback } };
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
