import { type DirectiveRows, sharing } from "../../row.ts";

/** systemd.exec(5), Environment, credentials and System V compatibility. */
export const ENVIRONMENT_ROWS = {
  Environment: {
    summary:
      "Defines variables as NAME=VALUE for the unit's commands; unsuited to secrets, since any user can read them.",
    type: "environ",
    many: true,
  },
  EnvironmentFile: {
    summary:
      "Reads variables for the unit's commands from a file, which takes precedence over Environment=; a leading - makes it optional.",
    type: "unitEnvFile",
    many: true,
  },
  PassEnvironment: {
    summary: "Passes the named variables of the system service manager to the unit's commands.",
    type: "passEnviron",
    since: 228,
    many: true,
  },
  UnsetEnvironment: {
    summary: "Removes variables, by name or exact NAME=VALUE, from the finished environment, whatever their source.",
    type: "unsetEnviron",
    since: 235,
    many: true,
  },
  SetCredential: {
    summary: "Defines a credential with a literal value in the unit file, which any user can read, so not for secrets.",
    type: "setCredential",
    since: 247,
    many: true,
    anchor: "SetCredential=ID:VALUE",
  },
  SetCredentialEncrypted: {
    summary: "Embeds an encrypted credential in the unit file that is decrypted only for the unit's processes.",
    type: "setCredentialEncrypted",
    since: 250,
    many: true,
    anchor: "SetCredential=ID:VALUE",
  },
  ...sharing({ type: "loadCredential", since: 247, many: true, anchor: "LoadCredential=ID[:PATH]" })({
    LoadCredential: {
      summary:
        "Loads a secret or other small data from a file, socket or credential store and shows it only to the unit.",
    },
    LoadCredentialEncrypted: {
      summary: "Loads an encrypted credential from a file or socket and passes it to the unit in decrypted form.",
      since: 250,
    },
  }),
  ImportCredential: {
    summary: "Passes all credentials of the system or its stores that match a name or a pattern ending in *.",
    type: "importCredential",
    since: 254,
    many: true,
    anchor: "ImportCredential=GLOB",
  },
  UtmpIdentifier: {
    summary: "Sets the four-character ID under which the unit is recorded in utmp and wtmp, as getty services need.",
    type: "unitStringPrintf",
  },
  UtmpMode: {
    summary: "Chooses the kind of login records that are written when UtmpIdentifier= is set: init, login or user.",
    type: "execUtmpMode",
    since: 225,
    default: "init",
  },
} as const satisfies DirectiveRows;
