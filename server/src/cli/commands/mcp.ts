import { serverCommand } from "../serverCommand.ts";

/** The server for programs that work with a language model, which main/ runs: it has other input and output than a command. */
export const mcpCommand = serverCommand({
  name: "mcp",
  synopsis: ["mcp"],
  summary: "gives its answers to AI assistants, as tools of the Model Context Protocol",
  details:
    "It speaks over standard input and output. The tools check, security, harden, explain and sandbox only read: what harden would add is an answer, and no file is changed.",
  options: {},
});
