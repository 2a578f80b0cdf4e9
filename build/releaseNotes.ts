/** What the changelog says of a version, whose heading may end with a date. Fails where it has nothing about it. */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find((it) => /^\S+/.exec(it)?.[0] === version);
  const notes = found?.replace(/^.*\n/, "").trim();
  if (!notes) throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return `${notes}\n`;
}
