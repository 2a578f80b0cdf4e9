import { anyText, flag, UsageError, valued } from "../option.ts";
import { serverCommand } from "../serverCommand.ts";

const TRANSPORTS = ["stdio", "node-ipc", "pipe", "socket"];

/** The language server, which main/ runs: it has other input and output than a command. */
export const lspCommand = serverCommand(
  {
    name: "lsp",
    synopsis: ["lsp --stdio"],
    summary: "runs the language server for an editor",
    options: {
      stdio: flag("speak LSP over standard input and output, which is the default"),
      pipe: anyText("PATH", "speak LSP over this socket", "files"),
      socket: valued("PORT", "speak LSP over this TCP port", demandPort),
      "node-ipc": flag("speak LSP over the channel of the Node.js process that started it"),
      clientProcessId: anyText("PID", "end when this process ends"),
    },
  },
  (_, given) => {
    const named = given.filter((it) => TRANSPORTS.includes(it));
    if (named.length > 1) throw new UsageError(`--${named[0]} and --${named[1]} exclude each other`);
  },
);

function demandPort(written: string | undefined): void {
  if (written !== undefined && (!/^\d{1,5}$/.test(written) || Number(written) > 65_535))
    throw new UsageError(`--socket takes a port from 0 to 65535, not ${written}`);
}
