import { commands, type ExtensionContext, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { OPEN_NEW_COMMAND } from "../../server/src/server/protocol.ts";
import { activeUri } from "../activeUnit.ts";
import { type NewConfig, newConfig } from "./newConfig.ts";
import { type NewFileKind, newFile } from "./newFiles.ts";
import { newService, type Wanted } from "./newService.ts";
import { openNew, type WritableMachine } from "./opening.ts";
import { createOverride } from "./overrides.ts";

/** Adds the commands that make unit files and overrides; `machine` is there where the client runs on one. */
export function registerCreate(context: ExtensionContext, client: BaseLanguageClient, machine?: WritableMachine): void {
  const make = (wanted: Wanted) => () => newService(client, wanted, machine);
  const makeConfig = (wanted: NewConfig) => () => newConfig(wanted, machine);
  const makeFile = (kind: NewFileKind) => () => newFile(client, kind, machine);
  context.subscriptions.push(
    commands.registerCommand("unitWarden.newService", make("service")),
    commands.registerCommand("unitWarden.newTimer", make("timer")),
    commands.registerCommand("unitWarden.newSocket", make("socket")),
    commands.registerCommand("unitWarden.newPath", make("path")),
    commands.registerCommand("unitWarden.newMount", makeFile("mount")),
    commands.registerCommand("unitWarden.newTarget", makeFile("target")),
    commands.registerCommand("unitWarden.newQuadlet", makeFile("quadlet")),
    commands.registerCommand("unitWarden.newNetwork", makeConfig("network")),
    commands.registerCommand("unitWarden.newNetdev", makeConfig("netdev")),
    commands.registerCommand("unitWarden.newNspawn", makeConfig("nspawn")),
    commands.registerCommand("unitWarden.newDaemonDropIn", makeConfig("daemon")),
    commands.registerCommand("unitWarden.newDropIn", () =>
      createOverride(client, undefined, machine, l10n.t("New drop-in of a unit")),
    ),
    commands.registerCommand("unitWarden.createOverride", (file: unknown) => {
      const uri = file instanceof Uri ? client.code2ProtocolConverter.asUri(file) : activeUri(client);
      return createOverride(client, uri, machine);
    }),
    commands.registerCommand(OPEN_NEW_COMMAND, (uri: unknown, text: unknown) =>
      typeof uri === "string" && typeof text === "string"
        ? openNew([{ uri: Uri.parse(uri), text, look: { start: 0, end: 0 } }], machine)
        : undefined,
    ),
  );
}
