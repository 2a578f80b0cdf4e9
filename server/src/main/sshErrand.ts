import { messageOf } from "../cli/attempts.ts";
import { carryOutErrand, type Errand } from "../cli/errand.ts";
import type { Machine } from "../cli/machine.ts";
import { type Ending, ending } from "../cli/outcome.ts";
import { outliving, sshWords } from "../cli/ssh/destination.ts";
import { remoteMachine } from "../cli/ssh/remoteMachine.ts";
import { SILENCE_SECONDS } from "../cli/ssh/remoteShell.ts";
import { askSecret } from "./nodeTerminal.ts";
import { connectBySsh, type SshCall, type SshConnection } from "./sshConnection.ts";

/** A machine that cannot be reached is tried so often, so many seconds apart. */
const RETRIES = 3;
const RETRY_SECONDS = 3;

/**
 * Does an errand on another machine; never throws. Where the connection is lost, the other end puts back what was changed by itself;
 * it is reached again to see to that, if it can be.
 */
export async function carryOutBySsh(errand: Errand, host: string, here: Machine, stop: AbortSignal): Promise<Ending> {
  const { say } = here;
  // It is kept until the end, as a lost connection is made again with it.
  let known: string | undefined;
  const password = async (isAgain: boolean): Promise<string | undefined> => {
    if (known === undefined || isAgain)
      known = await askSecret(`password for sudo on ${host}${isAgain ? ", once more" : ""}:`, stop);
    return known;
  };
  let connection: SshConnection;
  try {
    connection = await connectBySsh({ host, words: outliving(sshWords(host), here.platform), say, stop, password });
  } catch (error) {
    return ending("", [messageOf(error)], false);
  }
  say(`connected to ${host}: what follows happens there`);
  let again: Promise<Machine> | undefined;
  const first = remoteMachine(connection, here);
  const reachAgain = async (): Promise<Machine> => {
    if (!connection.isLost()) return first;
    again ??= reach(host, here, async (isAgain) => (isAgain ? undefined : known)).then((it) => {
      connection = it;
      return remoteMachine(it, here);
    });
    return again;
  };
  try {
    return await carryOutErrand(errand, first, stop, reachAgain);
  } finally {
    await connection.close();
  }
}

/** Connects once more where nobody has to be asked for a password; throws with what happens without us. */
async function reach(host: string, here: Machine, password: SshCall["password"]): Promise<SshConnection> {
  for (let tries = 0; tries < RETRIES; tries++) {
    here.say(`connecting to ${host} again`);
    try {
      return await connectBySsh({
        host,
        words: outliving(sshWords(host, { unattended: true }), here.platform),
        say: here.say,
        ...(password && { password }),
      });
    } catch {
      await here.sleep(RETRY_SECONDS);
    }
  }
  const minute = 2 * SILENCE_SECONDS;
  throw new Error(
    `${host} is out of reach; it puts back by itself what was changed, within ${minute} s. If it did not, there`,
  );
}
