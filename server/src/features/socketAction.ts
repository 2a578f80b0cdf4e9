import type { CodeAction, WorkspaceEdit } from "vscode-languageserver-types";
import { factsOf } from "../service/facts.ts";
import { lowPortOf } from "../service/ports.ts";
import type { Span } from "../text/span.ts";
import { HARDEN_KIND } from "./offered.ts";
import type { View } from "./view.ts";

/** Ports whose protocols use datagrams, too: one stream socket would not be enough. */
const DATAGRAMS: ReadonlySet<number> = new Set([53, 67, 68, 69, 88, 123, 137, 138, 161, 162, 500, 514, 546, 547]);

/**
 * The action on a port below 1024 that writes a socket unit for the service of root that listens there: systemd then
 * opens the port, and the service needs no right for it. Only for clients that create files; an existing one is kept.
 */
export function socketActions({ unit }: View, uri: string, span: Span): CodeAction[] {
  const low = lowPortOf(unit);
  if (
    !low ||
    DATAGRAMS.has(low.port) ||
    /^udp/.test(unit.file.text.slice(low.start, low.end)) ||
    !factsOf(unit).privileged
  )
    return [];
  if (low.start > span.end || low.end < span.start || !/[^@/]\.service$/.test(uri)) return [];
  const socket = uri.replace(/service$/, "socket");
  const name = (unit.path.name ?? "").replace(/service$/, "socket");
  return [
    {
      title: `Write ${name} for port ${low.port} (the program must get its socket from systemd, otherwise the port is already in use)`,
      kind: HARDEN_KIND,
      edit: fileWith(socket, socketUnit(unit.path.name ?? "", low.listen)),
    },
  ];
}

const socketUnit = (service: string, listen: string): string =>
  `[Unit]\nDescription=Socket of ${service}\n\n[Socket]\nListenStream=${listen}\n\n[Install]\nWantedBy=sockets.target\n`;

/** A new file with a text; where there is one already the whole edit fails. */
function fileWith(uri: string, text: string): WorkspaceEdit {
  const top = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
      { textDocument: { uri, version: null }, edits: [{ range: { start: top, end: top }, newText: text }] },
    ],
  };
}
