import { McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { version } from "../../../package.json";
import type { ToolAnswer } from "../cli/mcp/answer.ts";
import { TOOLS, type ToolInput } from "../cli/mcp/tools.ts";
import { LONGEST_NEAR_FILE } from "./readNear.ts";

const INSTRUCTIONS =
  "Unit Warden knows systemd's unit files. Ask check before and after a change of a unit, harden for sandboxing that fits the program, explain for the meaning of a name or a failure. Nothing is changed: apply answers with your own tools.";

/** Room for the longest file that is read, in bytes, and for what JSON makes of its lines. */
const LONGEST_MESSAGE = 2 * LONGEST_NEAR_FILE;

/** Offers the tools on standard input and output until that ends; `ask` answers them. */
export function serveMcp(ask: (input: ToolInput) => Promise<ToolAnswer>): void {
  // Named, as the smaller half of the library, which is the bundled one, finds no streams by itself.
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: LONGEST_MESSAGE });
  const make = (): McpServer => {
    const server = new McpServer(
      { name: "unit-warden", title: "Unit Warden", version },
      { instructions: INSTRUCTIONS },
    );
    const annotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
    for (const { name, title, description, schema, input } of TOOLS) {
      server.registerTool(name, { title, description, inputSchema: schema, annotations }, async (request) => {
        const { text, isError } = await ask(input(request));
        return { content: [{ type: "text", text }], isError };
      });
    }
    return server;
  };
  // The library ends the session of a message that is too long, and reports this alone.
  const onerror = ({ message }: Error): void => {
    if (!/exceeded maximum size/.test(message)) return;
    process.stderr.write(`unit-warden: A message is longer than ${LONGEST_MESSAGE} bytes. The session ends.\n`);
    process.exitCode = 2;
  };
  serveStdio(make, { transport, onerror });
}
