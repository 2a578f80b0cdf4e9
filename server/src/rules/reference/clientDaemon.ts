import { insertAfter } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn, ownerOf } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { type Program, programsOf } from "../../service/program.ts";
import { memo } from "../../units/memo.ts";
import { mergedAssignments, mergedDirectives, ownFile } from "../../units/unit.ts";

/** Seen with 257: the command ends with "Cannot connect to the Docker daemon". */
const clientDaemon: Rule = {
  code: "reference/daemon-not-started",
  needs: ["After"],
  *check(unit, context) {
    const owner = (context && ownerOf(context)) ?? unit.path.name;
    if (unit.path.kind !== "service" || unit.path.role !== "unit" || owner === undefined) return;
    const after = namedIn(unit, owner, "Unit", "After");
    const wanted = after.length === 0 ? [] : daemonsOf(programsOf(unit));
    const place = after.find((it) => wanted.includes(stemOf(it.name)));
    if (!place || !mergedDirectives(unit, "Install").has("WantedBy")) return;
    const pulled = PULLING.flatMap((it) => namedIn(unit, owner, "Unit", it, { linesOf: mergedAssignments }));
    if (pulled.some((it) => stemOf(it.name) === stemOf(place.name))) return;
    const added = `Requires=${place.name}`;
    yield {
      start: place.start,
      end: place.end,
      severity: "info",
      message: `After=${place.name} starts nothing: where it is not enabled, the command runs without the daemon and fails; ${added} pulls it in`,
      directive: "After",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), place.node, [added])] }],
    };
  },
};

const PULLING = ["Requires", "Wants", "BindsTo", "Requisite", "Upholds"] as const;

const stemOf = (name: string): string => name.replace(/\.(?:service|socket)$/, "");

/** Programs that only ask a daemon of this machine, with the names of its units. */
const CLIENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["docker", ["docker"]],
  ["docker-compose", ["docker"]],
  ["ctr", ["containerd"]],
  ["nerdctl", ["containerd"]],
  ["crictl", ["containerd", "crio"]],
  ["virsh", ["libvirtd", "virtqemud"]],
  ["lxc", ["lxd", "snap.lxd.daemon"]],
  ["incus", ["incus"]],
  ["rabbitmqctl", ["rabbitmq-server"]],
  ["psql", ["postgresql"]],
  ["mysql", ["mysql", "mariadb", "mysqld"]],
  ["mariadb", ["mariadb", "mysql"]],
  ["redis-cli", ["redis", "redis-server"]],
]);

/** The units of the daemons that the programs of a service cannot do without. */
const daemonsOf = memo((programs: readonly Program[]): readonly string[] =>
  programs.flatMap(({ names, args, setting }) =>
    setting.startsWith("ExecStart") && !args.some((it) => ELSEWHERE.test(it))
      ? names.flatMap((it) => CLIENTS.get(it) ?? [])
      : [],
  ),
);

/** The daemon is another machine's. */
const ELSEWHERE = /^(?:-H|-h|--host|--context|-c|--connect|--address)(?:=|$)|^-h\S|:\/\//;

/** What commands need that only others provide. */
export const CLIENT_RULES: readonly Rule[] = alsoInDropIns([clientDaemon]);
