import { insertAfter, insertIntoSection } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { ownLast, ownLines } from "../../service/linePlaces.ts";
import { programsOf } from "../../service/program.ts";
import { mergedAssignments, mergedDirectives, ownFile, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { isActivated, isServiceUnit, mainPrograms, socketsOf } from "./socketOf.ts";

/** Seen with 257: "no sockets found via socket activation", as the socket was not started. */
const socketNotRequired: Rule = {
  code: "reference/socket-not-required",
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
