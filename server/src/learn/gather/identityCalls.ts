import { CAPABILITIES } from "../../facts/capabilities.ts";
import { elementsOf, fieldOf, type LoggedCall } from "../log/call.ts";
import { numberArg } from "../log/values.ts";
import { type Credentials, type Ids, mayUse, withUser } from "../process/credentials.ts";
import { becomes, type CallReader, type Scene, wants } from "./scene.ts";

/** Whether a process could take these identities without a capability. */
const isAmong = (id: number, ids: Ids): boolean =>
  id < 0 || id === ids.real || id === ids.effective || id === ids.saved;

const replaced = (ids: Ids, real: number, effective: number, saved: number): Ids => ({
  real: real < 0 ? ids.real : real,
  effective: effective < 0 ? ids.effective : effective,
  saved: saved < 0 ? ids.saved : saved,
});

function become(scene: Scene, kind: "uid" | "gid", real: number, effective: number, saved: number): void {
  const { who } = scene.process;
  const ids = who[kind];
  const next = replaced(ids, real, effective, saved);
  const foreign = [real, effective, saved].find((id) => !isAmong(id, ids));
  if (foreign !== undefined) {
    const word = kind === "uid" ? "user" : "group";
    wants(scene, kind === "uid" ? "CAP_SETUID" : "CAP_SETGID", `become ${word} ${foreign}`);
  }
  for (const id of new Set([next.real, next.effective, next.saved])) {
    if (!isAmong(id, ids)) scene.notes.count(kind === "uid" ? "users" : "groups", String(id));
  }
  becomes(scene, kind === "uid" ? withUser(who, next) : { ...who, gid: next });
}

function identityCall(
  kind: "uid" | "gid",
  ids: (numbers: readonly number[], who: Credentials) => readonly number[],
): CallReader {
  return (call, scene) => {
    scene.changes = true;
    if (call.result.error !== undefined) return;
    const [real = -1, effective = -1, saved = -1] = ids(call.args.map(numberArg), scene.process.who);
    become(scene, kind, real, effective, saved);
  };
}

/** setuid() of a process that may become anybody changes all three. */
const single =
  (capability: string) =>
  ([id = -1]: readonly number[], who: Credentials): readonly number[] =>
    mayUse(who, capability) ? [id, id, id] : [-1, id, -1];
const pair = ([real = -1, effective = -1]: readonly number[]): readonly number[] => [real, effective, effective];
const triple = (numbers: readonly number[]): readonly number[] => numbers;

function setGroups(call: LoggedCall, scene: Scene): void {
  scene.changes = true;
  if (call.result.error !== undefined) return;
  wants(scene, "CAP_SETGID", "set supplementary groups");
  const list = call.args[1] ?? "";
  const groups = numberArg(call.args[0]) === 0 ? [] : elementsOf(list).map(numberArg);
  const complete = groups.every((group) => group >= 0) && groups.length === numberArg(call.args[0]);
  for (const group of complete ? groups : []) scene.notes.count("groups", String(group));
  becomes(scene, { ...scene.process.who, groups: complete ? groups : undefined });
}

/** A set as `1<<CAP_CHOWN|1<<CAP_KILL` or `0`. */
function capabilitySet(text: string): ReadonlySet<string> {
  return new Set(CAPABILITIES.filter((name) => new RegExp(`\\b${name}\\b`).test(text)));
}

/** capset(), and capget() of the process itself, say what is in force. */
function capabilities(call: LoggedCall, scene: Scene): void {
  scene.changes = true;
  const [header = "", data = ""] = call.args;
  const pid = numberArg(fieldOf(header, "pid"));
  const effective = fieldOf(data, "effective");
  if (call.result.error !== undefined || effective === undefined || (pid !== 0 && pid !== scene.process.pid)) return;
  const { who } = scene.process;
  const inheritable = capabilitySet(fieldOf(data, "inheritable") ?? "");
  const ambient = new Set([...who.ambient].filter((name) => inheritable.has(name)));
  becomes(scene, { ...who, capabilities: capabilitySet(effective), ambient });
}

function control(call: LoggedCall, scene: Scene): void {
  const [option = "", first = "", second = ""] = call.args;
  if (call.result.error !== undefined) return;
  const { who } = scene.process;
  if (option === "PR_SET_NO_NEW_PRIVS") becomes(scene, { ...who, newPrivileges: false });
  else if (option === "PR_CAPBSET_DROP") wants(scene, "CAP_SETPCAP", "drop a capability from the bounding set");
  else if (option === "PR_SET_SECUREBITS") wants(scene, "CAP_SETPCAP", "set secure bits");
  else if (option === "PR_SET_MM") wants(scene, "CAP_SYS_RESOURCE", "change the layout of its memory");
  else if (option === "PR_CAP_AMBIENT") {
    const name = CAPABILITIES.find((known) => known === second);
    const ambient = first === "PR_CAP_AMBIENT_CLEAR_ALL" ? new Set<string>() : new Set(who.ambient);
    if (name !== undefined && first === "PR_CAP_AMBIENT_RAISE") ambient.add(name);
    if (name !== undefined && first === "PR_CAP_AMBIENT_LOWER") ambient.delete(name);
    becomes(scene, { ...who, ambient });
  }
}

/** A signal to a process of another user, or to one that this log does not know. */
function signal(target: number, call: LoggedCall, scene: Scene): void {
  scene.changes = true;
  if (call.result.error !== undefined || target === 0) return;
  const { uid } = scene.process.who;
  const other = target === -1 ? undefined : scene.processes.known(Math.abs(target));
  const ids = other?.who.uid;
  const isOwn = ids
    ? [uid.real, uid.effective].some((id) => id === ids.real || id === ids.saved)
    : isOfSameUser(Math.abs(target), scene);
  if (isOwn) return;
  const whom = ids === undefined ? "a process that this command did not start" : `a process of user ${ids.real}`;
  wants(scene, "CAP_KILL", `send a signal to ${whom}`);
}

/** Whether a process of another command, such as that of ExecStart=, is known, and all processes of the run are of one user. */
const isOfSameUser = (pid: number, { processes, process }: Scene): boolean =>
  processes.userOf(pid) !== undefined && processes.areAllOf(process.who.uid.effective);

const signalTo: CallReader = (call, scene) => signal(numberArg(call.args[0]), call, scene);

/** Calls that change or use who a process is. */
export const IDENTITY_CALLS: Readonly<Record<string, CallReader>> = {
  setuid: identityCall("uid", single("CAP_SETUID")),
  setgid: identityCall("gid", single("CAP_SETGID")),
  setreuid: identityCall("uid", pair),
  setregid: identityCall("gid", pair),
  setresuid: identityCall("uid", triple),
  setresgid: identityCall("gid", triple),
  setgroups: setGroups,
  capset: capabilities,
  capget: capabilities,
  prctl: control,
  kill: signalTo,
  tkill: signalTo,
  tgkill: signalTo,
  rt_sigqueueinfo: signalTo,
  rt_tgsigqueueinfo: signalTo,
};
