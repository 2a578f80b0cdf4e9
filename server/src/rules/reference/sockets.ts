import { insertAfter } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { ownLines, placeOfWord } from "../../service/linePlaces.ts";
import { portOfWord, portsOf } from "../../service/ports.ts";
import { type Program, programsOf } from "../../service/program.ts";
import { setting, textOf, words } from "../../service/settings.ts";
import { ownFile } from "../../units/unit.ts";
import { isActivated, isServiceUnit, mainPrograms, socketsOf } from "./socketOf.ts";

/** Seen with 257: "Address already in use" at each start, until socket and service have failed. */
const portTaken: Rule = {
  code: "reference/port-of-socket",
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
