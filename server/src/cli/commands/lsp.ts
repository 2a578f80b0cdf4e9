import type { CommandFacts } from "../command.ts";
import { anyText, flag, HELP } from "../option.ts";

/** The language server, which main/ runs: it has other input and output than a command. */
export const lspCommand: CommandFacts = {
  name: "lsp",
  synopsis: ["lsp --stdio"],
  summary: "runs the language server for an editor",
  options: {
    stdio: flag("speak LSP over standard input and output, which is the default"),
    pipe: anyText("PATH", "speak LSP over this socket", "files"),
    socket: anyText("PORT", "speak LSP over this TCP port"),
    help: HELP,
  },
};
