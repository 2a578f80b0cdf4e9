import type { SystemdVersion } from "../facts/version.ts";
import type { HardeningChoice } from "../features/hardenAction.ts";
import type { ManualSource } from "../features/manual.ts";
import type { OfferedSetting } from "../features/moreSettings.ts";
import type { WantedService } from "../features/newUnit/wanted.ts";
import type { ExposureReport } from "../features/report.ts";
import type { Sandbox } from "../features/sandbox.ts";
import type { UnitStatus } from "../features/unitStatus.ts";
import type { ManualPage } from "../manual/model.ts";
import type { PageRows } from "../manual/rows.ts";
import type { FixChoice } from "../reports/model.ts";

export type { ExplainedFailure, FailureCause, ShownFailure } from "../features/explainedFailure.ts";
export type { OfferedSetting } from "../features/moreSettings.ts";
export type { ExposureLevel } from "../features/unitStatus.ts";
export type { ListedEntry } from "./fileAccess.ts";

/** What the client asks for beyond LSP; plain data, so that client and server share types and no code. */

/** The exposure of one unit; `REPORT_REQUEST` takes `{ uri }` and gives this, or null for anything but a service. */
export interface ShownReport extends ExposureReport {
  readonly uri: string;
}

/** What a button of the report of a unit does. */
export type FixParams = { readonly uri: string } & FixChoice;

/** What `OVERVIEW_REQUEST` takes; who gives a token is told of the progress as LSP has it. */
export interface OverviewParams {
  readonly uris?: readonly string[];
  readonly workDoneToken?: string | number;
}

/** One line of the overview; `OVERVIEW_REQUEST` gives these, the most exposed first. */
export interface OverviewRow extends Pick<ShownReport, "uri" | "name" | "exposure" | "level"> {
  /** How many safe settings the unit lacks, and the exposure with all of them; missing where systemd refuses the unit. */
  readonly safe: number;
  readonly after?: number;
  /** How many more are only likely to be safe. */
  readonly likely: number;
}

/** What the editor shows of an open unit file; `STATUS_REQUEST` takes `{ uri }` and gives this, or null for any other document. */
export interface ShownStatus extends UnitStatus {
  /** How much hardening is asked for. */
  readonly profile: string;
  readonly systemd: {
    /** The systemd that the file is read for. */
    readonly version: SystemdVersion;
    /** The distribution that the reader named. */
    readonly name?: string;
    /** Who says so: the reader, the machine that the file lies on, or nobody, so that it is the newest that is known. */
    readonly from: "setting" | "machine" | "newest";
    /** What is installed there, which may be older or newer than all that is known. */
    readonly installed?: SystemdVersion;
  };
}

/** The same for a file that is named like a unit and is none. */
export interface NoUnitStatus {
  /** What it is, and who reads it. */
  readonly noUnit: string;
}

export const STATUS_REQUEST = "unitWarden/status";
/** Takes `{ uris }` of files, open or not, and gives an ExposureLevel for each in their order, null for anything but a service. */
export const LEVELS_REQUEST = "unitWarden/levels";
/** Takes `{ uri }` of a drop-in and gives the address of the unit file that it counts for, or null where none can be seen. */
export const UNIT_OF_REQUEST = "unitWarden/unitOf";

/** What `MANUAL_INDEX_REQUEST` gives: all names of systemd.directives(7) by page; null where there is no manual. */
export interface ManualIndex extends Pick<ManualSource, "origin"> {
  readonly version: number;
  readonly pages: readonly ManualIndexPage[];
}

/** The names that one page describes. */
export interface ManualIndexPage extends Pick<PageRows, "rows"> {
  readonly page: string;
  readonly section: string;
  /** Whether the page itself can be asked for. */
  readonly here: boolean;
}

/** What `MANUAL_PAGE_REQUEST` gives: a page, or the address of one that the manual does not have; null where there is none. */
export type ManualAnswer =
  | {
      readonly kind: "page";
      readonly page: ManualPage;
      readonly origin: ManualSource["origin"];
      /** The same page on the web. */
      readonly url: string;
      /** Where the pages that it names are: `here`, or at an address; those that are missing lead nowhere. */
      readonly links: Readonly<Record<string, string>>;
    }
  | { readonly kind: "elsewhere"; readonly url: string };

/** The world of a service; `SANDBOX_REQUEST` takes `{ uri, whatIf }` and gives this, or null for anything but a service file. */
export interface SandboxView extends Sandbox {
  readonly uri: string;
  /** The addresses of the unit file and its drop-ins, which its lines count by. */
  readonly files: readonly string[];
}

/** The effective unit of a file; `EFFECTIVE_REQUEST` takes `{ uri, podman? }`, of which `podman` stands for the target, and gives this, or null where no unit file can be seen. */
export interface EffectiveDocument {
  /** The merged unit as a unit file; what is not in force is a comment. */
  readonly text: string;
  /** The same with a remark after each line, for editors that show text alone. */
  readonly annotated: string;
  /** What is said of lines of `text`, and where they are written. */
  readonly remarks: readonly EffectiveRemark[];
}

/** What stands next to one line of an effective unit. */
export interface EffectiveRemark {
  readonly line: number;
  readonly text: string;
  /** Both parts of the text: where the line is written, such as `wiki.service:13`, and why it is not in force; or empty. */
  readonly place: string;
  readonly reason: string;
  /** Missing for what is implied. */
  readonly origin?: { readonly uri: string; readonly line: number };
}

/** One way to harden a service in a single step, with what the file would be; see `HARDENING_CHOICES_REQUEST`. */
export interface HardeningPreview extends Pick<HardeningChoice, "id" | "title"> {
  /** The whole text with the changes. */
  readonly text: string;
  readonly edits: OfferedSetting["edits"];
}

/** What can be done for the protection of the service at `uri`, for the text of `version`. */
export interface HardeningChoices {
  readonly version: number;
  readonly choices: readonly HardeningPreview[];
}

/** The settings that a service lacks, for the text of `version`. */
export interface OfferedSettings {
  readonly version: number;
  readonly settings: readonly OfferedSetting[];
}

/** The scheme of the documents that show what hardening would change; they are no unit files. */
export const PREVIEW_SCHEME = "unit-warden-preview";
/** Takes `{ uri }` and gives HardeningChoices, or null for a document that is closed or no service. */
export const HARDENING_CHOICES_REQUEST = "unitWarden/hardeningChoices";
/** Takes `{ uri }` and gives OfferedSettings, or null for a document that is closed or no unit file. */
export const OFFERED_SETTINGS_REQUEST = "unitWarden/offeredSettings";

/** The scheme of the documents that show effective units; they are no unit files. */
export const EFFECTIVE_SCHEME = "unit-warden-effective";
export const EFFECTIVE_REQUEST = "unitWarden/effective";
export const REPORT_REQUEST = "unitWarden/report";
export const OVERVIEW_REQUEST = "unitWarden/overview";
export const SANDBOX_REQUEST = "unitWarden/sandbox";
/** Takes FixParams and gives a WorkspaceEdit, or null. */
export const FIX_REQUEST = "unitWarden/fix";
/** Takes `{ uri, text }`, where the text describes a failure, and gives an ExplainedFailure, or null. */
export const EXPLAIN_FAILURE_REQUEST = "unitWarden/explainFailure";
/** Takes `{ uri }` of a service and gives its sandboxing settings as a NixOS module sets them, or null where it has none. */
export const NIX_REQUEST = "unitWarden/nixServiceConfig";
/** Takes nothing. */
export const MANUAL_INDEX_REQUEST = "unitWarden/manualIndex";
/** Takes `{ page, section? }`. */
export const MANUAL_PAGE_REQUEST = "unitWarden/manualPage";
/** Takes `{ code }` of a finding and gives a page about its rule in Markdown, or null where there is none. */
export const RULE_REQUEST = "unitWarden/rule";
/** The server asks for it where it has no files: the bytes of dist/manual.pages as a Uint8Array, or null. */
export const MANUAL_DATA_REQUEST = "unitWarden/manualData";
/** The server asks for files that it cannot reach itself of clients with `files: true` in their initialization options; only for folders of the workspace, and for what lies next to open documents. Takes `{ uri }` and gives the bytes as a string of one character for each, U+0000 to U+00FF, or null for what cannot be read or has more than `LONGEST_FILE` bytes. */
export const READ_FILE_REQUEST = "unitWarden/readFile";
/** The same for a folder: takes `{ uri }` and gives its entries as ListedEntry[], or null. */
export const LIST_FOLDER_REQUEST = "unitWarden/listFolder";
/** Longer files are no unit files, and not worth their way. */
export const LONGEST_FILE = 1 << 20;
/** Says that the reader trusts the workspace now; takes nothing. Before, `trusted: false` stood in the initialization options. */
export const TRUST_NOTIFICATION = "unitWarden/trusted";
/** Takes nothing and gives the version of systemd on the server's machine as a number, or null. */
export const INSTALLED_REQUEST = "unitWarden/installed";

/** What a client says of a new service; the server knows the profile and the version. */
export type NewUnitParams = Omit<WantedService, "profile" | "version">;
/** Takes NewUnitParams and gives NewUnits: the files with their texts, none of which is written. */
export const NEW_UNIT_REQUEST = "unitWarden/newUnit";
/** Takes FileAnswers and gives NewUnits, as NEW_UNIT_REQUEST does. */
export const NEW_FILE_REQUEST = "unitWarden/newFile";
export type {
  FileAnswers,
  NewUnits,
  PathCondition,
  Start,
  WantedDetail,
  WantedQuadlet,
  WantedRunAs,
} from "../features/newUnit/wanted.ts";

/** What a command shows of the service that is to run it; `message` says why no service can. */
export interface CommandShows {
  readonly message?: string;
  readonly name?: string;
  readonly user?: string;
  readonly port?: number;
}
/** Takes `{ exec }` and gives CommandShows. */
export const COMMAND_REQUEST = "unitWarden/readCommand";

/** A unit that has a file. */
export interface ListedUnit {
  readonly name: string;
  readonly uri: string;
  readonly description?: string;
  readonly home: "own" | "workspace" | "machine";
}
/** Takes `{ near }`, the address of a folder or nothing, and gives the units around it as ListedUnit[], the nearest first. */
export const UNITS_REQUEST = "unitWarden/units";

/** Where an override of a unit can go. */
export interface OverrideChoice {
  readonly uri: string;
  /** The path as a reader knows it. */
  readonly shown: string;
  /** Whether the file is there already. */
  readonly exists: boolean;
}
/** What OVERRIDE_REQUEST gives for the `{ uri }` of a unit file or a drop-in; null where it belongs to no single unit. */
export interface OverrideChoices {
  readonly unit: string;
  /** The section that is the unit's own. */
  readonly section: string;
  /** The text of a new one. */
  readonly text: string;
  readonly choices: readonly OverrideChoice[];
}
/** Files to be written, each whole. */
export type WholeFiles = readonly Record<"uri" | "text", string>[];
/** What LEARN_BUNDLE_REQUEST gives: files to keep what was derived in, the last one for reviewers, what to say of it, and the files of a trusted run where they differ; or why nothing was. */
export type LearntBundle =
  | { readonly target: string; readonly files: WholeFiles; readonly said: string; readonly trusted?: WholeFiles }
  | { readonly problem: string };
/** Takes `{ uri, bundles }`, a service or drop-in and the files of bundles, and gives LearntBundle, or null for other documents. */
export const LEARN_BUNDLE_REQUEST = "unitWarden/learnBundle";
export const OVERRIDE_REQUEST = "unitWarden/override";
/** The client's command that opens a file which is yet to be made; takes its address and its text. */
export const OPEN_NEW_COMMAND = "unitWarden.openNew";
