import { insertAfter, insertIntoSection } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { ownLast, ownLines } from "../../service/linePlaces.ts";
import { programsOf } from "../../service/program.ts";
import { mergedAssignments, mergedDirectives, ownFile, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { isActivated, isServiceUnit, mainPrograms, socketsOf } from "./socketOf.ts";

const page = "systemd.socket(5)";
const socket = (lines: string) => ({ "app.socket": `[Socket]\n${lines}\n[Install]\nWantedBy=sockets.target\n` });
const service = (lines: string) => ({ path: "app.service", text: `[Service]\n${lines}\n` });

/** Seen with 257: "no sockets found via socket activation", as the socket was not started. */
const socketNotRequired: Rule = {
  code: "reference/socket-not-required",
  title: "Service that takes over a socket and does not start it",
  why: "The options of the command take over what systemd listens on. Started at boot or by hand the service has sockets only where the socket unit is active; nothing in the service starts it. Requires= and After= do. Information, as the socket may be enabled as well.",
  page: "systemd.socket(5)",
  bad: {
    path: "app.service",
    text: "[Service]\nExecStart=/usr/bin/app -H fd://\n[Install]\nWantedBy=multi-user.target\n",
    otherFiles: socket("ListenStream=/run/app.sock"),
  },
  good: {
    path: "app.service",
    text: "[Unit]\nRequires=app.socket\nAfter=app.socket\n[Service]\nExecStart=/usr/bin/app -H fd://\n[Install]\nWantedBy=multi-user.target\n",
    otherFiles: socket("ListenStream=/run/app.sock"),
  },
  silent: [
    { ...service("ExecStart=/usr/bin/app -H fd://"), otherFiles: socket("ListenStream=/run/app.sock") },
    {
      path: "app.service",
      text: "[Service]\nExecStart=/usr/bin/app -H fd://\nSockets=app.socket\n[Install]\nWantedBy=multi-user.target\n",
      otherFiles: socket("ListenStream=/run/app.sock"),
    },
    {
      path: "app.service",
      text: "[Service]\nExecStart=/usr/bin/app -H fd://\n[Install]\nWantedBy=multi-user.target\nAlso=app.socket\n",
      otherFiles: socket("ListenStream=/run/app.sock"),
    },
  ],
  needs: ["ExecStart"],
  *check(unit, context) {
    if (
      !context ||
      !isServiceUnit(unit) ||
      !["WantedBy", "RequiredBy"].some((it) => mergedDirectives(unit, "Install").has(it))
    )
      return;
    if (!mainPrograms(programsOf(unit)).some(isActivated)) return;
    const { name: owner = "" } = unit.path;
    const [found] = socketsOf(unit, context);
    const [node] = ownLines(unit, "ExecStart");
    if (!found || !node || pulls(unit, owner, found.name)) return;
    const added = [`Requires=${found.name}`, `After=${found.name}`];
    yield {
      ...node.valueSpan,
      severity: "info",
      message: `ExecStart= takes over a socket from systemd, and nothing here starts ${found.name}: without Requires=${found.name} the service finds none where the socket is not active`,
      directive: "ExecStart",
      fixes: [
        { title: `Add ${added.join(" and ")}`, safe: false, edits: () => [insertIntoSection(unit, "Unit", added)] },
      ],
    };
  },
};

const PULLING = ["Requires", "Wants", "BindsTo", "Requisite", "Upholds"] as const;

const pulls = (unit: Unit, owner: string, name: string): boolean => {
  const lists = { linesOf: mergedAssignments };
  return (
    PULLING.some((it) => namedIn(unit, owner, "Unit", it, lists).some((other) => other.name === name)) ||
    namedIn(unit, owner, "Service", "Sockets", lists).length > 0 ||
    namedIn(unit, owner, "Install", "Also", lists).some((other) => other.name === name)
  );
};

/** Seen with 257: "Cannot assign requested address", and the socket stays failed. */
const addressNotThere: Rule = {
  code: "reference/address-not-there",
  title: "Socket on an address that may not be there yet",
  why: "Sockets start before the network is up. An address of one network interface is not there then: the socket fails, and is not tried again. FreeBind=yes lets it listen on an address that comes later.",
  page,
  bad: { path: "app.socket", text: "[Socket]\nListenStream=192.0.2.7:8080\n[Install]\nWantedBy=sockets.target\n" },
  good: {
    path: "app.socket",
    text: "[Socket]\nListenStream=192.0.2.7:8080\nFreeBind=yes\n[Install]\nWantedBy=sockets.target\n",
  },
  silent: [
    { path: "app.socket", text: "[Socket]\nListenStream=127.0.0.1:8080\n[Install]\nWantedBy=sockets.target\n" },
    { path: "app.socket", text: "[Socket]\nListenStream=[::]:8080\n[Install]\nWantedBy=sockets.target\n" },
    {
      path: "app.socket",
      text: "[Unit]\nAfter=network-online.target\n[Socket]\nListenStream=192.0.2.7:8080\n[Install]\nWantedBy=multi-user.target\n",
    },
  ],
  needs: ["ListenStream", "ListenDatagram"],
  *check(unit) {
    if (unit.path.kind !== "socket" || unit.path.role !== "unit") return;
    if ((["FreeBind", "Transparent"] as const).some((it) => isSet(unit, it)) || waitsForNetwork(unit)) return;
    for (const name of ["ListenStream", "ListenDatagram"] as const) {
      const node = ownLines(unit, name).find(({ text }) => isOfInterface(text));
      if (!node) continue;
      const added = "FreeBind=yes";
      yield {
        ...node.valueSpan,
        severity: "info",
        message: `${name}= names an address of one interface, and sockets start before the network: where the address is not there yet the socket fails, unless ${added} is set`,
        directive: name,
        fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
      };
      return;
    }
  },
};

const isSet = (unit: Unit, name: "FreeBind" | "Transparent"): boolean =>
  parseBoolean(ownLast(unit, name)?.text ?? mergedAssignments(unit, "Socket", name).at(-1)?.text ?? "") === true;

const waitsForNetwork = (unit: Unit): boolean =>
  (["After", "Requires", "BindsTo"] as const).some((it) =>
    mergedAssignments(unit, "Unit", it).some(({ text }) => /network|\.device|wg-quick|openvpn|tailscale/.test(text)),
  );

/** An address with a port but not that of all, of this machine alone, or of a group. */
const isOfInterface = (text: string): boolean => {
  const [, v4, v6] = /^(?:(\d+(?:\.\d+){3})|\[([0-9a-f:]+)\]):\d+$/i.exec(text) ?? [];
  if (v4 !== undefined) return !/^(?:0\.0\.0\.0$|127\.|2(?:2[4-9]|3\d)\.|255\.)/.test(v4);
  return v6 !== undefined && !/^(?:[0:]*1?|ff.*)$/i.test(v6);
};

/** When a socket comes, and who starts it. */
export const SOCKET_START_RULES: readonly Rule[] = alsoInDropIns([socketNotRequired, addressNotThere]);
