import { type Directive, isIgnored, typeIn } from "../catalog/catalog.ts";
import { interplayOf } from "../catalog/interplay.ts";
import { directiveUrl, sectionUrl } from "../catalog/manualLink.ts";
import { type SectionName, sectionFacts } from "../catalog/sections.ts";
import { formOf } from "../values/enumeration.ts";
import type { Member } from "../values/member.ts";
import { valueType } from "../values/valueTypes.ts";
import type { SystemdVersion } from "../values/version.ts";
import { code, join, link, type Prose, strong, text } from "./markup.ts";

/** Values and forms are written with backquotes around what is literal; plain readers see them without. */
export function literal(form: string): Prose {
  return { markdown: form, plain: form.replaceAll("`", "") };
}

/** Pieces of one sentence, with blanks between them. */
export const sentence = (...pieces: (Prose | undefined)[]): Prose => join(pieces, " ");
/** Pieces with blank lines between them. */
export const paragraphs = (...pieces: (Prose | undefined)[]): Prose => join(pieces, "\n\n");

/** A default begins with the value itself, but for the few that are a phrase. */
function defaultValue(written: string): Prose {
  if (written === "(empty)") return text("empty");
  const [, value, remark = ""] = /^([^\s()]+)((?: \(| with ).*)?$/.exec(written) ?? [];
  return value === undefined ? text(written) : join([code(value), text(remark)], "");
}

/** What the catalog knows about a directive, for hover and completion. */
export function describeDirective(directive: Directive, version: SystemdVersion): Prose {
  const { name, section, successor, scope, until } = directive;
  const url = directiveUrl(directive, version);
  const values = valueType(typeIn(directive, version));
  const ignored = isIgnored(directive, version);
  const interplay = ignored ? undefined : interplayOf(name);
  const facts = [
    directive.default === undefined || ignored
      ? undefined
      : sentence(text("Default:"), defaultValue(directive.default)),
    ignored && until ? text(`Without effect since systemd ${until}`) : undefined,
    directive.since === undefined ? undefined : text(`Since systemd ${directive.since}`),
    directive.many && !ignored ? text("Several lines add up") : undefined,
    url && directive.page ? link(`${directive.page}(5)`, url) : text("Not in the manual"),
  ];
  return paragraphs(
    sentence(strong(`${name}=`), text("in"), code(`[${section}]`)),
    text(directive.summary),
    ignored ? undefined : sentence(text("Takes"), literal(`${formOf(values, version)}.`)),
    interplay === undefined ? undefined : literal(interplay),
    successor && !directive.summary.includes(`use ${successor.name}=`)
      ? sentence(
          text("Write"),
          code(`${successor.name}=`),
          successor.section === section ? undefined : join([text("in "), code(`[${successor.section}]`)], ""),
          text("instead."),
        )
      : undefined,
    scope === "system" ? text("Only for system services: it has no effect in user units.") : undefined,
    scope === "private-users"
      ? sentence(text("In user units it enables"), code("PrivateUsers=yes"), text("as well, which it requires there."))
      : undefined,
    join(facts, " · "),
  );
}

/** What is known about a section, for hover and completion. */
export function describeSection(section: SectionName, version: SystemdVersion): Prose {
  const { summary, page } = sectionFacts(section);
  const manual = link(`${page}(5)`, sectionUrl(section, version));
  return paragraphs(strong(`[${section}]`), join([literal(summary), manual], " · "));
}

/** What one value of an enumeration does; of a plain yes or no, what the directive does. */
export function describeMember(directive: Directive, member: Member, version: SystemdVersion): Prose {
  const type = valueType(typeIn(directive, version));
  const switches = type.kind === "enumeration" && type.boolean !== undefined && type.members.length === 2;
  return paragraphs(
    code(`${directive.name}=${member.value}${member.suffix?.required ? ":…" : ""}`),
    literal(member.summary),
    switches ? text(directive.summary) : undefined,
    member.deprecated ? text("Deprecated: systemd accepts it, but warns.") : undefined,
    member.since ? text(`Since systemd ${member.since}.`) : undefined,
  );
}
