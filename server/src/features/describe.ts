import { type Directive, grammarIn, isIgnored, isRead, typeIn } from "../catalog/catalog.ts";
import { interplayOf } from "../catalog/interplay.ts";
import { directiveUrl, sectionUrl } from "../catalog/manualLink.ts";
import { QUADLET_PAGE, type SectionFacts, type SectionName } from "../catalog/sections.ts";
import { describePodman, NEWEST_PODMAN, type PodmanVersion } from "../facts/podmanVersions.ts";
import type { QuadletKey } from "../facts/quadlets/keys.ts";
import { hasCome, releaseOf, type SystemdVersion } from "../facts/version.ts";
import {
  code,
  join,
  link,
  literal,
  type Prose,
  plainProse,
  proseParagraphs,
  sentence,
  strong,
} from "../reports/markup.ts";
import { formOf, isDeprecated } from "../values/enumeration.ts";
import type { Member } from "../values/member.ts";

/** A default begins with the value itself, but for the few that are a phrase. */
function defaultValue(written: string): Prose {
  if (written === "(empty)") return plainProse("empty");
  const [, value, remark = ""] = /^([^\s()]+)((?: \(| with ).*)?$/.exec(written) ?? [];
  return value === undefined ? plainProse(written) : join([code(value), plainProse(remark)], "");
}

/** What the catalog knows about a directive, for hover and completion. */
export function describeDirective(
  directive: Directive,
  version: SystemdVersion,
  podman: PodmanVersion = NEWEST_PODMAN,
): Prose {
  if (directive.podman) return describeKey(directive, directive.podman, version, podman);
  const { name, section, successor, scope, until } = directive;
  const url = directiveUrl(directive, version);
  const values = grammarIn(directive, version);
  const form = formOf(values, version);
  const ignored = isIgnored(directive, version);
  // A setting of another file may have the name of a directive, and nothing else of it.
  const interplay = ignored || isConfigType(typeIn(directive, version)) ? undefined : interplayOf(name);
  const facts = [
    directive.default === undefined || ignored
      ? undefined
      : sentence(plainProse("Default:"), defaultValue(directive.default)),
    ignored && until ? plainProse(`Without effect since systemd ${until}`) : undefined,
    age(directive, version),
    directive.many && !ignored ? plainProse("Several lines add up") : undefined,
    url && directive.page ? link(`${directive.page}(5)`, url) : plainProse("Not in the manual"),
  ];
  return proseParagraphs(
    sentence(strong(`${name}=`), plainProse("in"), code(`[${section}]`)),
    directive.summary === "" ? undefined : plainProse(summaryIn(directive, version)),
    ignored || (directive.summary === "" && form === "any text")
      ? undefined
      : sentence(plainProse("Takes"), literal(`${form}.`)),
    interplay === undefined ? undefined : literal(interplay),
    successor && !directive.summary.includes(`use ${successor.name}=`)
      ? sentence(
          plainProse("Write"),
          code(`${successor.name}=`),
          successor.section === section ? undefined : join([plainProse("in "), code(`[${successor.section}]`)], ""),
          plainProse("instead."),
        )
      : undefined,
    scope === "system" ? plainProse("Only for system services: it has no effect in user units.") : undefined,
    scope === "private-users"
      ? sentence(
          plainProse("In user units it enables"),
          code("PrivateUsers=yes"),
          plainProse("as well, which it requires there."),
        )
      : undefined,
    join(facts, " · "),
  );
}

/** The same of a key of a quadlet. */
function describeKey(directive: Directive, key: QuadletKey, version: SystemdVersion, podman: PodmanVersion): Prose {
  const { name, section, summary, many } = directive;
  const { option, since, replacedBy, excludes = [], needs, required } = key;
  const url = directiveUrl(directive, version);
  const names = (them: readonly string[]): Prose =>
    join(
      them.map((it) => code(`${it}=`)),
      ", ",
    );
  const isKnown = since <= podman;
  const facts = [
    directive.default === undefined ? undefined : sentence(plainProse("Default:"), code(directive.default)),
    plainProse(
      `Since ${describePodman(since)}${isKnown ? "" : `; your target, ${describePodman(podman)}, refuses the file`}`,
    ),
    many ? plainProse("Several lines add up") : undefined,
    url === undefined ? undefined : link(`${QUADLET_PAGE}(5)`, url),
  ];
  return proseParagraphs(
    sentence(strong(`${name}=`), plainProse("in"), code(`[${section}]`)),
    literal(summary),
    sentence(plainProse("Takes"), literal(`${formOf(grammarIn(directive, version), version)}.`)),
    option ? sentence(plainProse("Becomes"), code(option), plainProse("of podman.")) : undefined,
    required ? plainProse("Required: without it there is no service.") : undefined,
    needs === undefined ? undefined : sentence(plainProse("Requires"), names([needs])),
    excludes.length === 0 ? undefined : sentence(plainProse("Excludes"), names(excludes)),
    replacedBy === undefined
      ? undefined
      : sentence(plainProse("Deprecated: write"), names([replacedBy]), plainProse("instead.")),
    join(facts, " · "),
  );
}

/** Since when there is a directive, and whether the target has it. */
function age(directive: Directive, version: SystemdVersion): Prose | undefined {
  const { since, gone } = directive;
  const span = gone === undefined ? `Since systemd ${since}` : `Until systemd ${gone - 1}`;
  if (!isRead(directive, version)) return plainProse(`${span}; your target, systemd ${releaseOf(version)}, ignores it`);
  return since === undefined ? undefined : plainProse(span);
}

/** The summary of a directive that has no effect any more, with the version from which it has none. */
function summaryIn({ summary, until }: Directive, version: SystemdVersion): string {
  const works = until !== undefined && !hasCome({ since: until }, version);
  return works ? summary.replace(/^Has no effect any more;/, `Has no effect from systemd ${until} on;`) : summary;
}

/** What is known about a section, for hover and completion. */
export function describeSection(section: SectionName, facts: SectionFacts, version: SystemdVersion): Prose {
  const { summary, page } = facts;
  const manual = link(`${page}(5)`, sectionUrl(facts, version));
  const about = summary === "" ? undefined : literal(summary);
  return proseParagraphs(strong(`[${section}]`), join([about, manual], " · "));
}

/** What one value of an enumeration does; of a plain yes or no, what the directive does. */
export function describeMember(directive: Directive, member: Member, version: SystemdVersion): Prose {
  const type = grammarIn(directive, version);
  const switches = type.kind === "enumeration" && type.boolean !== undefined && type.members.length === 2;
  return proseParagraphs(
    code(`${directive.name}=${member.value}${member.suffix?.required ? ":…" : ""}`),
    member.summary === "" ? undefined : literal(member.summary),
    switches && directive.summary !== "" ? plainProse(directive.summary) : undefined,
    isDeprecated(member, version) ? plainProse("Deprecated: systemd accepts it, but warns.") : undefined,
    member.since ? plainProse(`Since systemd ${member.since}.`) : undefined,
  );
}

const isConfigType = (type: string): boolean => type.startsWith("config/");
