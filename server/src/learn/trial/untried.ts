/**
 * Why a directive is not tried on a running service, the end of a sentence: what it does stays when it is taken back, or a trial
 * cannot show what it breaks. Undefined for what can be tried.
 */
export function notTried(name: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(name))?.[1];
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:State|Cache|Logs|Configuration)Directory(?:Mode|Quota|Accounting)?$/,
    "systemd would change the owner and mode of the directory, and they would stay so",
  ],
  [/^RuntimeDirectory(?:Mode|Preserve)?$/, "systemd would remove the directory at each stop"],
  [
    /^(?:DynamicUser|User|Group|PAMName|DefaultDependencies)$/,
    "files that the service makes would belong to another user, and they would stay so",
  ],
  [/^UMask$/, "what it breaks shows in other programs, which read the files, and not in the service"],
  [/^RemoveIPC$/, "it would remove shared memory of the user for good"],
  [/^(?:LoadCredential|SetCredential|ImportCredential)/, "the program would have to read its secret from elsewhere"],
  [
    /^(?:Exec(?:Condition|Start|Reload|Stop)|Type$|PIDFile$|BusName$|Restart|Environment|PassEnvironment|UnsetEnvironment|WorkingDirectory$|Standard|TTY|Timeout|Watchdog|RuntimeMax|RemainAfterExit$|GuessMainPID$|NotifyAccess$|Kill|FinalKillSignal$|SendSIG|OOMPolicy$|Sockets$|FileDescriptorStore|USBFunction|NonBlocking$|Success|Slice$|Delegate|OpenFile$)/,
    "it says what runs and how, and is no restriction",
  ],
];
