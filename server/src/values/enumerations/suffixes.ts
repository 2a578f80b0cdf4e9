import { utf8Length } from "../../text/utf8.ts";
import type { Suffix } from "../member.ts";

const LABEL = /^(?!-)(?:[a-z0-9-]|%[a-z])+(?<!-)$/i;
const MAX_HOST_NAME = 64;
const MAX_PATH = 4095;

/** The host name of ProtectHostname=. Follows hostname_is_valid(), systemd 262: no other letters, no dot at an end. */
export const HOST_NAME: Suffix = {
  form: "a host name",
  accepts: (text) => fits(text, MAX_HOST_NAME) && text.split(".").every((label) => LABEL.test(label)),
  since: 258,
};

/** The name after `fd:`. Follows fdname_is_valid(), systemd 262; empty stands for the usual name. */
export const DESCRIPTOR_NAME: Suffix = {
  form: "the FileDescriptorName= of a socket",
  accepts: (text) => /^[ -9;-~]{0,255}$/.test(text),
};

/** The path after `file:` and its like. Follows path_simplify_and_warn(), systemd 262, with PATH_CHECK_ABSOLUTE. */
export const FILE: Suffix = {
  form: "an absolute path",
  required: true,
  isPath: true,
  accepts: (text) => /^(?:\/|%[A-Za-z])/.test(text) && fits(text, MAX_PATH) && isNormalized(text),
};

/** Whether a text is short enough, so far as its specifiers leave that to be told. */
function fits(text: string, limit: number): boolean {
  return text.includes("%") || utf8Length(text) <= limit;
}

/** Whether no `..` follows a name: systemd ignores `.`, repeated slashes, and `..` at the root. */
function isNormalized(path: string): boolean {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  const first = names.findIndex((name) => name !== "..");
  return first < 0 || !names.slice(first).includes("..");
}
