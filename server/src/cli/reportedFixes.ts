import { isAdvice } from "../findings/advice.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import type { TextEdit } from "../text/span.ts";

/** What a fix does to its file. */
interface FixEdits extends Pick<Fix, "title"> {
  readonly edits: readonly TextEdit[];
}

/** The fixes of a finding that `--fix` would choose, and that change its file: no setting is added, and no file gets another name. */
export function reportedFixes(finding: Finding): readonly FixEdits[] {
  if (isAdvice(finding)) return [];
  return finding.fixes
    .filter(({ safe, rename }) => safe && rename === undefined)
    .map(({ title, edits }) => ({ title, edits: edits() }))
    .filter(({ edits }) => edits.length > 0);
}
