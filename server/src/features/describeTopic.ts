import type { Directive } from "../catalog/catalog.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import { SPECIFIERS } from "../facts/specifiers.ts";
import type { Topic, Where } from "../values/grammar.ts";
import { formatSize } from "../values/size.ts";
import { formatTimeSpan } from "../values/timeSpan.ts";
import { describeCalendar } from "./calendar.ts";
import { describeMember, literal, paragraphs, sentence } from "./describe.ts";
import { code, join, type Prose, strong, text } from "./markup.ts";
import { describeMode } from "./mode.ts";
import { givenBy } from "./specifier.ts";
import { describeState } from "./unitState.ts";
import type { World } from "./world.ts";

/** What a topic is explained by. */
export interface Surroundings {
  readonly directive: Directive;
  readonly where: Where;
  readonly world: World;
}

/** What a part of a value means; undefined where there is nothing to say of it. */
export function describeTopic(topic: Topic, { directive, where, world }: Surroundings): Prose | undefined {
  switch (topic.kind) {
    case "member":
      return describeMember(directive, topic.member);
    case "prose":
      return topic.text === "" ? undefined : paragraphs(literal(topic.title), literal(topic.text));
    case "time":
      return describeTime(topic.nanoseconds);
    case "size":
      return describeSize(topic.bytes);
    case "mode":
      return describeMode(topic.mode, directive.name === "UMask");
    case "calendar":
      return describeCalendar(topic.text, world.now(), world.zone);
    case "units":
      return describeUnit(topic.name, where, world);
    case "specifier":
      return describeSpecifier(topic.letter, where);
  }
}

/** In systemd's own spelling, and in seconds where that is not the same. */
function describeTime(nanoseconds: number): Prose {
  if (nanoseconds === Number.POSITIVE_INFINITY) return sentence(strong("infinity"), text("is without limit."));
  const seconds = nanoseconds / 1e9;
  return join(
    [strong(formatTimeSpan(nanoseconds)), seconds >= 60 ? text(`${seconds.toLocaleString("en")} seconds`) : undefined],
    " · ",
  );
}

/** Rounded as systemd shows it, and in bytes. */
function describeSize(bytes: number): Prose {
  if (bytes === Number.POSITIVE_INFINITY) return sentence(strong("infinity"), text("is without limit."));
  return join([strong(formatSize(bytes)), text(`${bytes.toLocaleString("en")} bytes`)], " · ");
}

/** What its file says of a unit, what systemd uses it for, and which files it has. */
function describeUnit(name: string, { scope }: Where, world: World): Prose | undefined {
  const state = world.state(name);
  const description = state?.description ?? (state?.masked ? undefined : world.description(name));
  const special = SPECIAL_UNITS[scope].find((it) => it.name === name);
  if (description === undefined && !special && !state) return undefined;
  return paragraphs(
    code(name),
    description === undefined ? undefined : text(description),
    special && literal(special.summary),
    state && describeState(name, state),
  );
}

/** What it stands for and what it gives in this unit. */
function describeSpecifier(letter: string, where: Where): Prose | undefined {
  const facts = SPECIFIERS.get(letter);
  if (!facts) return undefined;
  const given = givenBy(letter, where);
  const { instance } = where.unit;
  const here =
    given !== undefined
      ? sentence(text("Here:"), given === "" ? text("nothing, the name has no such part") : code(given))
      : facts.from === "name"
        ? text(instance === undefined ? "" : "Known once the template has an instance.")
        : facts.from === "manager"
          ? text("Differs from user to user.")
          : facts.from === "file"
            ? undefined
            : text("Known on the machine alone.");
  return paragraphs(
    sentence(strong(`%${letter}`), text("is"), literal(`${facts.meaning}.`)),
    here?.plain ? here : undefined,
  );
}
