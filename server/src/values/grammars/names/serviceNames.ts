import { grammar, list } from "../../combine.ts";
import type { Grammar, Offer } from "../../grammar.ts";
import { oneOf } from "../../oneOf.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { booleanTerm } from "../lists/booleans.ts";
import { readSpecifiers } from "./read.ts";

const REFRESHED = oneOf(
  [
    { text: "extensions", summary: "Remounts the images of `ExtensionImages=` and `ExtensionDirectories=`" },
    { text: "credentials", summary: "Reads the credentials again" },
  ],
  { code: "value/enumeration", what: "resource", form: "`extensions` or `credentials`" },
);

const USER: readonly Offer[] = [
  { text: "user.", summary: "The only namespace for attributes of sockets", role: "name" },
];

/** Follows config_parse_xattr(), systemd 262: the name is looked at before the specifiers. */
const xattr: Grammar = grammar("xattr", "`user.` with a name, `=` and a value", "reset", (value, into) => {
  const equals = value.text.indexOf("=");
  const name = part(value, 0, equals < 0 ? value.text.length : equals);
  into.slot(name.from, name.to, () => USER);
  into.token(name.from, name.to, "name", wordTopic(name.text, "An extended attribute of the socket's file."));
  if (equals >= 0) {
    into.token(name.to, name.to + 1, "operator");
    into.token(name.to + 1, value.to, "text");
  }
  const issue =
    equals >= 0 && name.text.startsWith("user.")
      ? readSpecifiers(value, "full", into)
      : issueAt(value, "value/xattr", noValue(value, "user. with a name, = and a value"));
  if (issue) into.problem(issue, "assignment");
});

/** What is done when a service is reloaded, and what its sockets are marked with. */
export const SERVICE_NAMES = {
  /** A word that is neither one drops the whole line. */
  serviceRefreshOnReload: list("service_refresh_on_reload", REFRESHED, {
    form: "a boolean, or a list of `extensions` and `credentials`, prefixed with `~` to leave them out",
    splitting: "plain",
    empty: "unset",
    effect: "assignment",
    broken: "assignment",
    inverts: true,
    alone: booleanTerm(
      "Both are refreshed when the service is reloaded.",
      "Nothing is refreshed when the service is reloaded.",
    ),
  }),
  xattr,
} as const satisfies Record<string, Grammar>;
