/** What was measured of one daemon of a Debian package, by `npm run measure`. */
export interface MeasuredDaemon {
  readonly unit: string;
  readonly package: string;
  /** As dpkg names it. */
  readonly version: string;
  /** `unitDigest()` of the unit as it is shipped, which shows whether another one runs the same. */
  readonly digest: string;
  /** The programs of ExecStart= as the unit writes them, and `User=` where it has one. */
  readonly programs: readonly string[];
  readonly user?: string;
  /** What was done to it, in the order in which it was. */
  readonly exercised: readonly string[];
  /** As systemd-analyze shows it, as shipped and with the settings. */
  readonly exposure: readonly string[];
  /** `question` for one of its own, `answer` where a port or socket answered what every server is asked, else `start`. */
  readonly asked: "question" | "answer" | "start";
  /** The lines that were proven in a second run, all at once, and in a third one after a reboot. */
  readonly settings: readonly string[];
  /** Settings that the run speaks against, each with the evidence. */
  readonly refused: Readonly<Record<string, string>>;
}
