/** So many seconds the other end has for an answer while the connection is made, once it gave the first one. */
export const ANSWER_SECONDS = 30;

/** On whose behalf somebody becomes root over there. */
export interface RootCall {
  readonly host: string;
  /** The password that sudo asks for over there, once more where it was wrong; undefined where there is none. */
  readonly password?: (isAgain: boolean) => Promise<string | undefined>;
}

/** A line that the other end says in between, and what is to be done then. */
export interface Between {
  readonly line: string;
  readonly answer: () => Promise<void>;
}

/** A plain shell at the other end of a connection. */
interface RootWire {
  ask(text: string, wait?: number | Between): Promise<readonly string[]>;
  send(text: string): void;
  lose(error: Error): void;
}

/** Why nobody becomes root over there. */
export class NoRoot extends Error {
  constructor(host: string, why = "") {
    super(`observing a service needs root${why}: log in to ${host} as root, or let sudo ask for no password there`);
  }
}

/**
 * Goes on as root by sudo. A password goes to the standard input of sudo, once it has asked for it, and nowhere else: it is in no
 * command line and in no log, and a shell that asks for none never reads it.
 */
export async function becomeRoot(wire: RootWire, { host, password }: RootCall, token: string): Promise<void> {
  const shell = `/bin/sh -c 'echo ${token}; exec /bin/sh'`;
  const [status] = await wire.ask(`sudo -n true 2>/dev/null; echo ${token} $?\n`, ANSWER_SECONDS);
  if (status === "0" || !password) {
    await wire.ask(`exec sudo -n -- ${shell}\n`, ANSWER_SECONDS);
    return;
  }
  const prompt = `${token}-password`;
  let count = 0;
  const answer = async (): Promise<void> => {
    const typed = await password(count++ > 0);
    if (typed === undefined)
      wire.lose(new NoRoot(host, ", and sudo asks for a password, which is only typed at a terminal"));
    else wire.send(`${typed}\n`);
  };
  await wire.ask(`exec sudo -S -p '${prompt}\n' -- ${shell}\n`, { line: prompt, answer });
}
