import { readFileSync } from "node:fs";
import { NEWEST_VERSION, OLDEST_VERSION } from "../server/src/facts/version.ts";
import { SETTINGS } from "../server/src/server/settings.ts";

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Record<string, { enum?: readonly unknown[]; items?: { enum: readonly unknown[] } }>;
    };
  };
}

/** The manifest with the targets that the settings take. */
export function manifestWithTargets(): string {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const { properties } = manifest.contributes.configuration;
  const own = properties["unitWarden.systemdVersion"];
  const others = properties["unitWarden.otherTargets"]?.items;
  if (own) own.enum = SETTINGS["unitWarden.systemdVersion"].values;
  if (others) others.enum = SETTINGS["unitWarden.otherTargets"].values;
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** The page about what is supported, with the versions of systemd that are. */
export const supportPage = (): string =>
  readFileSync("docs/support.md", "utf8").replace(
    /(?<=\| systemd, in units \| )\d+ to \d+/,
    `${OLDEST_VERSION} to ${NEWEST_VERSION}`,
  );
