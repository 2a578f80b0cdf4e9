import { type Assign, type Assignments, change, resolved } from "./assign.ts";
import { absolutePath } from "./paths.ts";

/** Lists of several directives that an empty value of any of them resets; only whether there is something counts. */
function shared(name: "Listen" | "Timer" | "Path"): Assign {
  return (settings, value) => {
    change(settings.present, name, value === "" ? "remove" : "add");
    return undefined;
  };
}

const listen = shared("Listen");
const timer = shared("Timer");
const path = shared("Path");

/** What a socket listens on. */
export const LISTEN: Assignments = {
  ListenStream: listen,
  ListenDatagram: listen,
  ListenSequentialPacket: listen,
  ListenFIFO: listen,
  ListenNetlink: listen,
  ListenSpecial: listen,
  ListenMessageQueue: listen,
  ListenUSBFunction: listen,
};

/** When a timer elapses; the two switches are values of their own (timer_verify()). */
export const ELAPSE: Assignments = {
  OnActiveSec: timer,
  OnBootSec: timer,
  OnStartupSec: timer,
  OnUnitActiveSec: timer,
  OnUnitInactiveSec: timer,
  OnCalendar: timer,
};

/** What a path unit watches. */
export const WATCH: Assignments = {
  PathExists: path,
  PathExistsGlob: path,
  PathChanged: path,
  PathModified: path,
  DirectoryNotEmpty: path,
};

/** Follows config_parse_unit_path_printf(), systemd 257 to 262. */
const where: Assign = (settings, value, context) => {
  const path = value === "" ? "" : absolutePath(resolved(value, context) ?? "");
  if (path !== undefined) settings.where = path;
  return undefined;
};

/** Follows config_parse_mount_node(), systemd 257 to 262. */
const what: Assign = (settings, value, context) => {
  settings.what = resolved(value, context) ?? settings.what;
  return undefined;
};

/** What is mounted where. */
export const NODES: Assignments = { Where: where, What: what };
