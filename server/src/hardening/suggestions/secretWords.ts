/** How a program takes from a file what else is written out. */
export interface FileWay {
  /** The words that say so, with the path of the file. */
  readonly wordsFor: (path: string) => string;
  /** What the file holds. */
  readonly holds: string;
  /** Where these words must be, instead of the position of the secret. */
  readonly at?: number;
}

/** A secret that is written out in a value; offsets count in its text. */
export interface Literal {
  /** What it is, for a reader: a name as written, or in words. */
  readonly what: string;
  /** What it is called: a variable, an option with its dashes, or a credential. */
  readonly name: string;
  /** How a file could take its place: `place` where nothing is known, as it stands among other things. */
  readonly kind: "variable" | "option" | "credential" | "place" | "file";
  /** The words that say it, the option before it included. */
  readonly from: number;
  readonly to: number;
  readonly file?: FileWay;
}

const SECRET =
  /(?:^|[_.-])(?:\w*password|\w*passwd|\w*passphrase|\w*secret|\w*token|pass|pwd|(?:\w*[_.-])?(?:api|access|secret|private|encryption|auth)[_.-]?key|secret_key_base)$/i;
/**
 * Values that are no secrets: paths, variables, specifiers, switches, numbers of a few digits, marks of a template, and where
 * in a store a secret lies.
 */
const NO_SECRET =
  /^(?:[-/~$%@<{[(].*|.*(?:\$[{(]?\w|`|\{\{).*|changeit|(?:unix|file|env|fd|https?|op|arn|vault|ssm|ref\+\w+):.*|[a-z][a-z\d-]*(?:\/[a-z\d._-]+)+|yes|no|on|off|true|false|none|null|auto|prompt|ask|\d{0,3})$/is;
/** A key with slashes, which look like the places of a store. */
const AWS_KEY = /^(?=.*[A-Z])(?=.*\d)[A-Za-z\d/+]{40}$/;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^/:@\s"']{1,64}):([^/@\s"']{1,128})@/i;

/** Whether a value is a secret by its name. */
export const isSecret = (name: string, value: string): boolean =>
  name.length < 100 &&
  !NAMES_NONE.test(name) &&
  SECRET.test(name) &&
  (AWS_KEY.test(value) || !NO_SECRET.test(value.slice(0, 400)));

/** Names that end alike and say something about secrets, or of those of nobody. */
const NAMES_NONE =
  /(?:^|[_.-])(?:no|allow|require|use|with|enable|disable|public|old|reset|show|change|next|csrf|max|min|num|eos|bos|pad|trust|stop|start|first|second|two|multi|render|high|low|band|hash|generate|random|image[_.-]?pull|mount)[_.-]|^(?:OLD)?PWD$/i;

/** A password in an address of a server; that of nobody in particular, such as guest:guest, is none. */
function hasPassword(value: string): boolean {
  const [, user = "", password = ""] = ADDRESS.exec(value) ?? [];
  return password !== user && isValue(password);
}

/** Whether a password or token is one, and no variable, specifier, path, switch or mark. */
export const isValue = (value: string): boolean => value !== "" && !NO_SECRET.test(value.slice(0, 400));

/** Variables that have no sister with `_FILE` at the end: what else takes a file, null where nothing does. */
export const OTHERWISE: Readonly<Record<string, FileWay | null>> = {
  AWS_SECRET_ACCESS_KEY: {
    wordsFor: (path) => `AWS_SHARED_CREDENTIALS_FILE=${path}`,
    holds: "a [default] profile with both keys",
  },
  BORG_PASSPHRASE: { wordsFor: (path) => `"BORG_PASSCOMMAND=cat ${path}"`, holds: "the passphrase" },
  MYSQL_PWD: null,
  PGPASSWORD: null,
  REDISCLI_AUTH: null,
  SSHPASS: null,
};

/** Addresses to which everyone who knows them may post. */
const WEBHOOK =
  /\bhttps:\/\/(?:hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{5,}\/|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{5,}\/[\w-]{10,}|\w+\.webhook\.office\.com\/webhookb2\/[\w@-]{10,}|api\.telegram\.org\/bot\d{5,}:[\w-]{10,})/;
/** Whether a text is the address of a webhook and no more. */
export const isWebhook = (text: string): boolean => WEBHOOK.test(text) && /^https:\S+$/.test(text);

/** What a database is called with: fields that are parted by `;` or blanks, the password among them. */
const CONNECTION =
  /^(?=.*(?:^|[;\s])(?:server|host|data source|dbname|database|user(?: id)?|uid)\s?=).*(?:^|[;\s])(?:password|pwd)\s?=\s?([^;\s"']+)/i;

/** A token among the parameters of an address. */
const PARAMETER =
  /\bhttps?:\/\/[^\s?]{1,200}\?(?:[^\s&=]{1,50}=[^\s&]{0,200}&){0,20}(?:access_token|auth_token|token|api_?key|secret|password|passwd)=([^\s&"']{6,200})/i;

/** Why an address in a text is a secret that every reader can use: with a password, a token, or of a webhook; undefined for any other. */
export function openAddress(text: string): string | undefined {
  const [, connection = ""] = CONNECTION.exec(text.slice(0, 2000)) ?? [];
  if (isValue(connection)) return "a password in a connection string";
  if (!text.includes("://")) return undefined;
  if (hasPassword(text)) return "a password in an address";
  if (WEBHOOK.test(text)) return "the address of a webhook, to which everyone who knows it can post";
  const token = PARAMETER.exec(text)?.[1];
  return token !== undefined && isValue(token) ? "a token in an address" : undefined;
}

/** Tokens that their own form gives away. */
const SHAPE =
  /^(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{16,}|tskey-[a-z]+-[\w-]{10,}|SG\.[\w-]{20,}\.[\w-]{20,}|hf_[A-Za-z]{30,}|npm_[A-Za-z0-9]{36}|dop_v1_[0-9a-f]{60,})$/;

/** Whether a value is a token by its form. */
export const secretShape = (value: string): boolean => value.length < 300 && SHAPE.test(value);
