import type { ValueRules } from "../valueRule.ts";
import { EXEC_RULES } from "./exec.ts";

const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;
const unit = (line: string): string => `[Unit]\n${line}\n[Service]\nExecStart=/bin/true\n`;

/** What can be wrong with the values of grammars/names.ts. */
export const NAME_RULES = {
  ...EXEC_RULES,
  "value/specifier": {
    title: "Unknown specifier",
    why: "A % before a letter or digit must be a specifier; otherwise systemd drops the value, or refuses the unit where it cannot do without. A literal percent sign is written %%.",
    page: "systemd.unit(5)",
    bad: { text: unit("Description=Keeps 5%x free") },
    good: { text: unit("Description=Keeps 5%%x free") },
  },
  "value/quotes": {
    title: "Quotes that stay in a text",
    why: "A value that is one text needs no quotes and keeps them; only lists of words and command lines take them away.",
    page: "systemd.syntax(7)",
    bad: { text: unit('Description="A web server"') },
    good: { text: unit("Description=A web server") },
  },
  "value/environment": {
    title: "Word that is no variable",
    why: "Each word must be NAME=VALUE, or the name of a variable where only that is asked for; systemd drops a word that is not.",
    page: "systemd.exec(5)",
    bad: { text: service("Environment=LANG=C $HOME") },
    good: { text: service("Environment=LANG=C HOME=/root") },
  },
  "value/self-reference": {
    title: "Variable that is to be added to",
    why: "Environment= replaces no variables: the new value holds the dollar sign and the name as they stand.",
    page: "systemd.exec(5)",
    bad: { text: service("Environment=PATH=/opt/bin:$PATH") },
    good: { text: service("Environment=PATH=/opt/bin:/usr/bin:/bin") },
  },
  "value/user": {
    title: "No name or number of a user or group",
    why: "systemd refuses a unit whose user or group has a colon, a slash or a control character in its name or is no valid number; names beyond letters, digits, _ and - it takes with a warning.",
    page: "systemd.exec(5)",
    bad: { text: service("User=www-data:www-data") },
    good: { text: service("User=www-data\nGroup=www-data") },
  },
  "value/nobody": {
    title: "Service that runs as nobody",
    why: "Several services and network file systems share the user nobody, so that each can reach the processes and files of the others; systemd warns of it. DynamicUser=yes or a user of its own is better.",
    page: "systemd.exec(5)",
    bad: { text: service("User=nobody") },
    good: { text: service("DynamicUser=yes") },
  },
  "value/bus-name": {
    title: "No name for the bus",
    why: "A name on D-Bus has two or more parts of letters, digits, _ and - with dots between them, none of which begins with a digit; systemd drops anything else.",
    page: "systemd.service(5)",
    bad: { text: service("BusName=daemon") },
    good: { text: service("BusName=org.example.Daemon") },
  },
  "value/name": {
    title: "Name with characters that it cannot have",
    why: "Names that become those of files, descriptors or journals take only some characters; systemd drops others.",
    page: "systemd.exec(5)",
    bad: { text: service("LogNamespace=web/shop") },
    good: { text: service("LogNamespace=web-shop") },
  },
  "value/uri": {
    title: "Documentation that is no URI",
    why: "Documentation= takes only URIs that begin with man:, http://, https://, file:/ or info:, without other than ASCII characters; systemd drops anything else.",
    page: "systemd.unit(5)",
    bad: { text: unit("Documentation=nginx(8)") },
    good: { text: unit("Documentation=man:nginx(8)") },
  },
  "value/signal": {
    title: "Unknown signal",
    why: "A signal is a number from 1 to 64 or a name in capitals, with or without SIG; systemd drops anything else.",
    page: "systemd.kill(5)",
    bad: { text: service("KillSignal=SIGTREM") },
    good: { text: service("KillSignal=SIGTERM") },
  },
  "value/exit-status": {
    title: "Unknown exit status",
    why: "The list takes numbers from 0 to 255, names such as TEMPFAIL and signals, with blanks between them; systemd drops any other word.",
    page: "systemd.service(5)",
    bad: { text: service("SuccessExitStatus=143,255") },
    good: { text: service("SuccessExitStatus=143 255") },
  },
  "value/credential": {
    title: "Credential that cannot be named or found",
    why: "A credential is named like a file, in ASCII and without a colon; what follows the colon must be there and fit the directive. systemd drops anything else.",
    page: "systemd.exec(5)",
    bad: { text: service("LoadCredential=key:etc/key") },
    good: { text: service("LoadCredential=key:/etc/key") },
  },
  "value/encoding": {
    title: "Data that are not Base64",
    why: "The data are letters, digits, + and /, filled up with = to a multiple of four; systemd drops anything else.",
    page: "systemd.exec(5)",
    bad: { text: service("StandardInputData=SGVsbG8") },
    good: { text: service("StandardInputData=SGVsbG8=") },
  },
  "value/log-field": {
    title: "No field of the journal",
    why: "Each word must be FIELD=VALUE, the field in capitals, digits and underscores; systemd drops other words.",
    page: "systemd.exec(5)",
    bad: { text: service("LogExtraFields=team=web") },
    good: { text: service("LogExtraFields=TEAM=web") },
  },
  "value/pattern": {
    title: "Broken regular expression",
    why: "A pattern that PCRE2 cannot compile is dropped, and its messages are not filtered.",
    page: "systemd.exec(5)",
    bad: { text: service("LogFilterPatterns=[debug") },
    good: { text: service("LogFilterPatterns=\\[debug") },
  },
  "value/xattr": {
    title: "No extended attribute",
    why: "The files of sockets take attributes of the namespace user. only, each with = and a value; systemd drops others.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x\nXAttrListen=trusted.x=1\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=/run/x\nXAttrListen=user.x=1\n" },
  },
} as const satisfies ValueRules;
