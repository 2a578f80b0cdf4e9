import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { linesBehind, ownLast } from "../../../service/linePlaces.ts";
import { type LoadedUnit, loadedUnit } from "../../../service/loadedUnit.ts";
import { valuesOf } from "../../../service/settings.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { mergedAssignments, ownFile } from "../../../units/unit.ts";

/** Seen with 257. The lists of slices count too, so that a unit with a Slice= of its own is left alone. */
export const allowWithoutDeny: Rule = {
  code: "sandbox/allow-without-deny",
  needs: ["IPAddressAllow", "SocketBindAllow"],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject) return;
    const { ipAllow, ipDeny } = subject.settings;
    const all = ipAllow.allV4 && ipAllow.allV6;
    if (
      ipAllow.count > 0 &&
      !all &&
      ipDeny.count === 0 &&
      mergedAssignments(unit, subject.section, "Slice").length === 0
    )
      yield* alone(subject, "IPAddressAllow", "IPAddressDeny", "addresses");
    const ports = valuesOf(unit, "SocketBindAllow");
    if (ports.length > 0 && !ports.includes("any") && valuesOf(unit, "SocketBindDeny").length === 0)
      yield* alone(subject, "SocketBindAllow", "SocketBindDeny", "ports");
  },
};

function denyRest({ unit }: LoadedUnit, line: Assignment, other: string): Fix {
  const added = [`${other}=any`];
  return {
    title: `Add ${other}=any`,
    safe: false,
    sets: added,
    edits: () => [insertAfter(ownFile(unit), line, added)],
  };
}

function* alone(
  subject: LoadedUnit,
  name: "IPAddressAllow" | "SocketBindAllow",
  other: "IPAddressDeny" | "SocketBindDeny",
  things: string,
): Iterable<Found> {
  const line = ownLast(subject.unit, name);
  if (!line) return;
  yield {
    ...line.keySpan,
    severity: "warning",
    message: `${name}= restricts nothing without ${other}=: ${things} that neither names are allowed`,
    directive: name,
    fixes: linesBehind(subject.unit, other, line).length > 0 ? [] : [denyRest(subject, line, other)],
  };
}
