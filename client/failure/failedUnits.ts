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
