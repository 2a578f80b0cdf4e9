import { build } from "esbuild";

let bundled: Promise<string> | undefined;

/** The command line of these sources in one file; a box may not see the folder of the project. */
export function bundledCommandLine(): Promise<string> {
  bundled ??= build({
    stdin: { contents: 'import { runCommands } from "./server/src/main/cli.ts";\nrunCommands();', resolveDir: "." },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    conditions: ["node"],
    external: ["./mcp.ts", "./node.ts"],
    logLevel: "error",
  }).then(({ outputFiles }) => outputFiles?.[0]?.text ?? "");
  return bundled;
}
