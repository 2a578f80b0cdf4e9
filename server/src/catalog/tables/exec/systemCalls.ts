import type { DirectiveRows } from "../../row.ts";

/** systemd.exec(5), System call filtering. */
export const SYSTEM_CALL_ROWS = {
  SystemCallFilter: {
    summary: "Permits only the listed system calls or @groups, or blocks those after a ~, by means of seccomp.",
    type: "syscallFilter",
    since: 187,
    many: true,
  },
  SystemCallArchitectures: {
    summary: "Permits system calls only of the listed ABIs; native shuts out 32-bit calls on a 64-bit system.",
    type: "syscallArchs",
    since: 209,
    many: true,
  },
  SystemCallErrorNumber: {
    summary:
      "Sets the error, such as EPERM, that calls blocked by SystemCallFilter= fail with instead of killing the process.",
    type: "syscallErrno",
    since: 209,
    default: "kill",
  },
  SystemCallLog: {
    summary: "Logs each use of the listed system calls without blocking them; a leading ~ logs all the others.",
    type: "syscallLog",
    since: 247,
    many: true,
  },
} as const satisfies DirectiveRows;
