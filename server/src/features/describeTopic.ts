import type { Directive } from "../catalog/catalog.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import { SPECIFIERS, type SpecifierFacts } from "../facts/specifiers.ts";
import { code, join, literal, type Prose, plainProse, proseParagraphs, sentence, strong } from "../reports/markup.ts";
import type { HoverTopic, Where } from "../values/grammar.ts";
import { formatSize } from "../values/size.ts";
import { formatTimeSpan } from "../values/timeSpan.ts";
import { describeCalendar } from "./calendar.ts";
import { describeMember } from "./describe.ts";
import { describeMode } from "./mode.ts";
import { givenBy } from "./specifier.ts";
import { describeState } from "./unitState.ts";
import type { World } from "./world.ts";

/** What a topic is explained by. */
export interface SettingContext {
  readonly directive: Directive;
  readonly where: Where;
  readonly world: World;
}

/** What a part of a value means; undefined where there is nothing to say of it. */
export function describeTopic(topic: HoverTopic, { directive, where, world }: SettingContext): Prose | undefined {
  switch (topic.kind) {
    case "member":
      return describeMember(directive, topic.member, where.version);
    case "prose":
      return topic.text === "" ? undefined : proseParagraphs(literal(topic.title), literal(topic.text));
    case "time":
      return describeTime(topic, directive);
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

/** How long it is, in systemd's own spelling and in seconds, what for, and how else it can be written. */
function describeTime({ nanoseconds, counts }: Extract<HoverTopic, { kind: "time" }>, directive: Directive): Prose {
  const purpose = directive.summary === "" ? undefined : plainProse(directive.summary);
  if (nanoseconds === Number.POSITIVE_INFINITY)
    return proseParagraphs(sentence(strong("infinity"), plainProse("is without limit.")), purpose);
  const seconds = nanoseconds / 1e9;
  const long = `${seconds.toLocaleString("en", { maximumFractionDigits: 9 })} ${seconds === 1 ? "second" : "seconds"}`;
  return proseParagraphs(
    join([strong(formatTimeSpan(nanoseconds)), plainProse(long)], " · "),
    purpose,
    counts && sentence(literal(`A number without a unit counts ${WORDS[counts]};`), literal(`units are ${UNITS}.`)),
  );
}

const WORDS = { s: "seconds", us: "microseconds", ns: "nanoseconds" } as const;
const UNITS = "`us`, `ms`, `s`, `min`, `h`, `d`, `w`, `month` and `y`";

/** Rounded as systemd shows it, and in bytes. */
function describeSize(bytes: number): Prose {
  if (bytes === Number.POSITIVE_INFINITY) return sentence(strong("infinity"), plainProse("is without limit."));
  return join([strong(formatSize(bytes)), plainProse(`${bytes.toLocaleString("en")} bytes`)], " · ");
}

/** What its file says of a unit, what systemd uses it for, and which files it has. */
function describeUnit(name: string, { scope }: Where, world: World): Prose | undefined {
  const state = world.state(name);
  const description = state?.description ?? (state?.masked ? undefined : world.description(name));
  const special = SPECIAL_UNITS[scope].find((it) => it.name === name);
  if (description === undefined && !special && !state) return undefined;
  return proseParagraphs(
    code(name),
    description === undefined ? undefined : plainProse(description),
    special && literal(special.summary),
    state && describeState(name, state),
  );
}

/** What it stands for, what it gives in this unit, and what in others. */
function describeSpecifier(letter: string, where: Where): Prose | undefined {
  const facts = SPECIFIERS.get(letter);
  if (!facts) return undefined;
  const here = givenHere(letter, facts, where);
  const other = where.scope === "system" ? "user" : "system";
  return proseParagraphs(
    sentence(strong(`%${letter}`), plainProse("is"), literal(`${facts.meaning}.`)),
    here?.plain ? here : undefined,
    facts.gives && facts.gives.system !== facts.gives.user
      ? sentence(
          plainProse(`In units of ${other === "user" ? "users" : "the system"}:`),
          literal(`${facts.gives[other]}.`),
        )
      : undefined,
  );
}

function givenHere(letter: string, { from, gives }: SpecifierFacts, where: Where): Prose | undefined {
  const given = givenBy(letter, where);
  if (given !== undefined)
    return sentence(
      plainProse("Here:"),
      given === "" ? plainProse("empty, as the name has no such part") : code(given),
    );
  switch (from) {
    case "name":
      return plainProse(where.unit.instance === undefined ? "" : "Known once the template has an instance.");
    case "manager":
      return gives
        ? sentence(plainProse("Here:"), literal(`${gives[where.scope]}.`))
        : plainProse("Differs from user to user.");
    case "nothing":
    case "file":
      return undefined;
    case "machine":
      return plainProse("Known only on the machine.");
  }
}
