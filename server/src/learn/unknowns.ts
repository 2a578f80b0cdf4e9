import type { LearntRun } from "./learnt.ts";
import type { Needs, Sight } from "./needs.ts";
import type { LearnContext } from "./settings/learnContext.ts";

/** What no run of this service can show, the most telling first. */
export function unknowns(context: LearnContext, runs: readonly LearntRun[]): readonly string[] {
  const { needs, asRoot, facts, host, paths } = context;
  const sentences = ["What the service does at other times or on other requests."];
  if (runs.every((it) => it.exercised.length === 0))
    sentences.push("Nothing was asked of the service while it was observed, but to start, to reload and to stop.");
  const silent = unseenCommands(context);
  if (silent.length > 0) sentences.push(`Of ${silent.map((it) => `${it}=`).join(", ")} nothing was observed.`);
  if (needs.unread.lines > 0) sentences.push("Some lines of the logs could not be read.");
  if (host.statuses.size === 0 && paths.length > 0)
    sentences.push("Owners and modes of files are not known: capabilities that overrule them may be missing.");
  if (needs.syscalls.io_uring_setup?.sight)
    sentences.push("It hands work to the kernel by io_uring, of which no log shows what is opened, sent or received.");
  if (asRoot) sentences.push("Whether the service could start as a user of its own shows only in a run as that user.");
  else if (!facts.dynamic && facts.unit.path.scope === "system")
    sentences.push("Whether DynamicUser=yes would do depends on who else uses its files.");
  if (paths.some(([, it]) => it.made.length > 0))
    sentences.push("Which other programs read the files that the service makes.");
  if (!runs.some((it) => it.fresh))
    sentences.push(
      "What it does on its first start on a new machine, where its files and directories are not there yet.",
    );
  sentences.push("Limits of memory, tasks, files and time: what was used is no measure of what will be.");
  return sentences;
}

/** The settings with commands of the unit of which no log shows a line. */
export function unseenCommands({ facts, needs }: Pick<LearnContext, "facts" | "needs">): readonly string[] {
  const logs = [...(needs.logs ?? []), ...[...sightsIn(needs)].map(({ at }) => at)];
  const seen = new Set(logs.map((it) => it.replace(/[-:].*$/s, "")));
  return [...new Set(facts.programs.map((it) => it.setting as string))].filter((it) => !seen.has(it));
}

function* sightsIn(needs: Needs): Iterable<Sight> {
  for (const { used, failed } of Object.values(needs.paths)) yield* [...Object.values(used), ...Object.values(failed)];
  for (const { sight, failed } of Object.values(needs.syscalls))
    yield* [...(sight ? [sight] : []), ...Object.values(failed)];
  for (const { sight } of Object.values(needs.programs)) yield sight;
}
