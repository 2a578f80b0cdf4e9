import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Finding } from "../../server/src/findings/finding.ts";
import { withRemark } from "../../server/src/findings/remark.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

/** So many words a list of problems shows next to other columns. */
const FIRST_WORDS = 6;

const beginningOf = (message: string): readonly string[] => message.split(" ").slice(0, FIRST_WORDS);

/** What a message can name: a directive, a section, a word in quotes, or a line, file or unit as a whole. */
const NAMES = /^\w+=|^\[|"|^(?:line|file|unit|timer|part|section)s?$/i;

/** Whether a message names what is wrong: as above, or something that stands in the files. */
function beginsWithMistake({ message }: Finding, { text, path = "", otherFiles = {} }: Example): boolean {
  const files = [text, path, ...Object.keys(otherFiles)].join("\n");
  return beginningOf(message).some(
    (word) => NAMES.test(word) || (/[\W\d_]|^[A-Z]{2}/.test(word) && files.includes(word)),
  );
}

const messageOf = (
  line: string,
  path = "x.service",
  rest = "[Service]\nExecStart=/bin/true\n",
  version = 257,
): string => {
  const found = findingsIn({ path, version, text: `${rest}${line}\n` }).filter((it) =>
    /^(?:value|section|directive)/.test(it.code),
  );
  assert.equal(found.length, 1, `${line}: ${found.map((it) => it.message)}`);
  return found[0]?.message ?? "";
};

describe("messages", () => {
  for (const { code, bad } of SHOWN_RULES)
    it(`of ${code} begin with what is wrong and end with what is allowed`, () => {
      for (const finding of findingsIn(bad).filter((it) => it.code === code)) {
        const { message, ending, fixes } = finding;
        assert.ok(beginsWithMistake(finding, bad), message);
        assert.doesNotMatch(message, /[.\s]$|undefined/);
        assert.ok(message.endsWith(ending?.allowed ?? ""), message);
        if (ending) assert.equal(message.includes("allowed: "), ending.allowed !== "", message);
        const meant = /did you mean (.+?)=?\?/.exec(message)?.[1];
        if (meant !== undefined)
          assert.ok(
            fixes.some(({ title, edits }) => title.includes(meant) || edits().some((it) => it.newText === meant)),
            message,
          );
      }
    });

  it("name the wrong word, the nearest one, what systemd does, and the first of those that are allowed", () => {
    for (const [line, expected] of [
      [
        "Restart=allways",
        '"allways" is no value of Restart=; did you mean always? systemd ignores this line; allowed: on-failure, always, on-abnormal and 4 more',
      ],
      [
        "ProtectHome=maybe",
        '"maybe" is no value of ProtectHome=: systemd ignores this line; allowed: yes, read-only, tmpfs or no',
      ],
      [
        "ProtectHoem=yes",
        "Unknown directive ProtectHoem= in [Service]; did you mean ProtectHome=? systemd ignores this line",
      ],
      ["[Sevice]", "Unknown section [Sevice]; did you mean [Service]? systemd ignores all settings in it"],
      [
        "Nice=300",
        '"300" is no value of Nice=: systemd ignores this line; allowed: a whole number from -20, the highest priority, to 19',
      ],
      [
        "TTYRows=-1",
        '"-1" is no value of TTYRows=: systemd ignores this line; allowed: a whole number from 0 to 4294967295',
      ],
      [
        "KillSignal=SIGTREM",
        'Unknown signal "SIGTREM" in KillSignal=; did you mean SIGTERM? systemd ignores this line',
      ],
      [
        "RestrictNamespaces=user network",
        'Unknown namespace type "network" in RestrictNamespaces=; did you mean net? systemd ignores this line; allowed: cgroup, ipc, net and 5 more',
      ],
      ["Type=", "Type= needs a value: systemd ignores this line; allowed: exec, simple, notify and 5 more"],
    ] as const)
      assert.equal(messageOf(line), expected);
  });

  it("ask for no word where other versions know the one that is there", () => {
    const message = messageOf("PrivateTmp=disconnected", undefined, undefined, 252);
    assert.equal(
      message,
      '"disconnected" is no value of PrivateTmp=; that requires systemd 257: systemd ignores this line; allowed: yes or no',
    );
  });

  it("say of a ~ inside of a list that it may stand only before the first word", () => {
    const late = "begins with ~, which may stand only before the first word";
    for (const [line, expected] of [
      [
        "SystemCallFilter=@system-service ~@privileged",
        `"~@privileged" in SystemCallFilter= ${late}: systemd ignores this word`,
      ],
      [
        "RestrictAddressFamilies=AF_UNIX ~AF_INET",
        `"~AF_INET" in RestrictAddressFamilies= ${late}: systemd ignores this word`,
      ],
      ["RestrictNamespaces=net ~user", `"~user" in RestrictNamespaces= ${late}: systemd ignores this line`],
      [
        "CapabilityBoundingSet=CAP_CHOWN ~CAP_KILL",
        `"~CAP_KILL" in CapabilityBoundingSet= ${late}: systemd silently ignores it`,
      ],
    ] as const)
      assert.equal(messageOf(line), expected);
  });

  it("show the beginning of a long word, and nothing of a secret", () => {
    assert.match(messageOf(`Restart=${"x".repeat(500)}`), /^"x{39}…" is no value of Restart=/);
    const link = "[Match]\nOriginalName=*\n[Link]\n";
    const inNetwork = (section: string, line: string): string =>
      messageOf(line, "etc/systemd/network/x.network", `[Match]\nName=eth0\n[${section}]\n`);
    for (const message of [
      messageOf("WakeOnLanPassword=hunter2", "etc/systemd/network/x.link", link),
      messageOf("SetCredential=hunter2"),
      messageOf(
        "PrivateKey=hunter2",
        "etc/systemd/network/x.netdev",
        "[NetDev]\nName=wg0\nKind=wireguard\n[WireGuard]\n",
      ),
      inNetwork("Network", "IPv6StableSecretAddress=hunter2"),
      inNetwork("IPv6AcceptRA", "Token=prefixstable:x,hunter2"),
      inNetwork("IPv6AcceptRA", "Token=prefixstabel,hunter2"),
    ])
      assert.doesNotMatch(message, /hunter2/);
    assert.match(
      inNetwork("Network", "IPv6StableSecretAddress=hunter2"),
      /^IPv6StableSecretAddress= needs an IPv6 address such as 2001:db8::1/,
    );
  });

  it("keep what is allowed for the end when something is added", () => {
    const [finding] = findingsIn({ text: "[Service]\nExecStart=/bin/true\nExitType=x\n" });
    assert.ok(finding);
    assert.equal(
      withRemark(finding, "only on debian-12"),
      '"x" is no value of ExitType=: systemd ignores this line; only on debian-12; allowed: main or cgroup',
    );
  });
});
