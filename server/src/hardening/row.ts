import type { DirectiveName } from "../catalog/catalog.ts";

/** How much work a setting takes: none, knowledge of the program, or an environment built for it. */
export type Tier = "basic" | "strict" | "isolated";

/** One piece of advice about one directive, ready for messages and for the generated documentation. */
export interface HardeningRow {
  readonly directive: DirectiveName;
  readonly tier: Tier;
  /** The strict value, which a fix adds. */
  readonly value: string;
  /** What is wrong without it, as a heading. */
  readonly title: string;
  /** What follows where it is not set: the end of a sentence, after a colon. */
  readonly absent: string;
  /** Whether that takes rights that only root, or a service with capabilities, has from the start. */
  readonly takesRights?: true;
  /** Whether the permissions of the user of the service limit that, which are no limit to root. */
  readonly asPermitted?: true;
  /** What follows from the values that count as weak: the end of a sentence that starts with the setting. */
  readonly weak: Readonly<Record<string, string>>;
  /** What it protects from. */
  readonly protects: string;
  /** What may stop working. */
  readonly breaks: string;
  /** How that failure shows. */
  readonly shows: string;
  /** The manual page, with its section number. */
  readonly page: string;
}
