import { commands, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { PODMAN_VERSIONS } from "../../server/src/facts/podmanVersions.ts";
import { EFFECTIVE_REQUEST, EFFECTIVE_SCHEME, type EffectiveDocument } from "../../server/src/server/protocol.ts";
import { neededUri } from "../activeUnit.ts";
import { pickOne, tell } from "../saying.ts";

/** The podman that a document of an effective service is for, where it is not the target; its address names it. */
export function podmanIn({ fragment }: Uri): { readonly podman?: string } {
  const podman = /^podman=([\d.]+)$/.exec(fragment)?.[1];
  return podman === undefined ? {} : { podman };
}

/** Shows what the target podman makes of the quadlet in the editor next to what another one would, both of which follow edits. */
export async function comparePodman(client: BaseLanguageClient): Promise<void> {
  const query = neededUri(client);
  if (query === undefined) return;
  const found = await client.sendRequest<EffectiveDocument | null>(EFFECTIVE_REQUEST, { uri: query });
  const [, name, own] = /^# (\S+)(?: as|\n#) podman ([\d.]+) makes /.exec(found?.text ?? "") ?? [];
  if (name === undefined || own === undefined) {
    void tell(l10n.t("This file is not a quadlet, or its folder is not accessible."));
    return;
  }
  const others = PODMAN_VERSIONS.map((it) => it.toFixed(1)).filter((it) => it !== own);
  const picked = await pickOne(
    others.toReversed().map((it) => ({ label: it })),
    { placeholder: l10n.t("Compare what podman {0} makes of it with that of", own) },
  );
  if (!picked) return;
  const of = (fragment: string): Uri =>
    Uri.from({ scheme: EFFECTIVE_SCHEME, path: `/${l10n.t("Effective {0}", name)}`, query, fragment });
  const title = l10n.t("{0}: podman {1} and {2}", name, own, picked.label);
  await commands.executeCommand("vscode.diff", of("podman"), of(`podman=${picked.label}`), title);
}
