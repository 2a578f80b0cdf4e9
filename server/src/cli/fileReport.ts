import type { Finding } from "../findings/finding.ts";
import type { LineIndex } from "../text/lineIndex.ts";
import type { InputFile } from "./files.ts";

/** What was found in one file. */
export interface FileReport {
  readonly path: string;
  readonly kind: InputFile["kind"];
  readonly text: string;
  readonly lines: LineIndex;
  readonly findings: readonly Finding[];
}
