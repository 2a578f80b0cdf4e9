import { isRead } from "../../catalog/catalog.ts";
import { hasCome, releaseOf } from "../../facts/version.ts";
import type { LineRule } from "../../findings/rule.ts";
import { isTooNewSection } from "./newSection.ts";

/** Follows the "Added in version" notes of the manual pages and the parser tables of systemd 257 and 262. */
export const tooNew: LineRule = {
  code: "directive/too-new",
  *line({ section, node, known }, unit) {
    if (!known || isRead(known, unit.version) || isTooNewSection(unit, section.name)) return;
    const message = hasCome(known, unit.version)
      ? `${node.key}= is gone since systemd ${known.gone}: version ${releaseOf(unit.version)} ignores this line`
      : `${node.key}= requires systemd ${known.since}: version ${releaseOf(unit.version)} ignores this line`;
    yield { ...node.keySpan, severity: "error", message, directive: node.key };
  },
};
