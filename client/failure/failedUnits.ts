/** Said to the command in the place of lines, where systemd is to be asked at once. */
export const ASK_SYSTEMD = { ask: "systemd" } as const;

/** The names in what `systemctl list-units --failed --plain --no-legend` prints. */
export function failedUnits(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    const [name = ""] = line.trim().split(/\s+/);
    return /^[^\s]+\.[a-z]+$/.test(name) ? [name] : [];
  });
}

/** The path in what `systemctl show --property=FragmentPath` prints; undefined for a unit without a file. */
export function fragmentPath(output: string): string | undefined {
  const path = /^FragmentPath=(\/.*)$/m.exec(output)?.[1]?.trim();
  return path === "" ? undefined : path;
}

/**
 * How a unit failed and the files that systemd reads for it, from what `systemctl show` prints of ActiveState, Result,
 * FragmentPath and DropInPaths; no result where it has not failed.
 */
export function failedState(output: string): {
  readonly result: string | undefined;
  readonly files: readonly string[];
} {
  const propertyOf = (name: string): string => new RegExp(`^${name}=(.*)$`, "m").exec(output)?.[1]?.trim() ?? "";
  const resultName = propertyOf("Result");
  const result = propertyOf("ActiveState") === "failed" && /^[a-z-]+$/.test(resultName) ? resultName : undefined;
  const files = `${propertyOf("FragmentPath")} ${propertyOf("DropInPaths")}`.split(" ").filter((it) => it !== "");
  return { result, files };
}
