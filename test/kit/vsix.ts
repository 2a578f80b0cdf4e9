import { createVSIX } from "@vscode/vsce";

/** Packages the extension in a folder, without the list of its files on the terminal. */
export async function packageQuietly(cwd: string, packagePath: string): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    const unchecked = { rewriteRelativeLinks: false, allowMissingRepository: true, skipLicense: true };
    await createVSIX({ cwd, packagePath, dependencies: false, ...unchecked });
  } finally {
    console.log = log;
  }
}
