import { holdsIn } from "../../facts/version.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { isBase64, isCredentialName } from "../../values/credential.ts";
import { absolutePath, isDevicePath } from "../../values/path.ts";
import { type Assign, type Assignments, type ReadingContext, splitValue, withSpecifiers } from "./assign.ts";

/** Follows valid_device_allow_pattern(), systemd 257 to 262, for which /dev itself is below /dev. */
function devicePattern(text: string): string | undefined {
  if (text.startsWith("block-") || text.startsWith("char-")) return text;
  const path = absolutePath(text);
  return path !== undefined && isDevicePath(path) ? path : undefined;
}

/** Follows config_parse_device_allow(), systemd 257 to 262: one entry a line, bad ones are ignored. */
const deviceAllow: Assign = (settings, value, context) => {
  if (value === "") {
    settings.devices.length = 0;
    return undefined;
  }
  const { words, broken } = splitValue(value, "quotes");
  const [first, ...rights] = words;
  const text = first === undefined ? undefined : withSpecifiers(first, context);
  const pattern = text === undefined ? undefined : devicePattern(text);
  if (pattern === undefined || (broken && words.length === 0)) return undefined;
  if (rights.length > 1 || !/^[rwm]*$/.test(rights[0] ?? "")) return undefined;
  settings.devices.push(`${pattern} ${rights[0] ?? "rwm"}`);
  return undefined;
};

/** Follows config_parse_delegate(), systemd 257 to 262: any list of controllers is a yes, even an empty one. */
const delegate: Assign = (settings, value) => {
  if (settings.kind !== "service" && settings.kind !== "scope") return undefined;
  const truth = value === "" ? true : parseBoolean(value);
  if (truth === undefined && splitValue(value, "quotes").broken) return undefined;
  settings.delegate = truth ?? true;
  return undefined;
};

/** Since when a credential may be loaded under its own name. */
const NAME_ALONE = { since: 250 };

/** Follows config_parse_load_credential(), systemd 257 to 262. */
function loadCredential(encrypted: boolean): Assign {
  return (settings, value, context) => {
    if (value === "") {
      settings.loadCredentials.clear();
      return undefined;
    }
    const colon = value.indexOf(":");
    if (colon < 0 && !holdsIn(NAME_ALONE, context.version)) return undefined;
    const id = credentialId(colon < 0 ? value : value.slice(0, colon), context);
    const path = colon < 0 || colon + 1 === value.length ? id : withSpecifiers(value.slice(colon + 1), context);
    if (id === undefined || path === undefined) return undefined;
    if (path.startsWith("/") ? absolutePath(path) === undefined : !isCredentialName(path)) return undefined;
    settings.loadCredentials.set(id, encrypted);
    return undefined;
  };
}

function credentialId(text: string, context: ReadingContext): string | undefined {
  const id = withSpecifiers(text, context);
  return id !== undefined && isCredentialName(id) ? id : undefined;
}

/** Follows config_parse_set_credential(), systemd 257 to 262: an encrypted value is Base64. */
function setCredential(encrypted: boolean): Assign {
  return (settings, value, context) => {
    if (value === "") {
      settings.setCredentials.clear();
      return undefined;
    }
    const colon = value.indexOf(":");
    const id = colon < 0 ? undefined : credentialId(value.slice(0, colon), context);
    if (id === undefined || (encrypted && !isBase64(value.slice(colon + 1), context.version))) return undefined;
    settings.setCredentials.set(id, encrypted);
    return undefined;
  };
}

/** Since when another name may stand after a colon. */
const RENAMES = { since: 257 };

/** Follows config_parse_import_credential(), systemd 257 to 262: a name or the start of names, and another name for it. */
const importCredential: Assign = (settings, value, context) => {
  if (value === "") settings.present.delete("ImportCredential");
  const colon = holdsIn(RENAMES, context.version) ? value.indexOf(":") : -1;
  const glob = withSpecifiers(colon < 0 ? value : value.slice(0, colon), context)?.replace(/\*$/, "");
  const rename = colon < 0 ? "" : withSpecifiers(value.slice(colon + 1), context);
  if (glob === undefined || rename === undefined || value === "" || glob.includes("*")) return undefined;
  if ((glob === "" || isCredentialName(glob)) && (rename === "" || isCredentialName(rename))) {
    settings.present.add("ImportCredential");
  }
  return undefined;
};

/** The credentials of systemd.exec(5): they decide about a missing Type=, and before 258 about devices. */
export const CREDENTIAL_ASSIGNMENTS: Assignments = {
  LoadCredential: loadCredential(false),
  LoadCredentialEncrypted: loadCredential(true),
  ImportCredential: importCredential,
  SetCredential: setCredential(false),
  SetCredentialEncrypted: setCredential(true),
};

/** The devices and control groups of systemd.resource-control(5). */
export const DEVICE_ASSIGNMENTS: Assignments = { DeviceAllow: deviceAllow, Delegate: delegate };
