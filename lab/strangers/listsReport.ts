import { added, answered, breaks, directiveOf, lacking, read } from "../../test/hardening/services/judged.ts";
import { OTHERS, STRANGERS, type StrangeService } from "../../test/hardening/services/lists.ts";
import { addedIn, countOne, exposureAfter, median, PROFILES, STEPS, table } from "./outcome.ts";

/** What is added to some services, and which of it breaks one, by a key of each line. */
interface Tally {
  readonly added: Map<string, number>;
  readonly broken: Map<string, string[]>;
}

function tallyOf(services: readonly StrangeService[], keyOf: (line: string, grade: string) => string): Tally {
  const tally: Tally = { added: new Map(), broken: new Map() };
  for (const service of services) {
    const unit = read(service);
    const before = new Set<string>();
    for (const step of STEPS) {
      const settings = addedIn(unit, step).filter((it) => !before.has(it.line));
      for (const { line, grade } of settings) countOne(tally.added, keyOf(line, grade));
      for (const never of service.never.filter((it) =>
        breaks(
          it,
          settings.map(({ line }) => line),
        ),
      )) {
        const { line = "", grade = "" } = settings.find((it) => directiveOf(it.line) === directiveOf(never)) ?? {};
        const key = keyOf(line, grade);
        tally.broken.set(key, [...(tally.broken.get(key) ?? []), `${service.file} ${never}`]);
      }
      for (const { line } of settings) before.add(line);
    }
  }
  return tally;
}

const HEAD = [
  "list",
  "services",
  "first step",
  "broken",
  "second step",
  "broken",
  "wanted",
  "missing",
  "after both steps",
  ...PROFILES,
];

/** The figures of all lists: by list, by grade and, where asked for, by setting. */
export function listsReport(bySetting: boolean): string {
  const lists = [...STRANGERS, ...OTHERS];
  const all = lists.flatMap(([, services]) => services);
  const parts = [
    [
      "By list",
      table(
        HEAD,
        [...lists, ["all", all] as const].map(([name, it]) => rowOf(name, it)),
      ),
    ],
    ["By grade", gradesTable(all, (_, grade) => grade)],
    ...(bySetting ? [["By setting", gradesTable(all, (line, grade) => `${grade}: ${directiveOf(line)}`)]] : []),
  ];
  return parts.map(([title, text]) => `## ${title}\n\n${text}\n`).join("\n");
}

function rowOf(name: string, services: readonly StrangeService[]): readonly (string | number)[] {
  const { added, broken } = tallyOf(services, (_, grade) => (grade === "likely" ? "second" : "first"));
  const counts = ["first", "second"].flatMap((it) => [added.get(it) ?? 0, broken.get(it)?.length ?? 0]);
  const wanted = services.flatMap((it) => it.must).length;
  const answers = services.map(answered);
  const then = [answers.flatMap((it) => lacking(it, "safe")).length, brokenIn(answers).length];
  const missing = STEPS.map((step) => services.flatMap((it) => lacking(it, step)).length);
  const medians = PROFILES.map((it) => median(services.map((of) => exposureAfter(read(of), it, "safe"))));
  return [name.replace(/\.txt$/, ""), services.length, ...counts, wanted, ...missing, ...then, ...medians];
}

/** What the first step adds that breaks a service. */
export const brokenIn = (services: readonly StrangeService[]): readonly string[] =>
  services.flatMap((service) => {
    const lines = PROFILES.map((it) => added(service, it, "safe").map(({ line }) => line));
    const found = service.never.filter((never) => lines.some((it) => breaks(never, it)));
    return found.length > 0 ? [`${service.file}: ${found.join(" ")}`] : [];
  });

function gradesTable(services: readonly StrangeService[], keyOf: (line: string, grade: string) => string): string {
  const { added, broken } = tallyOf(services, keyOf);
  const rows = [...added].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return table(
    ["grade", "added", "broken", "such as"],
    rows.map(([key, n]) => [key, n, broken.get(key)?.length ?? 0, broken.get(key)?.slice(0, 4).join("; ") ?? ""]),
  );
}
