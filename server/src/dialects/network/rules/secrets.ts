import type { Rule } from "../../../findings/rule.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { deviceOf } from "./device.ts";

/** Settings with a secret by their section, and those that name a file with it. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  WireGuard: { PrivateKey: "PrivateKeyFile" },
  WireGuardPeer: { PresharedKey: "PresharedKeyFile" },
  MACsecReceiveAssociation: { Key: "KeyFile" },
  MACsecTransmitAssociation: { Key: "KeyFile" },
  Link: { WakeOnLanPassword: "WakeOnLanPassword" },
};

const keyInFile: Rule = {
  code: "network/key-in-file",
  *check(unit) {
    if (unit.path.kind !== "netdev" && unit.path.kind !== "link") return;
    for (const { name, nodes } of ownFile(unit).sections)
      for (const node of nodes) {
        if (node.kind !== "assignment" || !SECRETS[name] || !Object.hasOwn(SECRETS[name], node.key)) continue;
        if (/^$|^[@/]/.test(node.text)) continue;
        const instead = SECRETS[name][node.key] ?? "";
        const file = `/etc/systemd/network/${fileName(unit)}`;
        const { start } = node.keySpan;
        const edits = () => [{ start, end: node.valueSpan.end, newText: `${instead}=${file}` }];
        yield {
          ...node.keySpan,
          severity: "warning",
          message: `${node.key}= has the secret in this file, which all users can read unless its mode forbids it: name a file with ${instead}=`,
          directive: node.key,
          fixes: [{ title: `Name ${file} instead, which has to get the secret first`, safe: false, edits }],
        };
      }
  },
};

/** What to call the file with the secret. */
function fileName(unit: Unit): string {
  const name = unit.path.kind === "netdev" ? deviceOf(unit).name : undefined;
  return `${name ?? unit.path.name?.replace(/\.\w+$/, "") ?? "device"}.key`;
}

/** What should not be read by all. */
export const SECRET_RULES: readonly Rule[] = [keyInFile];
