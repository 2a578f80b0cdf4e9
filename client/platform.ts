import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { WritableMachine } from "./create/opening.ts";
import type { LocalSystemd } from "./failure/failureCommands.ts";
import type { Connected } from "./server/keepServer.ts";

/** What the client does in one way on the desktop and in another one in the browser. */
export interface Platform {
  /** A client of a server that is not started yet. */
  readonly connect: (context: ExtensionContext, options: LanguageClientOptions) => Connected;
  /** The machine that the extension runs on, as far as it may be written to. */
  readonly machine?: WritableMachine | undefined;
  readonly systemd?: LocalSystemd;
  /** Adds what this platform alone has; called before the server starts. */
  readonly register: (context: ExtensionContext, client: BaseLanguageClient) => void;
  /** Called whenever a server has started; nobody waits for it. */
  readonly started?: (client: BaseLanguageClient) => void;
}
