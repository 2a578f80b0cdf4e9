import { programFacts } from "../needs/programFacts.ts";
import { programReading } from "../needs/programReading.ts";
import { isSource } from "../needs/sourceReading.ts";
import { bullets, code, heading, join, literal, type Prose, plainProse, proseParagraphs } from "../reports/markup.ts";
import { type Facts, factsOf } from "../service/facts.ts";
import { hasForeignPrograms } from "../service/programCommands.ts";
import type { Unit } from "../units/unit.ts";

/** All that was read of the programs of a service as a document, as `inspect` prints it; where nothing was, it says why. */
export function programMarkdown(unit: Unit, isTrusted: boolean): string {
  const facts = factsOf(unit);
  const name = unit.path.name ?? "service";
  const reading = isTrusted ? programReading(facts) : undefined;
  const title = heading(1, join([plainProse("Programs of"), code(name)], " "));
  if (!reading) return `${proseParagraphs(title, literal(whyNothing(facts, isTrusted))).markdown}\n`;
  const { files, others, parts, unread } = programFacts(reading, facts.privileged);
  const { markdown } = proseParagraphs(
    title,
    isSource(reading)
      ? plainProse(
          "Read of the source next to the unit: what it names speaks against settings, its silence shows nothing.",
        )
      : undefined,
    literal(`Read without running anything. \`unit-warden inspect ${name}\` prints the same.`),
    ...section("Files", [...files, ...others]),
    ...parts.flatMap((it) => section(capitalized(it.head), it.lines)),
    ...section("Not read", unread),
  );
  return `${markdown}\n`;
}

function whyNothing({ unit, programs }: Facts, isTrusted: boolean): string {
  if (programs.length === 0) return "The service runs no program inside its sandbox.";
  if (!isTrusted) return "Nothing is read: this workspace is not trusted.";
  if (unit.defaults?.source)
    return "Nothing is read: no folder of this repository builds its programs, or more than one may. A module, package or program in the source has to have the name of the program, or the script that it starts.";
  if (hasForeignPrograms(unit))
    return "Nothing is read: the service has a root or an image of its own, whose files are others than those of this machine.";
  if (!unit.defaults?.files)
    return "Nothing is read: the file lies in no folder of units of this machine, so its programs may be elsewhere. `unit-warden inspect --root DIR` reads those of an unpacked image.";
  return "Nothing could be read: its programs are not on this machine. `unit-warden try` on the machine that runs them shows what the service bears.";
}

const section = (title: string, lines: readonly string[]): readonly Prose[] =>
  lines.length === 0 ? [] : [heading(2, plainProse(title)), bullets(lines.map(plainProse))];

const capitalized = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;
