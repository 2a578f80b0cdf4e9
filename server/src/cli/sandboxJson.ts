import type { SandboxMount, SandboxPath, ShownSetting } from "../features/sandbox.ts";
import { loadedJson } from "./loadedUnit.ts";
import type { WorldReport } from "./sandboxText.ts";

/** A setting with where it stands; null where no line says it. */
interface SettingJson {
  readonly setting: string;
  readonly origin: { readonly path: string; readonly line: number } | null;
}

/** Worlds as JSON; the shape only grows (version 1). Lines are counted from 0. */
export function sandboxJson(reports: readonly WorldReport[]): string {
  const units = reports.map(({ path, files, sandbox, loaded }) => {
    const { name, user, whatIf, ownMounts, messages, failure } = sandbox;
    const setting = (it: ShownSetting): SettingJson => ({ setting: it.text, origin: originOf(it, files) });
    return {
      path,
      ...loadedJson(loaded),
      name,
      scope: user ? "user" : "system",
      profile: whatIf === "now" ? null : whatIf,
      loads: messages.length === 0,
      messages,
      ownMounts,
      failure: failure ? { path: failure.path, ...setting(failure.setting) } : null,
      paths: sandbox.paths.map((it) => pathJson(it, setting)),
      mounts: sandbox.mounts.map(({ setting: by, source, ...it }: SandboxMount) => ({
        ...it,
        source: source ?? null,
        ...setting(by),
      })),
      facts: sandbox.facts.map(({ topic, text, settings }) => ({ topic, text, settings: settings.map(setting) })),
    };
  });
  return `${JSON.stringify({ version: 1, units }, undefined, 2)}\n`;
}

function originOf({ file, line }: ShownSetting, files: readonly string[]): SettingJson["origin"] {
  const path = file === undefined ? undefined : files[file];
  return path === undefined || line === undefined ? null : { path, line };
}

function pathJson({ setting: by, noexec, ...it }: SandboxPath, setting: (line: ShownSetting) => SettingJson): object {
  return {
    path: it.path,
    state: it.state,
    writable: it.writable,
    userMayWrite: it.userMayWrite,
    owner: it.owner ?? null,
    executable: it.executable,
    real: it.real ?? it.path,
    from: it.from ?? null,
    ...(by ? setting(by) : { setting: null, origin: null }),
    noexec: noexec ? setting(noexec) : null,
    sentence: it.sentence,
  };
}
