import type { Fix } from "../../../findings/finding.ts";
import { assignmentsOf, type Unit } from "../../../units/unit.ts";
import type { RefusalRule } from "./refusalRule.ts";

/** Follows service_verify(), systemd 257 to 262. */
export const SERVICE_REFUSALS: readonly RefusalRule[] = [
  {
    code: "no-command",
    blame: [],
  },
  {
    code: "several-commands",
    blame: ["ExecStart"],
    inDropIn: resetFirst,
  },
  {
    code: "oneshot-restart",
    blame: ["Restart", "Type"],
    instead: { title: "Change to on-failure", value: "on-failure" },
  },
  {
    code: "oneshot-any-restart",
    blame: ["Restart", "Type"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "oneshot-restart-status",
    blame: ["RestartForceExitStatus", "Type"],
  },
  {
    code: "oneshot-exit-type",
    blame: ["ExitType", "Type"],
    instead: { title: "Change to main", value: "main" },
  },
  {
    code: "no-bus-name",
    blame: ["Type"],
  },
  {
    code: "forking-private-pids",
    blame: ["PrivatePIDs", "Type"],
  },
];

/** Takes the commands of the unit away before those of the drop-in. */
function resetFirst(dropIn: Unit): readonly Fix[] {
  const first = assignmentsOf(dropIn, "Service", "ExecStart").find(({ text }) => text !== "");
  if (!first) return [];
  const edits = () => [{ start: first.start, end: first.start, newText: "ExecStart=\n" }];
  return [{ title: "Add an empty ExecStart= before", safe: false, edits }];
}
