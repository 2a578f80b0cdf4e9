import type { Fix } from "../../../findings/finding.ts";
import { assignmentsOf, type Unit } from "../../../units/unit.ts";
import type { RefusalRule } from "./refusalRule.ts";

const page = "systemd.service(5)";

/** Follows service_verify(), systemd 257 to 262. */
export const SERVICE_REFUSALS: readonly RefusalRule[] = [
  {
    code: "no-command",
    title: "Service without a command",
    why: "A service needs ExecStart=, or ExecStop= or SuccessAction= with RemainAfterExit=yes; otherwise systemd refuses it.",
    page,
    bad: { text: "[Service]\nUser=www-data\n" },
    good: { text: "[Service]\nUser=www-data\nExecStart=/bin/true\n" },
    blame: [],
  },
  {
    code: "several-commands",
    title: "More than one ExecStart=",
    why: "Only Type=oneshot runs several commands; systemd refuses any other service with more than one. In a drop-in, an empty ExecStart= removes the earlier ones first.",
    page,
    bad: { text: "[Service]\nExecStart=/bin/true\nExecStart=/bin/false\n" },
    good: { text: "[Service]\nType=oneshot\nExecStart=/bin/true\nExecStart=/bin/false\n" },
    blame: ["ExecStart"],
    inDropIn: resetFirst,
  },
  {
    code: "oneshot-restart",
    title: "Restart after success of a oneshot service",
    why: "A service of Type=oneshot exits successfully when its work is done, so that Restart=always and Restart=on-success would restart it endlessly; systemd refuses the unit.",
    page,
    bad: { text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestart=always\n" },
    good: { text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestart=on-failure\n" },
    blame: ["Restart", "Type"],
    instead: { title: "Change to on-failure", value: "on-failure" },
  },
  {
    code: "oneshot-any-restart",
    title: "Restart= of a oneshot service, before systemd 244",
    why: "At first a service of Type=oneshot could not be restarted at all: systemd refuses the unit for anything but Restart=no. Since version 244 it may be restarted after a failure.",
    page,
    bad: { version: 243, text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestart=on-failure\n" },
    good: { version: 244, text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestart=on-failure\n" },
    blame: ["Restart", "Type"],
    instead: { title: "Change to no", value: "no" },
  },
  {
    code: "oneshot-restart-status",
    title: "RestartForceExitStatus= of a oneshot service, before systemd 256",
    why: "Which exit statuses restart a service could be said only of one that stays running; systemd refuses a unit of Type=oneshot that says it. Since version 256 it may.",
    page,
    bad: { version: 255, text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestartForceExitStatus=3\n" },
    good: { version: 256, text: "[Service]\nType=oneshot\nExecStart=/bin/true\nRestartForceExitStatus=3\n" },
    blame: ["RestartForceExitStatus", "Type"],
  },
  {
    code: "oneshot-exit-type",
    title: "ExitType=cgroup of a oneshot service",
    why: "A service of Type=oneshot is done when its commands are, even if processes remain; systemd refuses ExitType=cgroup there.",
    page,
    bad: { text: "[Service]\nType=oneshot\nExecStart=/bin/true\nExitType=cgroup\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nExitType=cgroup\n" },
    blame: ["ExitType", "Type"],
    instead: { title: "Change to main", value: "main" },
  },
  {
    code: "no-bus-name",
    title: "Type=dbus without BusName=",
    why: "A service of Type=dbus counts as started once it owns the name in BusName=; without a valid one systemd refuses the unit.",
    page,
    bad: { text: "[Service]\nType=dbus\nExecStart=/bin/true\n" },
    good: { text: "[Service]\nType=dbus\nBusName=org.example.Test\nExecStart=/bin/true\n" },
    blame: ["Type"],
  },
  {
    code: "forking-private-pids",
    title: "PrivatePIDs=yes of a forking service",
    why: "With Type=forking systemd finds the main process by its PID, which is not valid outside of a private PID namespace; systemd refuses the unit.",
    page: "systemd.exec(5)",
    bad: { text: "[Service]\nType=forking\nExecStart=/bin/true\nPrivatePIDs=yes\n" },
    good: { text: "[Service]\nType=exec\nExecStart=/bin/true\nPrivatePIDs=yes\n" },
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
