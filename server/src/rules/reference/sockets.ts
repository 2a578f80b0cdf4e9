import { insertAfter } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { ownLines, placeOfWord } from "../../service/linePlaces.ts";
import { portOfWord, portsOf } from "../../service/ports.ts";
import { type Program, programsOf } from "../../service/program.ts";
import { setting, textOf, words } from "../../service/settings.ts";
import { ownFile } from "../../units/unit.ts";
import { isActivated, isServiceUnit, mainPrograms, socketsOf } from "./socketOf.ts";

const page = "systemd.socket(5)";
const socket = (lines: string) => ({ "app.socket": `[Socket]\n${lines}\n[Install]\nWantedBy=sockets.target\n` });
const service = (lines: string) => ({ path: "app.service", text: `[Service]\n${lines}\n` });

/** Seen with 257: "Address already in use" at each start, until socket and service have failed. */
const portTaken: Rule = {
  code: "reference/port-of-socket",
  title: "Service that listens on the port of its socket",
  why: "The socket unit already listens on the port and hands it to the service. A program that does not take it over but opens the port itself, as its options say, fails: the address is in use. Information, as some programs look for what they are handed first.",
  page,
  bad: { ...service("ExecStart=/usr/bin/app --port 8080"), otherFiles: socket("ListenStream=8080") },
  good: { ...service("ExecStart=/usr/bin/app --port 8081"), otherFiles: socket("ListenStream=8080") },
  silent: [
    {
      ...service("ExecStart=/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:8080"),
      otherFiles: socket("ListenStream=8080"),
    },
    { ...service("ExecStart=/usr/bin/app --port 8080 --systemd-socket"), otherFiles: socket("ListenStream=8080") },
    {
      ...service("ExecStart=/usr/bin/app --port 8080"),
      otherFiles: { "other.socket": "[Socket]\nListenStream=8080\n" },
    },
  ],
  needs: ["ExecStart"],
  *check(unit, context) {
    if (!context || !isServiceUnit(unit)) return;
    const programs = mainPrograms(programsOf(unit));
    const ports = programs.some(isActivated) ? [] : portsOf(programs);
    if (ports.length === 0) return;
    const sockets = socketsOf(unit, context);
    for (const { name, settings, accepts } of sockets) {
      const port = portOfWord(settings.ListenStream ?? "");
      const [node] = ownLines(unit, "ExecStart");
      if (accepts || port === undefined || !ports.includes(port) || !node) continue;
      yield {
        ...node.valueSpan,
        severity: "info",
        message: `ExecStart= listens on port ${port}, which is already in use by ${name}: unless the program takes the socket over from systemd, it fails`,
        directive: "ExecStart",
      };
      return;
    }
  },
};

/** Seen with 257: the socket is active, and its file is gone. */
const directoryOfSocket: Rule = {
  code: "reference/directory-of-socket",
  title: "RuntimeDirectory= around the socket of the service",
  why: "systemd removes RuntimeDirectory= with all that is in it when the service stops. The file of a socket unit that lies there is gone then, although the unit still listens: nobody can connect until the socket is started again. RuntimeDirectoryPreserve=yes keeps the directory.",
  page: "systemd.exec(5)",
  bad: {
    ...service("RuntimeDirectory=app\nExecStart=/usr/bin/app"),
    otherFiles: socket("ListenStream=/run/app/app.sock"),
  },
  good: {
    ...service("RuntimeDirectory=app\nRuntimeDirectoryPreserve=yes\nExecStart=/usr/bin/app"),
    otherFiles: socket("ListenStream=/run/app/app.sock"),
  },
  silent: [
    { ...service("RuntimeDirectory=app\nExecStart=/usr/bin/app"), otherFiles: socket("ListenStream=/run/app.sock") },
    {
      ...service("RuntimeDirectory=app\nExecStart=/usr/bin/app"),
      otherFiles: { "other.socket": "[Socket]\nListenStream=/run/app/app.sock\n" },
    },
  ],
  needs: ["RuntimeDirectory"],
  *check(unit, context) {
    if (!context || !isServiceUnit(unit) || setting(unit, "RuntimeDirectoryPreserve")?.value === "yes") return;
    const folders = words(unit, "RuntimeDirectory");
    for (const { name, settings } of socketsOf(unit, context)) {
      const path = (settings.ListenStream ?? settings.ListenDatagram ?? "").replace(/^(?:\/var\/run|%t)\//, "/run/");
      const folder = folders.find((it) => path.startsWith(`/run/${it}/`));
      const place = folder === undefined ? undefined : placeOfWord(unit, "RuntimeDirectory", folder);
      if (!place) continue;
      const added = "RuntimeDirectoryPreserve=yes";
      yield {
        ...place.span,
        severity: "warning",
        message: `RuntimeDirectory= is removed when the service stops, with ${path} of ${name} in it: nobody can connect any more, although the socket looks active`,
        directive: "RuntimeDirectory",
        fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), place.node, [added])] }],
      };
    }
  },
};

/** Seen with 257: such a program reads the end of its input at once, and ends. */
const acceptWithoutInput: Rule = {
  code: "reference/accept-without-input",
  title: "Program of inetd without its connection",
  why: "With Accept=yes the service has the connection as file descriptor 3. A program that was written for inetd speaks on its standard input and output, which are the connection only with StandardInput=socket; without it the program reads nothing, and ends.",
  page: "systemd.exec(5)",
  bad: {
    path: "app@.service",
    text: "[Service]\nExecStart=-/usr/sbin/sshd -i\n",
    otherFiles: socket("ListenStream=22\nAccept=yes"),
  },
  good: {
    path: "app@.service",
    text: "[Service]\nExecStart=-/usr/sbin/sshd -i\nStandardInput=socket\n",
    otherFiles: socket("ListenStream=22\nAccept=yes"),
  },
  silent: [
    {
      path: "app@.service",
      text: "[Service]\nExecStart=/usr/bin/app\n",
      otherFiles: socket("ListenStream=22\nAccept=yes"),
    },
    { path: "app@.service", text: "[Service]\nExecStart=-/usr/sbin/sshd -i\n" },
  ],
  needs: ["ExecStart"],
  *check(unit, context) {
    if (!context || !isServiceUnit(unit) || textOf(unit, "StandardInput") !== undefined) return;
    const program = mainPrograms(programsOf(unit)).find(isForInetd);
    const [node] = ownLines(unit, "ExecStart");
    if (!program || !node || !socketsOf(unit, context).some((it) => it.accepts)) return;
    const added = "StandardInput=socket";
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `ExecStart= speaks on its standard input, which is not the connection without ${added}: the program reads nothing, and ends`,
      directive: "ExecStart",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
    };
  },
};

/** Programs that are for inetd only, or with such an option. */
const INETD = /^(?:in\.\w+|tcpd|git-shell|git-upload-pack|git-receive-pack|git-http-backend|identd|cat)$/;
const INETD_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ["sshd", /^-\w*i/],
  ["dropbear", /^-\w*i/],
  ["svnserve", /^(?:-i|--inetd)$/],
]);
const isForInetd = ({ names, args }: Program): boolean =>
  args.includes("--inetd") ||
  names.some((it) => INETD.test(it) || args.some((arg) => INETD_OPTIONS.get(it)?.test(arg)));

/** What goes wrong between a socket and its service. */
export const SOCKET_RULES: readonly Rule[] = alsoInDropIns([portTaken, directoryOfSocket, acceptWithoutInput]);
