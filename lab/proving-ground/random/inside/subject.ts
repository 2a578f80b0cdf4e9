/** The daemon that is asked, as the program in its box is told. */
export interface Subject {
  readonly unit: string;
  readonly package: string;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly sockets: readonly string[];
  /** The name that it has on the bus. */
  readonly bus?: string;
  /** A shell command that asks whether it still works, where a connection does not show that. */
  readonly ask?: string;
  /** Which part is done: `talk` and `files` leave the daemon as it is. */
  readonly part: "talk" | "files" | "rotate" | "disturb";
  /** Lines of shell of what clients of this daemon do, by what they are. */
  readonly acts?: Readonly<Record<string, string>>;
  /** Of programs of the package, the calls that talk to the daemon; undefined where that is to be found out. */
  readonly calls?: readonly string[];
}

/** One thing that was done, and what came of it: what begins with `!` did not work. */
export interface Done {
  readonly what: string;
  readonly answer: string;
}
