import type { ValueRules } from "../../findings/valueRule.ts";
import { EXEC_RULES } from "./execRules.ts";

const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;
const unit = (line: string): string => `[Unit]\n${line}\n[Service]\nExecStart=/bin/true\n`;

/** What can be wrong with the values of grammars/nameGrammars.ts. */
export const NAME_RULES = {
  ...EXEC_RULES,
  "value/specifier": {
    title: "Unknown specifier",
    why: "A % before a letter or digit must be a specifier; otherwise systemd ignores the value, or refuses the unit where the value is required. Write %% for a literal percent sign.",
    page: "systemd.unit(5)",
    bad: { text: unit("Description=Keeps 5%x free") },
    good: { text: unit("Description=Keeps 5%%x free") },
  },
  "value/quotes": {
    title: "Quotes kept in a text",
    why: "A value that is a single text needs no quotes and keeps them; only lists of words and command lines remove them.",
    page: "systemd.syntax(7)",
    bad: { text: unit('Description="A web server"') },
    good: { text: unit("Description=A web server") },
  },
  "value/environment": {
    title: "Invalid environment variable",
    why: "Each word must be NAME=VALUE, or the name of a variable where only names are expected; systemd ignores any other word.",
    page: "systemd.exec(5)",
    bad: { text: service("Environment=LANG=C $HOME") },
    good: { text: service("Environment=LANG=C HOME=/root") },
  },
  "value/self-reference": {
    title: "Variable reference in Environment=",
    why: "Environment= expands no variables: the new value contains the dollar sign and the name literally.",
    page: "systemd.exec(5)",
    bad: { text: service("Environment=PATH=/opt/bin:$PATH") },
    good: { text: service("Environment=PATH=/opt/bin:/usr/bin:/bin") },
  },
  "value/user": {
    title: "Invalid user or group",
    why: "systemd refuses a unit whose user or group has a colon, a slash or a control character in its name or is not a valid number; it accepts names with characters other than letters, digits, _ and -, but warns.",
    page: "systemd.exec(5)",
    bad: { text: service("User=www-data:www-data") },
    good: { text: service("User=www-data\nGroup=www-data") },
  },
  "value/nobody": {
    title: "Service that runs as nobody",
    why: "Several services and network file systems share the user nobody, so that each can access the processes and files of the others; systemd warns about it. Use DynamicUser=yes or a dedicated user.",
    page: "systemd.exec(5)",
    bad: { text: service("User=nobody") },
    good: { text: service("DynamicUser=yes") },
  },
  "value/bus-name": {
    title: "Invalid D-Bus name",
    why: "A D-Bus name has two or more parts of letters, digits, _ and -, separated by dots, none of which begins with a digit; systemd ignores anything else.",
    page: "systemd.service(5)",
    bad: { text: service("BusName=daemon") },
    good: { text: service("BusName=org.example.Daemon") },
  },
  "value/name": {
    title: "Invalid character in a name",
    why: "Names of files, descriptors and journal namespaces allow only some characters; systemd ignores any other name.",
    page: "systemd.exec(5)",
    bad: { text: service("LogNamespace=web/shop") },
    good: { text: service("LogNamespace=web-shop") },
  },
  "value/uri": {
    title: "Invalid documentation URI",
    why: "Documentation= takes only ASCII URIs that begin with man:, http://, https://, file:/ or info:; systemd ignores anything else.",
    page: "systemd.unit(5)",
    bad: { text: unit("Documentation=nginx(8)") },
    good: { text: unit("Documentation=man:nginx(8)") },
  },
  "value/signal": {
    title: "Unknown signal",
    why: "A signal is a number from 1 to 64 or a name in capitals, with or without SIG; systemd ignores anything else.",
    page: "systemd.kill(5)",
    bad: { text: service("KillSignal=SIGTREM") },
    good: { text: service("KillSignal=SIGTERM") },
  },
  "value/exit-status": {
    title: "Unknown exit status",
    why: "The list takes numbers from 0 to 255, names such as TEMPFAIL and signals, separated by spaces; systemd ignores any other word.",
    page: "systemd.service(5)",
    bad: { text: service("SuccessExitStatus=143,255") },
    good: { text: service("SuccessExitStatus=143 255") },
  },
  "value/credential": {
    title: "Invalid credential",
    why: "A credential is named like a file, in ASCII and without a colon; the text after the colon must be present and valid for the directive. systemd ignores anything else.",
    page: "systemd.exec(5)",
    bad: { text: service("LoadCredential=key:etc/key") },
    good: { text: service("LoadCredential=key:/etc/key") },
  },
  "value/encoding": {
    title: "Invalid Base64 data",
    why: "Base64 consists of letters, digits, + and /, padded with = to a multiple of four; systemd ignores anything else.",
    page: "systemd.exec(5)",
    bad: { text: service("StandardInputData=SGVsbG8") },
    good: { text: service("StandardInputData=SGVsbG8=") },
  },
  "value/log-field": {
    title: "Invalid journal field",
    why: "Each word must be FIELD=VALUE, the field in capitals, digits and underscores; systemd ignores other words.",
    page: "systemd.exec(5)",
    bad: { text: service("LogExtraFields=team=web") },
    good: { text: service("LogExtraFields=TEAM=web") },
  },
  "value/pattern": {
    title: "Invalid regular expression",
    why: "systemd ignores a pattern that PCRE2 cannot compile, and its messages are not filtered.",
    page: "systemd.exec(5)",
    bad: { text: service("LogFilterPatterns=[debug") },
    good: { text: service("LogFilterPatterns=\\[debug") },
  },
  "value/xattr": {
    title: "Invalid extended attribute",
    why: "Socket files only take attributes of the namespace user., each with = and a value; systemd ignores others.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x\nXAttrListen=trusted.x=1\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=/run/x\nXAttrListen=user.x=1\n" },
  },
} as const satisfies ValueRules;
