import { parseBoolean } from "../../values/boolean.ts";
import { isUserOrGroup } from "../../values/userName.ts";
import { noValue } from "../../values/wording.ts";
import { type Assign, type Assignments, type Fault, splitValue, withSpecifiers } from "./assign.ts";

const invalidName = (name: string): Fault => noValue(name, "the name or number of a user or group");

/** Follows config_parse_user_group_compat(), systemd 257 to 262: a bad name is fatal. */
function userOrGroup(field: "user" | "group" | undefined): Assign {
  return (settings, value, context) => {
    const name = value === "" ? "" : withSpecifiers(value, context);
    if (name === undefined || (value !== "" && !isUserOrGroup(name, context.version))) return invalidName(value);
    if (field) settings[field] = name;
    return undefined;
  };
}

/** Follows config_parse_user_group_strv_compat(), systemd 257 to 262. */
const supplementaryGroups: Assign = (settings, value, context) => {
  if (value === "") {
    settings.supplementaryGroups = 0;
    return undefined;
  }
  for (const word of splitValue(value, "plain").words) {
    const name = withSpecifiers(word, context);
    if (name === undefined || !isUserOrGroup(name, context.version)) return invalidName(word);
    settings.supplementaryGroups++;
  }
  return undefined;
};

/** Follows config_parse_bool() with `ltype` set, systemd 257 to 262: anything but a boolean is fatal. */
const dynamicUser: Assign = (settings, value) => {
  const truth = parseBoolean(value);
  if (truth === undefined) return noValue(value, ["yes", "no"]);
  settings.dynamicUser = truth;
  return undefined;
};

/** Follows config_parse_unit_string_printf(), systemd 257 to 262. */
const pamName: Assign = (settings, value, context) => {
  const name = withSpecifiers(value, context);
  if (name !== undefined) settings.pamName = name;
  return undefined;
};

/** Whom the commands run as. */
export const IDENTITY_ASSIGNMENTS: Assignments = {
  User: userOrGroup("user"),
  Group: userOrGroup("group"),
  SupplementaryGroups: supplementaryGroups,
  DynamicUser: dynamicUser,
  PAMName: pamName,
};

/** The owners of a socket's nodes in the file system. */
export const SOCKET_OWNERS: Assignments = { SocketUser: userOrGroup(undefined), SocketGroup: userOrGroup(undefined) };
