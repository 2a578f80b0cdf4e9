/** A variable that systemd itself puts into the environment of a service's commands. */
export interface ServiceVariable {
  readonly name: string;
  readonly summary: string;
  /** The settings whose commands have it; missing where all do. */
  readonly commands?: readonly string[];
  /** The settings of which the unit must have one; missing where it needs none. */
  readonly needs?: readonly string[];
}

const WITH_MAIN_PROCESS = ["ExecReload", "ExecReloadPost", "ExecStop", "ExecStartPost"];
const AFTER_THE_END = ["ExecStopPost", "ExecStop"];
const WITH_CREDENTIALS = [
  "LoadCredential",
  "LoadCredentialEncrypted",
  "SetCredential",
  "SetCredentialEncrypted",
  "ImportCredential",
];

/** As systemd.exec(5) of 257 and 262 has them, without those that only programs use. */
export const SERVICE_VARIABLES: readonly ServiceVariable[] = [
  { name: "MAINPID", summary: "The main process, for commands that reload or stop it", commands: WITH_MAIN_PROCESS },
  {
    name: "SERVICE_RESULT",
    summary: "Why the service stopped, such as `success` or `timeout`",
    commands: AFTER_THE_END,
  },
  { name: "EXIT_CODE", summary: "How the main process ended: `exited`, `killed` or `dumped`", commands: AFTER_THE_END },
  { name: "EXIT_STATUS", summary: "The exit status or signal of the main process", commands: AFTER_THE_END },
  { name: "STATE_DIRECTORY", summary: "The path that `StateDirectory=` makes", needs: ["StateDirectory"] },
  { name: "RUNTIME_DIRECTORY", summary: "The path that `RuntimeDirectory=` makes", needs: ["RuntimeDirectory"] },
  { name: "CACHE_DIRECTORY", summary: "The path that `CacheDirectory=` makes", needs: ["CacheDirectory"] },
  { name: "LOGS_DIRECTORY", summary: "The path that `LogsDirectory=` makes", needs: ["LogsDirectory"] },
  {
    name: "CONFIGURATION_DIRECTORY",
    summary: "The path that `ConfigurationDirectory=` makes",
    needs: ["ConfigurationDirectory"],
  },
  { name: "CREDENTIALS_DIRECTORY", summary: "The folder with the credentials of the unit", needs: WITH_CREDENTIALS },
  { name: "PIDFILE", summary: "The path of `PIDFile=`", needs: ["PIDFile"] },
  { name: "HOME", summary: "The home directory; systemd sets it to that of `User=`", needs: ["User"] },
  { name: "USER", summary: "The name of the user that the command runs as" },
  { name: "LOGNAME", summary: "The name of the user that the command runs as", needs: ["User"] },
  { name: "SHELL", summary: "The shell of the user", needs: ["User"] },
  { name: "INVOCATION_ID", summary: "A random ID that is new at each start" },
];
