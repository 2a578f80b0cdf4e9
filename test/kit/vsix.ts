import { packageExtension } from "../../build/extension.ts";

/** Packages the extension in a folder, without the list of its files on the terminal. */
export async function packageQuietly(cwd: string, packagePath: string): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await packageExtension(cwd, packagePath, { skipLicense: true });
  } finally {
    console.log = log;
  }
}
