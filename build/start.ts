import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const VSIX = resolve("unit-warden.vsix");
const EXAMPLES = resolve("examples");

/** Runs a program in the terminal of this one; false where it failed. */
function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

/** The first of these programs that is on the PATH. */
function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

if (!run("npm", ["run", "--silent", "package"])) process.exit(1);

console.log("\nWhat Unit Warden says about examples/:\n");
run(process.execPath, [join("dist", "cli.js"), "check", "examples"]);

console.log(`\nThe extension is packaged in ${VSIX}`);
console.log(`Install it with:  code --install-extension ${VSIX}   (or codium)`);
const editor = onPath(["code", "codium"]);
if (!editor) console.log("No code or codium is on the PATH, so no editor was opened.");
else if (run(editor, [`--extensionDevelopmentPath=${resolve(".")}`, EXAMPLES]))
  console.log(`Opened examples/ in ${editor} with the extension.`);
