import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CompletionItem, MarkupKind } from "vscode-languageserver-types";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { resolveCompletion } from "../../server/src/features/completion/resolve.ts";
import { complete } from "../../server/src/features/completion.ts";
import { applyLsp, type Opened, open } from "../kit/view.ts";

/** The items at `$0`, as a client shows them: sorted by sortText. */
function itemsAt(source: string, version?: number): { opened: Opened; items: CompletionItem[] } {
  const opened = open(source, version);
  const { view, cursor } = opened;
  assert.ok(cursor >= 0, "the fixture has no $0");
  const { items } = complete(view, cursor);
  const at = view.lines.positionAt(cursor);
  for (const { label, textEdit } of items) {
    assert.ok(textEdit && "range" in textEdit, label);
    const { start, end } = textEdit.range;
    // What the protocol demands of every item: one line, around the cursor.
    assert.deepEqual([start.line, end.line], [at.line, at.line], `${label} replaces more than the cursor's line`);
    assert.ok(start.character <= at.character && at.character <= end.character, `${label} is not at the cursor`);
  }
  const key = (item: CompletionItem): string => item.sortText ?? item.label;
  return { opened, items: items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

const labelsAt = (source: string, version?: number): string[] => itemsAt(source, version).items.map((it) => it.label);

function itemAt(source: string, label: string): { opened: Opened; item: CompletionItem } {
  const { opened, items } = itemsAt(source);
  const found = items.filter((it) => it.label === label);
  const [item] = found;
  assert.ok(item && found.length === 1, `${label} is offered ${found.length} times`);
  return { opened, item };
}

/** The whole text after the item of this label was accepted. */
function accept(source: string, label: string): string {
  const { opened, item } = itemAt(source, label);
  assert.ok(item.textEdit && "range" in item.textEdit);
  return applyLsp(opened, [item.textEdit]);
}

describe("completion: section headers", () => {
  const SERVICE = ["[Unit]", "[Service]", "[Install]"];

  it("are offered behind a bracket, in the usual order", () => {
    assert.deepEqual(labelsAt("[$0"), SERVICE);
    assert.deepEqual(labelsAt("[Ser$0"), SERVICE);
  });

  it("replace what stands there, with or without the closing bracket", () => {
    assert.equal(accept("[$0", "[Service]"), "[Service]\n");
    assert.equal(accept("[$0]\n", "[Unit]"), "[Unit]\n\n");
    assert.equal(
      accept("[Unit]\nDescription=x\n\n[Ser$0\nType=simple\n", "[Service]"),
      "[Unit]\nDescription=x\n\n[Service]\nType=simple\n",
    );
    assert.equal(accept("[Ser$0vice]\n", "[Install]"), "[Install]\n\n");
    assert.equal(accept("  [In$0\n", "[Install]"), "  [Install]\n\n");
  });

  it("are all that a blank file can hold", () => {
    assert.deepEqual(labelsAt("$0"), SERVICE);
    assert.deepEqual(labelsAt("# my service\n\n$0"), SERVICE);
    assert.equal(accept("$0", "[Unit]"), "[Unit]\n");
  });

  it("come with a line for the first directive, and a blank line before them", () => {
    assert.equal(accept("[Unit]\nDescription=x\n[$0", "[Service]"), "[Unit]\nDescription=x\n\n[Service]\n");
    assert.equal(accept("[Unit]\r\nDescription=x\r\n[$0", "[Service]"), "[Unit]\r\nDescription=x\r\n\r\n[Service]\r\n");
    assert.equal(accept("# mine\n[$0", "[Unit]"), "# mine\n[Unit]\n", "a comment belongs to what follows");
    assert.equal(accept("[Se$0 \n", "[Service]").trimEnd(), "[Service]");
  });

  it("begin with those that the file lacks", () => {
    assert.deepEqual(labelsAt("[Unit]\nDescription=x\n\n[$0"), ["[Service]", "[Install]", "[Unit]"]);
    assert.deepEqual(labelsAt("[$0]\n\n[Service]\nExecStart=/x\n"), ["[Unit]", "[Install]", "[Service]"]);
    assert.deepEqual(labelsAt("[Unit]\n\n[Serv$0ice]\n"), ["[Service]", "[Install]", "[Unit]"]);
    const { items } = itemsAt("[Unit]\n[$0");
    assert.ok(items.every((it) => it.preselect === undefined));
  });

  it("may be begun without their bracket", () => {
    assert.equal(accept("Un$0", "[Unit]"), "[Unit]\n");
    assert.equal(accept("[Unit]\nDescription=x\nserv$0", "[Service]"), "[Unit]\nDescription=x\n\n[Service]\n");
    assert.equal(itemAt("serv$0", "[Service]").item.filterText, "Service");
    for (const source of ["[Unit]\nserv$0 x\n", "[Unit]\nDescription=a \\\nserv$0\n", "[Unit]\nserv$0=x\n"])
      assert.ok(!labelsAt(source).includes("[Service]"), source);
  });

  it("come behind the directives on a blank line of a section", () => {
    const labels = labelsAt("[Install]\n$0\n");
    assert.deepEqual(labels.slice(0, 2), ["WantedBy", "Alias"]);
    assert.deepEqual(labels.slice(-3), ["[Unit]", "[Service]", "[Install]"]);
    assert.equal(accept("[Unit]\nDescription=x\n$0\n", "[Service]"), "[Unit]\nDescription=x\n\n[Service]\n\n");
  });

  it("are those of the kind of unit", () => {
    for (const kind of UNIT_KINDS) {
      const own = `[${kind[0]?.toUpperCase()}${kind.slice(1)}]`;
      assert.deepEqual(labelsAt(`#- /etc/systemd/system/x.${kind}\n[$0`), ["[Unit]", own, "[Install]"]);
    }
  });
});

describe("completion: directives", () => {
  it("are inserted with an equals sign", () => {
    assert.equal(accept("[Service]\nProt$0\n", "ProtectHome"), "[Service]\nProtectHome=\n");
    assert.equal(accept("[Service]\n$0\n", "ProtectHome"), "[Service]\nProtectHome=\n");
    assert.equal(accept("[Service]\nProt$0", "ProtectHome"), "[Service]\nProtectHome=");
  });

  it("keep the indentation and the line end", () => {
    assert.equal(
      accept("[Service]\r\n  Prot$0\r\nType=simple\r\n", "ProtectHome"),
      "[Service]\r\n  ProtectHome=\r\nType=simple\r\n",
    );
    assert.equal(accept("[Service]\n\tP$0 \n", "ProtectHome").replace(/ $/m, ""), "[Service]\n\tProtectHome=\n");
  });

  it("replace only the name where there is a value already", () => {
    assert.equal(accept("[Service]\nProt$0ectHoem=yes\n", "ProtectHome"), "[Service]\nProtectHome=yes\n");
    assert.equal(accept("[Service]\n$0ProtectHoem=yes\n", "ProtectHome"), "[Service]\nProtectHome=yes\n");
    assert.equal(accept("[Service]\nProtectHoem$0=yes\n", "ProtectHome"), "[Service]\nProtectHome=yes\n");
    assert.equal(accept("[Service]\nProtectHoem$0 = yes\n", "ProtectHome"), "[Service]\nProtectHome = yes\n");
    assert.equal(accept("[Service]\nProt$0=\n", "ProtectHome"), "[Service]\nProtectHome=\n");
  });

  it("keep the lines that continue the value", () => {
    assert.equal(
      accept("[Service]\nExecSta$0=/bin/a \\\n  -b\n", "ExecStart"),
      "[Service]\nExecStart=/bin/a \\\n  -b\n",
    );
    assert.equal(accept("[Service]\nProt$0 \\\n  x\n", "ProtectHome").split("\n")[2], "  x");
    assert.equal(accept("[Service]\nEnv \\\n  Prot$0\n", "ProtectHome").split("\n")[1], "Env \\");
  });

  it("come last where they are set and take one value", () => {
    const labels = labelsAt("[Service]\nType=simple\nExecStart=/bin/a\nEnvironment=A=1\n\n$0\n");
    assert.equal(labels.indexOf("Type"), labels.length - 1 - 3, "only the section headers stand behind it");
    assert.ok(labels.indexOf("ExecStart") < labels.indexOf("ExecStop"), "a list may be set again");
    assert.ok(labels.indexOf("TTYPath") > 0);
  });

  it("come in the order of how common they are, those hardly used by name", () => {
    assert.deepEqual(labelsAt("[Service]\n$0\n").slice(0, 5), [
      "ExecStart",
      "Restart",
      "Type",
      "User",
      "WorkingDirectory",
    ]);
    assert.deepEqual(labelsAt("#- x.timer\n[Timer]\n$0\n").slice(0, 3), [
      "OnCalendar",
      "Persistent",
      "RandomizedDelaySec",
    ]);
    assert.deepEqual(labelsAt("#- x.socket\n[Socket]\n$0\n").slice(0, 2), ["ListenStream", "SocketMode"]);
    const labels = labelsAt("[Service]\n$0\n");
    assert.ok(labels.indexOf("AllowedCPUs") < labels.indexOf("AllowedMemoryNodes"));
    assert.ok(labels.indexOf("ProtectHome") < labels.indexOf("AllowedCPUs"));
  });

  it("are found by stdin, stdout and stderr, for which the list is asked for again", () => {
    const asked = (typed: string): boolean => {
      const { view, cursor } = open(`[Service]\n${typed}$0\n`);
      return complete(view, cursor).isIncomplete;
    };
    assert.deepEqual(["", "s", "St", "std", "sta", "e"].map(asked), [true, true, true, false, false, false]);
    const found = itemsAt("[Service]\nstd$0\n").items.filter((it) => it.filterText?.startsWith("Std"));
    assert.deepEqual(
      found.slice(0, 3).map((it) => it.label),
      ["StandardOutput", "StandardError", "StandardInput"],
    );
    assert.equal(accept("[Service]\nstd$0\n", "StandardOutput"), "[Service]\nStandardOutput=\n");
    assert.ok(itemsAt("[Service]\nsta$0\n").items.every((it) => !it.filterText?.startsWith("Std")));
  });

  it("are not moved by what another section sets", () => {
    const labels = labelsAt("[Unit]\nRebootArgument=x\n[Service]\nType=simple\n[Unit]\n$0\n");
    assert.equal(labels.at(-4), "RebootArgument", "a section may come twice");
    assert.equal(labelsAt("[Service]\nType=simple\n[Unit]\n$0\n").includes("Type"), false);
  });

  it("are those of the section", () => {
    const unit = labelsAt("[Unit]\nA$0\n[Service]\n");
    assert.ok(unit.includes("After") && !unit.includes("ExecStart") && !unit.includes("WantedBy"));
    const install = labelsAt("[Install]\nW$0\n");
    assert.deepEqual(install.slice(0, -3), ["WantedBy", "Alias", "Also", "RequiredBy", "DefaultInstance", "UpheldBy"]);
    const timer = labelsAt("#- x.timer\n[Timer]\nOn$0\n");
    assert.ok(timer.includes("OnCalendar") && !timer.includes("ExecStart"));
  });

  it("are not offered twice, nor under an old, ignored or undocumented name", () => {
    const labels = labelsAt("[Service]\nx$0\n");
    assert.equal(new Set(labels).size, labels.length);
    for (const name of ["MemoryLimit", "CPUShares", "ReadOnlyDirectories", "StartLimitInterval", "Capabilities"])
      assert.equal(labels.includes(name), false, name);
    assert.equal(labelsAt("[Service]\nx$0\n", 257).includes("MemoryLimit"), false);
  });

  it("are those that the version knows", () => {
    assert.ok(labelsAt("[Service]\nC$0\n", 262).includes("CPUPressureWatch"));
    assert.equal(labelsAt("[Service]\nC$0\n", 257).includes("CPUPressureWatch"), false);
  });

  it("are offered in drop-ins of one unit and of all units of a kind", () => {
    assert.ok(labelsAt("#- /etc/systemd/system/x.service.d/a.conf\n[Service]\nP$0").includes("ProtectHome"));
    assert.ok(labelsAt("#- /etc/systemd/system/socket.d/a.conf\n[Socket]\nL$0").includes("ListenStream"));
    assert.deepEqual(labelsAt("#- /etc/systemd/system/x.timer.d/a.conf\n[$0"), ["[Unit]", "[Timer]", "[Install]"]);
  });

  it("say what they do", () => {
    const { item } = itemAt("[Service]\nProt$0", "ProtectHome");
    assert.match(item.detail ?? "", /^[A-Z].*\.$/);
    assert.equal(item.documentation, undefined);
  });

  it("are a reply below 100 KB for the largest section in the longest file", () => {
    const { view, cursor } = open(`[Service]\n${"ExecStartPre=/bin/true\n".repeat(1000)}$0\n`);
    const size = Buffer.byteLength(JSON.stringify(complete(view, cursor)));
    assert.ok(size < 100_000, `${size} bytes`);
    assert.ok(size > 20 * 1024, `only ${size} bytes`);
  });
});

describe("completion: nothing is offered", () => {
  const cases: Readonly<Record<string, string>> = {
    "in a comment": "[Service]\n# Prot$0\n",
    "in a comment with a semicolon": "[Service]\n; Prot$0\n",
    "in a comment inside a continued line": "[Service]\nExecStart=/bin/a \\\n# $0\n  -b\n",
    "on a key of an unknown section": "[Servcie]\nProt$0\n",
    "on a key of a section in the wrong letter case": "[service]\nProt$0\n",
    "on a key of another kind's section": "#- x.timer\n[Service]\nProt$0\n",
    "on a key of a private section": "[X-Mine]\nProt$0\n",
    "on a key before the first header": "Prot$0=x\n",
    "in the value of an unknown directive": "[Service]\nProtectHoem=$0\n",
    "in the value of a directive of another section": "[Unit]\nProtectHome=$0\n",
    "in a value of free form": "[Unit]\nDescription=Some $0\n",
    "in the value of a directive before the first header": "ProtectHome=$0\n",
  };
  for (const [where, source] of Object.entries(cases))
    it(where, () => {
      assert.deepEqual(labelsAt(source), []);
    });

  it("but headers on a blank line of an unknown section", () => {
    assert.deepEqual(labelsAt("[Servcie]\n$0\n"), ["[Unit]", "[Service]", "[Install]"]);
  });
});

describe("completion: values", () => {
  it("are the two of a boolean", () => {
    assert.deepEqual(labelsAt("[Service]\nNoNewPrivileges=$0\n"), ["yes", "no"]);
    assert.equal(accept("[Service]\nNoNewPrivileges=$0\n", "yes"), "[Service]\nNoNewPrivileges=yes\n");
  });

  it("are the words of an enumeration, in its own order", () => {
    assert.deepEqual(labelsAt("[Service]\nProtectHome=$0\n"), ["yes", "read-only", "tmpfs", "no"]);
    assert.deepEqual(labelsAt("[Service]\nProtectSystem=$0\n"), ["strict", "full", "yes", "no"]);
    assert.equal(accept("[Service]\nProtectHome=$0", "tmpfs"), "[Service]\nProtectHome=tmpfs");
  });

  it("depend on the section", () => {
    assert.ok(labelsAt("[Service]\nType=$0\n").includes("oneshot"));
    assert.deepEqual(labelsAt("#- x.mount\n[Mount]\nType=$0\n"), []);
  });

  it("replace the value that is there", () => {
    assert.equal(accept("[Service]\nProtectHome=read$0\n", "read-only"), "[Service]\nProtectHome=read-only\n");
    assert.equal(accept("[Service]\nProtectHome=re$0ad-only\n", "tmpfs"), "[Service]\nProtectHome=tmpfs\n");
    assert.equal(
      accept("[Service]\nProtectHome=$0yes\nType=simple\n", "no"),
      "[Service]\nProtectHome=no\nType=simple\n",
    );
    assert.equal(accept("[Service]\nProtectHome=r$0\r\n", "read-only"), "[Service]\nProtectHome=read-only\r\n");
  });

  it("keep the blanks around the equals sign", () => {
    assert.equal(accept("[Service]\nProtectHome = y$0\n", "yes"), "[Service]\nProtectHome = yes\n");
    assert.equal(accept("[Service]\nProtectHome = $0\n", "yes"), "[Service]\nProtectHome = yes\n");
  });

  it("are offered where the value is continued on the next line", () => {
    assert.equal(accept("[Service]\nProtectHome=\\\n  tm$0\n", "tmpfs"), "[Service]\nProtectHome=\\\n  tmpfs\n");
    assert.equal(accept("[Service]\nProtectHome=\\\n  $0\n", "tmpfs"), "[Service]\nProtectHome=\\\n  tmpfs\n");
    assert.equal(
      accept("[Service]\nProtectHome= \\\n# why\n  tm$0\n", "tmpfs"),
      "[Service]\nProtectHome= \\\n# why\n  tmpfs\n",
    );
    assert.equal(accept("[Service]\nProtectHome=tm$0 \\\n  x\n", "tmpfs").split("\n")[2], "  x");
    assert.equal(accept("[Service]\nProtectHome=a \\\n  b$0\n", "tmpfs").split("\n")[1], "ProtectHome=a \\");
  });

  it("have the colon after which a path has to stand", () => {
    assert.equal(accept("[Service]\nStandardOutput=app$0\n", "append:"), "[Service]\nStandardOutput=append:\n");
    assert.ok(labelsAt("[Service]\nStandardOutput=$0\n").includes("fd"));
    assert.deepEqual(labelsAt("[Service]\nStandardOutput=append:$0\n"), []);
  });

  it("leave out what is on its way out", () => {
    assert.ok(labelsAt("[Service]\nStandardOutput=$0\n").includes("journal"));
    assert.equal(labelsAt("[Service]\nStandardOutput=$0\n").includes("syslog"), false);
    assert.equal(labelsAt("[Service]\nKillMode=$0\n").includes("none"), false);
  });

  it("leave out what the version does not know yet", () => {
    assert.ok(labelsAt("[Service]\nPrivateUsers=$0\n", 262).includes("managed"));
    assert.equal(labelsAt("[Service]\nPrivateUsers=$0\n", 257).includes("managed"), false);
  });

  it("come last with the version that they require where the reader wants those that are newer, too", () => {
    const { view, cursor } = open("[Service]\nProtectHome=yes\n$0\n", 252);
    const offered = (newer: boolean): CompletionItem[] =>
      complete(view, cursor, { newer }).items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
    const plain = offered(false).map(({ label }) => label);
    assert.ok(!plain.includes("PrivatePIDs") && plain.includes("PrivateUsers"));
    const all = offered(true);
    const newer = all.find(({ label }) => label === "PrivatePIDs");
    assert.match(newer?.detail ?? "", /^Requires systemd 257\. /);
    assert.equal(newer?.labelDetails?.description, "systemd 257");
    const directives = all.filter(({ label }) => !label.startsWith("["));
    const first = directives.findIndex(({ labelDetails }) => labelDetails !== undefined);
    assert.deepEqual(
      directives.slice(0, first).map(({ label }) => label),
      plain.filter((it) => !it.startsWith("[")),
    );
    assert.ok(directives.slice(first).every(({ labelDetails }) => labelDetails !== undefined));
  });

  it("are left out of snippets where the target does not know them", () => {
    const text = (version: number): string => {
      const { view, cursor } = open("#- x.service\n$0", version);
      const { items } = complete(view, cursor, { snippets: true });
      const item = items.find(({ label }) => label === "service-hardened");
      return item?.textEdit?.newText ?? "";
    };
    assert.match(text(262), /\nProtectProc=invisible\n/);
    assert.match(text(246), /\nProtectClock=yes\n/);
    assert.doesNotMatch(text(246), /ProtectProc=|LoadCredential=/);
    assert.match(text(241), /\nProtectSystem=strict\n/);
    assert.doesNotMatch(text(241), /ProtectClock=|ProtectHostname=|RestrictSUIDSGID=/);
  });

  it("are explained in plain text", () => {
    const { items } = itemsAt("[Service]\nRestart=$0\n");
    for (const it of items) assert.match(it.detail ?? "", /^[^`]+\.$/, it.label);
  });
});

describe("completion: documentation on demand", () => {
  const resolved = (source: string, label: string, markdown: boolean): string => {
    const item = resolveCompletion(structuredClone(itemAt(source, label).item), markdown);
    assert.ok(item.documentation && typeof item.documentation !== "string", label);
    assert.equal(item.documentation.kind, markdown ? MarkupKind.Markdown : MarkupKind.PlainText);
    return item.documentation.value;
  };

  it("tells of directives, values and sections, in Markdown or plain text", () => {
    const directive = ["[Service]\nProt$0", "ProtectHome"] as const;
    assert.match(resolved(...directive, true), /^\*\*ProtectHome=\*\* .*\[systemd\.exec\(5\)\]\(https:[^)]+\)/s);
    assert.match(resolved(...directive, false), /^ProtectHome= .*https:\S+$/s);
    const value = ["[Service]\nProtectHome=$0", "tmpfs"] as const;
    assert.match(resolved(...value, true), /^`ProtectHome=tmpfs`\n\n.*BindPaths/s);
    assert.match(resolved(...value, false), /^ProtectHome=tmpfs\n\n.*BindPaths/s);
    const section = ["[$0", "[Install]"] as const;
    assert.match(resolved(...section, true), /`systemctl enable`/);
    assert.doesNotMatch(resolved(...section, false), /`/);
  });

  it("says first what the service of the unit cannot bear", () => {
    const said = (text: string, label: string): string => {
      const source = `[Service]\nExecStart=/usr/sbin/chronyd -d\n${text}$0\n`;
      const { opened, item } = itemAt(source, label);
      const { documentation } = resolveCompletion(item, false, undefined, opened.view.unit);
      return typeof documentation === "string" ? documentation : (documentation?.value ?? "");
    };
    const clock = /^Not safe for a time program: it sets the clock\.\n\nProtectClock=/;
    assert.match(said("Prot", "ProtectClock"), clock);
    assert.match(said("ProtectClock=", "yes"), /^Not safe for a time program: it sets the clock\./);
    assert.match(said("ProtectClock=y", "yes"), /^Not safe for a time program: it sets the clock\./);
    assert.doesNotMatch(said("ProtectClock=", "no"), /Not safe/);
    assert.match(said("ProtectSystem=", "strict"), /^ProtectSystem=strict\n/);
    assert.doesNotMatch(said("LockPersonality=", "yes"), /Not safe|Likely/);
    assert.match(said("NoNewPrivileges=yes\nProt", "ProtectKernelModules"), /^ProtectKernelModules= in/);
  });

  it("keeps the rest of the item", () => {
    const { item } = itemAt("[Service]\nProt$0", "ProtectHome");
    const { documentation, ...rest } = resolveCompletion(item, true);
    assert.ok(documentation);
    assert.deepEqual(rest, item);
  });

  it("leaves an item from elsewhere as it is", () => {
    for (const data of [
      undefined,
      null,
      1,
      "x",
      {},
      { section: "Nowhere" },
      { section: "Service", directive: "Nope" },
    ]) {
      const item = { label: "x", data };
      assert.deepEqual(resolveCompletion(item, true), item);
    }
  });
});
