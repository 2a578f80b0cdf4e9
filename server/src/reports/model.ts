/** Gives a text in the reader's language, with what replaces `{0}`, `{1}` and so on. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** For whom a report is made. */
export interface Readership {
  readonly t: Translate;
  /** Whether there are buttons, and with them advice on pressing them. */
  readonly isInteractive: boolean;
}

/** Documents and pages, in English. */
export const READERS: Readership = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (whole, at: string) => String(args[Number(at)] ?? whole)),
  isInteractive: false,
};

/** What a button of a report does: the line that passes a check, one safe setting, all those of a profile, or what was learnt. */
export type FixChoice =
  | { readonly id: string }
  | { readonly safe: string }
  | { readonly all: string; readonly likely?: true }
  | { readonly learnt: string };

/** Settings that a reader may add: a button in an editor, elsewhere the lines themselves, or the title where they are many. */
export interface ReportOffer {
  /** Names the button in its page. */
  readonly id: string;
  readonly title: string;
  readonly lines?: readonly string[];
  /** The exposure before and after, or what else is gained. */
  readonly gain?: string;
  readonly fix: FixChoice;
  readonly weight?: "primary" | "anyway";
  /** How sure it is, or where it comes from. */
  readonly tags?: readonly { readonly text: string; readonly reason?: string }[];
}

/** A sentence on what it stands below. */
export interface Remark {
  readonly text: string;
  readonly look: "sentence" | "against" | "caution";
}

/** What a table says of a check besides its remarks. */
interface CheckCells {
  readonly id: string;
  readonly mark: string;
  /** What the mark means. */
  readonly state: string;
  /** What it adds to the exposure, and as a share of the dearest; empty where it adds nothing. */
  readonly cost: string;
  readonly share: number;
  /** The bar in words. */
  readonly label: string;
}

/** One thing of a list or table. */
export interface Item {
  /** Its tone or grade. */
  readonly look?: string;
  readonly title?: {
    readonly text: string;
    readonly as: "text" | "code" | "strong";
    readonly url?: string | undefined;
  };
  readonly offer?: ReportOffer | undefined;
  /** Those on a check come before its offer, as they are to be read first. */
  readonly remarks?: readonly Remark[];
  /** A line of a log. */
  readonly sample?: string | undefined;
  readonly check?: CheckCells;
}

/** A part of a report. */
export type ReportBlock =
  | { readonly kind: "notes"; readonly lines: readonly string[] }
  | { readonly kind: "remarks"; readonly remarks: readonly Remark[] }
  | { readonly kind: "steps"; readonly steps: readonly ReportOffer[] }
  | { readonly kind: "items"; readonly items: readonly Item[] }
  | {
      readonly kind: "checks";
      readonly items: readonly Item[];
      readonly heads: Readonly<Record<"check" | "cost", string>>;
    }
  | Group;

/** Blocks under a heading. */
export interface Group {
  readonly kind: "group";
  readonly id: string;
  readonly title: string;
  /** How many things it lists, where the title does not say it. */
  readonly count?: number | undefined;
  /** Whether it is closed until somebody opens it, where something can be opened. */
  readonly isFolded?: boolean;
  readonly blocks: readonly ReportBlock[];
}

/** A report on one unit, of which each medium makes what it can show. */
export interface Report {
  readonly title: string;
  readonly tone: string;
  /** The exposure as systemd writes it. */
  readonly number: string;
  readonly level: string;
  readonly blocks: readonly ReportBlock[];
}
