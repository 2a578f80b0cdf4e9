import type { ProgramFile } from "./files.ts";
import type { ProgramSign, SignForm } from "./reading.ts";
import type { SignName } from "./sign.ts";

/** What a file gives whoever starts it, whatever its code does: a user or group by its mode, and capabilities. */
export const rightsOfFile = ({ mode }: ProgramFile, capabilities: string | undefined): readonly ProgramSign[] => [
  ...(isSetId(mode) ? [{ sign: "setId", form: "attribute", what: `mode 0${mode.toString(8)}` } as const] : []),
  ...signsOfCapabilities(capabilities ?? "", "attribute"),
];

const SET_USER_ID = 0o4000;
/** Without the right of the group to execute it, the bit of the group means another thing. */
const SET_GROUP_ID = 0o2010;

const isSetId = (mode: number): boolean =>
  ((mode & SET_USER_ID) !== 0 && (mode & 0o111) !== 0) || (mode & SET_GROUP_ID) === SET_GROUP_ID;

/** What capabilities allow that a program can do with them alone. */
const CAPABILITY_SIGNS: Readonly<Record<string, SignName>> = {
  cap_sys_time: "clock",
  cap_syslog: "kernelLog",
  cap_sys_module: "modules",
  cap_sys_admin: "mount",
  cap_sys_nice: "realtime",
  cap_sys_rawio: "rawDevices",
  cap_mknod: "deviceNodes",
  cap_sys_ptrace: "trace",
  cap_net_raw: "packets",
  cap_net_admin: "networkSettings",
};

/** What a list of capabilities lets a program do that is given them by its file. */
export const signsOfCapabilities = (list: string, form: SignForm, line?: number): readonly ProgramSign[] =>
  [...list.toLowerCase().matchAll(/\bcap_[a-z_]{2,30}\b/g)].flatMap(([what]): readonly ProgramSign[] => {
    const sign = CAPABILITY_SIGNS[what];
    const given = { form, what, ...(line === undefined ? {} : { line }) };
    return [{ sign: "granted", ...given }, ...(sign === undefined ? [] : [{ sign, ...given }])];
  });

/** What a command `setcap` gives, and the file if its path is written out. */
export interface GivenCapabilities {
  readonly capabilities: string;
  readonly path: string | undefined;
}

/** The commands `setcap` in a script or a line of one. */
export const capabilitiesGivenIn = (text: string): readonly GivenCapabilities[] =>
  [...text.matchAll(SETCAP)].map(([, capabilities = "", path]) => ({ capabilities, path }));

const SETCAP =
  /\bsetcap\s{1,9}(?:-\w{1,9}\s{1,9}){0,5}["']?((?:cap_\w{2,30},?){1,41})[+=]\w{0,9}["']?(?:\s{1,9}["']?(\/[\w./+@-]{1,300}))?/gi;
