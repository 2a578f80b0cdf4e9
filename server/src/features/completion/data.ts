import type { SectionName } from "../../catalog/sections.ts";
import type { SystemdVersion } from "../../values/version.ts";

/** What an item carries besides its label, so that resolve needs no document. */
export type ItemData =
  /** The label is a snippet, for a file of this name. */
  | { readonly snippet: true; readonly name?: string }
  /** The label is a section header. */
  | { readonly section: SectionName }
  /** The label is a directive. */
  | { readonly section: SectionName; readonly version: SystemdVersion }
  /** The label is a value, unless there is another `value`. */
  | {
      readonly section: SectionName;
      readonly version: SystemdVersion;
      readonly directive: string;
      readonly value?: string;
    };
