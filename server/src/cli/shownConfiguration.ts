import type { FileOptions } from "./checkFile.ts";
import type { Configurations } from "./configurations.ts";
import { withConfiguration } from "./configuredFiles.ts";

/** What holds for each of some paths, and the configuration that says so, as JSON for a person. */
export function shownConfiguration(
  paths: readonly string[],
  options: FileOptions,
  given: readonly string[],
  configurations: Configurations,
): string {
  const files = paths.map((path) => {
    const found = configurations.of(path);
    const { excluded = false, scope, podman, templates, placeholders, stated } = configurations.for(path) ?? {};
    const { profile, systemd, rules, "fail-on": failOn } = withConfiguration(options, given, configurations.for(path));
    return {
      path,
      configuration: found?.path ?? null,
      excluded,
      profile,
      ...(systemd.length > 0 && { systemd: systemd.map((it) => it.name) }),
      ...(podman !== undefined && { podman }),
      ...(scope !== undefined && { scope }),
      failOn,
      ...(rules && { rules }),
      ...(templates !== undefined && { templates }),
      ...(placeholders && { placeholders }),
      ...(stated && { stated: stated.map((it) => it.text) }),
      ...(found?.keys.baseline !== undefined && { baseline: `${found.shown}${found.keys.baseline}` }),
    };
  });
  return `${JSON.stringify({ version: 1, files }, undefined, 2)}\n`;
}
