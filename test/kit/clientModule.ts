import { compileFunction } from "node:vm";
import { build } from "esbuild";

/**
 * A file of the client as it runs in an editor, with an editor in the place of the module `vscode`, which exists nowhere
 * else. Other modules are bundled with it, so that no state is shared with another call.
 */
export async function clientModule<T>(entry: string, vscode: object): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    external: ["vscode"],
  });
  const module = { exports: {} };
  const code = outputFiles[0]?.text ?? "";
  compileFunction(code, ["module", "require"])(module, () => vscode);
  return module.exports as T;
}

/** The texts of an editor in English: what stands in braces is put in. */
export const l10n = {
  t: (message: string, ...args: readonly unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (_, at: string) => String(args[Number(at)])),
};
