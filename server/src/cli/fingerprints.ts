import type { Finding } from "../findings/finding.ts";
import type { CheckedFile } from "./fileReport.ts";
import { pathWithin } from "./reportPath.ts";

/**
 * A hash for each finding of a file, which stays the same when lines come or go above it; the path is the one that the
 * file has in the folder.
 */
export function fingerprints({ path, text, findings }: CheckedFile, folder: string): readonly string[] {
  // Asked for here, as it is much of Node.js and other reports do without.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const file = pathWithin(folder, path);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const same = sameness(finding, text);
    const times = (seen.get(same) ?? 0) + 1;
    seen.set(same, times);
    return createHash("sha256")
      .update(JSON.stringify([file, same, times]))
      .digest("hex");
  });
}

function sameness({ code, directive, start, end }: Finding, text: string): string {
  return JSON.stringify([code, directive, text.slice(start, end)]);
}
