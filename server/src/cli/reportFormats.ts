import type { SystemdVersion } from "../facts/version.ts";
import { checkstyleFormat } from "./reportCheckstyle.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { githubFormat } from "./reportGithub.ts";
import { gitlabFormat } from "./reportGitlab.ts";
import { jsonFormat } from "./reportJson.ts";
import { junitFormat } from "./reportJunit.ts";
import { rdjsonFormat } from "./reportRdjson.ts";
import { sarifFormat } from "./reportSarif.ts";
import { type TextOptions, textFormat } from "./reportText.ts";

/** What a format may depend on besides what was found. */
interface ReportSettings {
  readonly systemd: SystemdVersion;
  /** How the text for people is. */
  readonly text: TextOptions;
  /** The folder to which paths are relative, absolute. */
  readonly folder: string;
}

/** The formats of what was found, by their names. */
export const REPORT_FORMATS = {
  text: ({ text }) => textFormat(text),
  json: () => jsonFormat,
  sarif: ({ systemd, folder }) => sarifFormat(systemd, folder),
  github: () => githubFormat,
  gitlab: ({ folder }) => gitlabFormat(folder),
  junit: ({ folder }) => junitFormat(folder),
  checkstyle: ({ folder }) => checkstyleFormat(folder),
  rdjson: ({ folder, systemd }) => rdjsonFormat(folder, systemd),
} satisfies Readonly<Record<string, (settings: ReportSettings) => ReportFormat<unknown>>>;

/** Their names, in the order of the table. */
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as readonly (keyof typeof REPORT_FORMATS)[];
