import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { hostedCompletion } from "../../server/src/features/hosted/hostedCompletion.ts";
import { hostedDiagnostics, placedFindings } from "../../server/src/features/hosted/hostedDiagnostics.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { fixHosted, hostedFindings, unreadFindings } from "../../server/src/hosts/hostedFindings.ts";
import { hostLanguage } from "../../server/src/hosts/hosts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";

const SHELL = hostLanguage("install.sh") ?? assert.fail();

/** What is found in a script: the codes with what they point to. */
const found = (text: string): readonly string[] =>
  hostedFindings(SHELL.units(text), NEWEST_VERSION, { profile: "off" }).map(
    ({ finding, place }) => `${finding.code} ${text.slice(place.start, place.end)}`,
  );

/** The names of the units of a script. */
const names = (text: string): readonly (string | undefined)[] => SHELL.units(text).units.map((it) => it.path.name);

const script = (begin: string, ...lines: readonly string[]): string =>
  `set -e\n${begin}\n${lines.join("\n")}\nEOF\necho done\n`;

describe("hosts: units that scripts write", () => {
  it("are those of files that scripts and Dockerfiles are", () => {
    for (const path of [
      "/a/install.sh",
      "x.bash",
      "/a/Dockerfile",
      "Dockerfile.debug",
      "a/app.Dockerfile",
      "Containerfile",
    ])
      assert.equal(hostLanguage(path)?.name, "shell", path);
    for (const path of ["/a/install.py", "a.service", "Dockerfiles/readme.txt"])
      assert.equal(hostLanguage(path), undefined, path);
  });

  it("are texts that go into a file with the name of a unit", () => {
    const body = ["[Service]", "ExecStart=/bin/a"];
    const written: readonly (readonly [begin: string, name: string | undefined])[] = [
      ["cat > /etc/systemd/system/a.service <<EOF", "a.service"],
      ["cat <<'EOF' >/etc/systemd/system/a.service", "a.service"],
      ['cat << "EOF" > "$DIR/a.timer"', "a.timer"],
      ["sudo tee /etc/systemd/system/a.socket > /dev/null <<EOF", "a.socket"],
      ['cat <<EOF | sudo tee "/etc/systemd/system/a@.service"', "a@.service"],
      ["cat > /etc/systemd/system/${NAME}.service <<EOF", undefined],
      ["COPY <<EOF /etc/systemd/system/a.service", "a.service"],
      ["RUN cat <<EOF > /etc/systemd/system/a.path", "a.path"],
    ];
    for (const [begin, name] of written) assert.deepEqual(names(script(begin, ...body)), [name], begin);
    const others = [
      "cat > /etc/a.conf <<EOF",
      "cat >> /etc/systemd/system/a.service <<EOF",
      "# cat > /etc/systemd/system/a.service <<EOF",
      "ssh host <<EOF",
      "python - a.service <<EOF",
      "cat <<<EOF > /etc/systemd/system/a.service",
    ];
    for (const begin of others) assert.deepEqual(names(script(begin, ...body)), [], begin);
    assert.deepEqual(names("cat > a.service <<EOF\n[Service]\nExecStart=/bin/a\n"), [], "the text has no end yet");
  });

  it("are those of podman and networkd, too", () => {
    const container = script("cat <<EOF >/etc/containers/systemd/p.container", "[Container]", "Image=a", "Foo=1");
    assert.ok(found(container).includes("quadlet/unknown-key Foo"));
    const network = script("cat <<EOF >/etc/systemd/network/p.network", "[Match]", "Nam=a");
    assert.ok(found(network).includes("directive/unknown Nam"));
    assert.deepEqual(names(script("cat > journald.conf <<EOF", "[Journal]", "Storage=auto")), ["journald.conf"]);
    assert.deepEqual(names(script("cat > app.conf <<EOF", "[Journal]", "Storage=auto")), []);
  });

  it("go into the file that a variable above names", () => {
    const lines = ["[Service]", "ExecStart=/bin/a", "Restart=allways"];
    const named: readonly (readonly [above: string, path: string, name: string | undefined])[] = [
      ["unit=/etc/systemd/system/a.service", '"$unit"', "a.service"],
      ['local UNIT="/etc/systemd/system/a.service"  # here', "$UNIT", "a.service"],
      ["readonly DIR='/etc/systemd/system'; x=1", '"${DIR}/a.service"', "a.service"],
      ["NAME=a\nUNIT=/etc/systemd/system/$NAME.service", "$UNIT", "a.service"],
      ["UNIT=/etc/systemd/system/$1.service", "$UNIT", undefined],
      ["UNIT=a.service\nUNIT=b.service", "$UNIT", undefined],
      ["UNIT=${UNIT:-/etc/systemd/system/a.service}", "$UNIT", undefined],
    ];
    for (const [above, path, name] of named) {
      const text = script(`${above.replaceAll("\\n", "\n")}\ncat > ${path} <<EOF`, ...lines);
      assert.deepEqual(names(text), [name], above);
      assert.deepEqual(found(text), ["value/enumeration allways"], above);
      assert.equal(
        fixHosted(SHELL, SHELL.units(text), NEWEST_VERSION, { profile: "off" }, "all").text,
        text.replace("allways", "always"),
      );
    }
    assert.deepEqual(names(script("cat > $unit <<EOF\n[Service]\nEOF\nunit=a.service\ncat > x <<EOF")), []);
  });

  const UNREAD: readonly (readonly [begin: string, why: RegExp])[] = [
    ['cat > "$1" <<EOF', /only the script knows the file/],
    ["cat >> /etc/systemd/system/a.service <<EOF", /added to a file/],
    ["sudo tee -a a.service <<EOF", /added to a file/],
    ["ssh host install-unit a <<EOF", /another program/],
    ["cat > /opt/unit <<EOF", /not named like a unit/],
    ['sudo bash -c "cat > a.service <<EOF', /two shells/],
  ];
  for (const [begin, why] of UNREAD)
    it(`are said to be unread where that is so: ${begin}`, () => {
      const end = begin.includes('"cat') ? "" : undefined;
      const text = script(begin, "[Service]", "ExecStart=/bin/a").replace(
        "\nEOF\n",
        end === "" ? '\nEOF"\n' : "\nEOF\n",
      );
      const notes = unreadFindings(SHELL.units(text), { profile: "off" });
      assert.deepEqual(
        notes.map((it) => [it.code, it.severity, text.slice(it.start, it.end)]),
        [["syntax/not-read", "info", begin]],
      );
      assert.match(notes[0]?.message ?? "", why);
      const silenced = text.replace(begin, `# unit-warden: ignore syntax/not-read -- known\n${begin}`);
      assert.deepEqual(unreadFindings(SHELL.units(silenced), { profile: "off" }), []);
      assert.deepEqual(unreadFindings(SHELL.units(text), { profile: "off", ignore: ["syntax"] }), []);
    });

  it("are said to be unread in an editor, also where no other unit stands in the file", () => {
    const text = script('cat > "$1" <<EOF', "[Service]", "ExecStart=/bin/a");
    const view = hostedViewOf(SHELL, text, NEWEST_VERSION, { profile: "basic", rules: {}, each: false });
    const [shown, ...others] = hostedDiagnostics(view, placedFindings(view));
    assert.deepEqual([shown?.code, shown?.severity, shown?.range.start.line], ["syntax/not-read", 3, 1]);
    assert.deepEqual(others, []);
    const off = { profile: "basic", rules: { "syntax/not-read": "off" }, each: false } as const;
    assert.deepEqual(placedFindings(hostedViewOf(SHELL, text, NEWEST_VERSION, off)), []);
  });

  it("are not said to be unread where nothing is written, or nothing that is a unit", () => {
    for (const begin of ["cat <<EOF", "cat >&2 <<EOF", "cat > /etc/app.conf <<EOF"])
      for (const body of begin.includes("app.conf") ? ["[section]\nkey=1"] : ["[Service]\nExecStart=/bin/a"])
        assert.deepEqual(SHELL.units(script(begin, body)).unread, [], begin);
    assert.deepEqual(SHELL.units("grep '[Service]' x.service\nsed -i '/\\[Service\\]/a X=1' x.service\n").unread, []);
  });

  it("are said to be unread where they are put together line by line", () => {
    const text = `f() {\n  CONTENT="[Unit]\nDescription=a\n\n[Service]\nExecStart=$1"\n  echo "$CONTENT" > "/etc/systemd/system/$2.service"\n}\n`;
    const notes = SHELL.units(text).unread ?? [];
    assert.deepEqual(
      notes.map((it) => text.slice(it.start, it.end)),
      ["[Unit]"],
    );
  });

  it("have their findings where they stand", () => {
    const text = script(
      "cat > /etc/systemd/system/a.service <<'EOF'",
      "[Service]",
      "ExecStart=/bin/a $X",
      "Restart=allways",
    );
    assert.deepEqual(found(text), ["value/enumeration allways"]);
    assert.deepEqual(found(script("\tcat > a.service <<-EOF", "\t[Service]", "\tExecStart=/bin/a", "\tNice=25")), [
      "value/number 25",
    ]);
    assert.deepEqual(found(text.replaceAll("\n", "\r\n")), ["value/enumeration allways"]);
  });

  it("say nothing of what only the shell knows", () => {
    const lines = [
      "[Service]",
      "User=$USER",
      "ExecStart=$PREFIX/bin/a --port ${PORT:-80}",
      "Restart=$(restart)",
      "Nice=`nice`",
    ];
    assert.deepEqual(found(script("cat > a.service <<EOF", ...lines)), []);
    assert.deepEqual(found(script("cat > a.service <<EOF", ...lines, "UMask=09$X", "KillMode=all")), [
      "value/enumeration all",
    ]);
    assert.deepEqual(found(script("cat > a.service <<EOF", "[Service]", "ExecStart=/bin/a \\$MAINPID")), []);
  });

  it("say nothing of what the shell puts in over several lines, or inside of each other", () => {
    const lines = [
      "[Service]",
      "ExecStart=$(dirname $(readlink -f $0))/run --x",
      "WorkingDirectory=${A:-${B}}/x",
      `User=$(stat -c '%U' "$(pwd)")`,
      "$(for i in 1 2; do",
      'echo "Environment=A$i=1"',
      "done)",
      "${MORE:+",
      "Environment=Z=1",
      "}",
      "Nice=$(cat <<X",
      "5",
      "X",
      ")",
      "Restart=allways",
    ];
    assert.deepEqual(found(script("cat > a.service <<EOF", ...lines)), ["value/enumeration allways"]);
    assert.deepEqual(names(script("cat > a.service <<EOF", "[Service]", "ExecStart=$(cat", "Restart=allways")), []);
  });

  it("stand between the quotes of another command where those are single ones", () => {
    const lines = ["[Service]", "ExecStart=/bin/a \\$MAINPID", "Restart=allways"];
    const quoted = (quote: string, begin = "<<EOF"): string =>
      ["sudo bash -c QUOcat > a.service BEGIN", ...lines, "EOFQUO && echo done", "echo x", "EOF", ""]
        .join("\n")
        .replaceAll("QUO", quote)
        .replace("BEGIN", begin);
    assert.deepEqual(found(quoted("'")), ["value/enumeration allways"]);
    assert.deepEqual(names(quoted('"')), []);
    assert.deepEqual(names(quoted("'", "<<'EOF'")), []);
    assert.deepEqual(names(quoted("'").replace("MAINPID", "MAINPID it's")), []);
    const fixed = fixHosted(SHELL, SHELL.units(quoted("'")), NEWEST_VERSION, { profile: "off" }, "all").text;
    assert.equal(fixed, quoted("'").replace("allways", "always"));
    assert.deepEqual(names(script(`echo "it's" 'a"b' && cat > a.service <<EOF`, "[Service]")), ["a.service"]);
  });

  it("are fixed as the shell reads them", () => {
    const fix = (text: string): string =>
      fixHosted(SHELL, SHELL.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;
    assert.equal(
      fix(script("cat > a.service <<EOF", "[Service]", "ExecStart=/bin/a", "Restart=allways")),
      script("cat > a.service <<EOF", "[Service]", "ExecStart=/bin/a", "Restart=always"),
    );
    assert.equal(
      fix(
        script("cat > a.service <<-EOF", "\t[Unit]", "\t[Service]", "\tExecStart=/bin/a", "\tStartLimitIntervalSec=5"),
      ),
      script("cat > a.service <<-EOF", "\t[Unit]", "\tStartLimitIntervalSec=5", "\t[Service]", "\tExecStart=/bin/a"),
    );
  });

  it("are completed", () => {
    const marked = script("cat > a.service <<EOF", "[Service]", "ExecStart=/bin/a", "Restart=al$0");
    const text = marked.replace("$0", "");
    const view = hostedViewOf(SHELL, text, NEWEST_VERSION, { profile: "basic", rules: {}, each: false });
    const item = hostedCompletion(view, marked.indexOf("$0"), {}).items.find((it) => it.label === "always");
    assert.ok(item?.textEdit && "range" in item.textEdit);
    const { range, newText } = item.textEdit;
    const [start, end] = [view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)];
    assert.equal(applyEdits(text, [{ start, end, newText }]), marked.replace("al$0", "always"));
  });

  const PRINTED: readonly (readonly [written: string, text: string])[] = [
    ["printf '[Service]\\nExecStart=/bin/a\\n' > /etc/systemd/system/a.service", "[Service]\nExecStart=/bin/a\n"],
    ["printf '[Service]\\nExecStart=/bin/a 100%%\\n'|sudo tee a.service", "[Service]\nExecStart=/bin/a 100%\n"],
    ["printf '%s\\n' '[Service]' 'ExecStart=/bin/a %i' >a.service", "[Service]\nExecStart=/bin/a %i\n"],
    ["printf \"%s\\n\" \\\n  '[Service]' \\\n  '' \\\n  'User=a' > 'a.service'", "[Service]\n\nUser=a\n"],
    ["RUN printf '[Service]\\n' > /etc/systemd/system/a.service && true", "[Service]\n"],
    [
      'printf "[Service]\\nExecStart=/bin/a \\$X \\"b\\" 100%%\\n" > a.service',
      '[Service]\nExecStart=/bin/a $X "b" 100%\n',
    ],
    [
      'printf \'%s\\n\' "[Service]" \'ExecStart=/bin/a "b"\' "User=a" \\\n  > a.service',
      '[Service]\nExecStart=/bin/a "b"\nUser=a\n',
    ],
    ["mkdir a; echo '[Service]\nExecStart=/bin/a $X' > a.service", "[Service]\nExecStart=/bin/a $X\n"],
  ];
  for (const [written, text] of PRINTED)
    it(`are texts that are printed: ${written}`, () => {
      const [unit] = SHELL.units(`set -e\n${written}\necho done\n`).units;
      assert.equal(unit?.path.name, "a.service");
      assert.equal((unit.raw ?? []).map((it) => it.text).join(""), text);
      if (written.startsWith("RUN")) return;
      // The shell has the last word.
      const command = written.replace(/[\s\\]*(?:>|\|).*$/s, "").replace(/^mkdir a; /, "");
      assert.equal(spawnSync("sh", ["-c", command]).stdout.toString(), text);
    });

  it("are none where the shell has a say in what is printed", () => {
    for (const it of [
      'printf "[Service]\\nUser=$(a\\n" > a.service',
      'printf "[Service]\\nUser=\\\\n" > a.service',
      "printf '[Service]\\nUser=%s\\n' a > a.service",
      "printf '[Service]\\n'\"$A\" > a.service",
      "printf '[Service]\\055' > a.service",
      "printf '[Service]\\n' >> a.service",
      "printf '[Service]\\n' > a.conf",
      "echo '[Service]\\nUser=a' > a.service",
      "echo -e '[Service]' > a.service",
      "# printf '[Service]\\n' > a.service",
      "printf '[Service]",
    ])
      assert.deepEqual(names(it), [], it);
    assert.deepEqual(
      names("cat <<EOF > x.txt\nprintf '[Service]\\n' > a.service\nEOF\n"),
      [],
      "a text of another file",
    );
  });

  it("are uncertain where the shell puts something in between double quotes", () => {
    const text =
      'printf "[Service]\\nExecStart=$BIN/a\\nUser=${USER:-"a"}\\nRestart=allways\\n" > "/etc/systemd/system/$1.service"\n';
    assert.deepEqual(names(text), [undefined]);
    assert.deepEqual(found(text), ["value/enumeration allways"]);
    const fixed = fixHosted(SHELL, SHELL.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;
    assert.equal(fixed, text.replace("allways", "always"));
    const lines =
      'printf "%s\\n" "[Unit]" "[Service]" "ExecStart=/bin/a" "StartLimitIntervalSec=5" "Nice=1" > a.service\n';
    assert.equal(
      fixHosted(SHELL, SHELL.units(lines), NEWEST_VERSION, { profile: "off" }, "all").text,
      'printf "%s\\n" "[Unit]" "StartLimitIntervalSec=5" "[Service]" "ExecStart=/bin/a" "Nice=1" > a.service\n',
    );
  });

  it("are fixed as they are printed", () => {
    const fix = (text: string): string =>
      fixHosted(SHELL, SHELL.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;
    const once =
      "printf '[Unit]\\n[Service]\\nExecStart=/bin/a\\nStartLimitIntervalSec=5\\nRestart=allways\\n' > a.service\n";
    assert.deepEqual(found(once), ["directive/wrong-section StartLimitIntervalSec", "value/enumeration allways"]);
    assert.equal(
      fix(once),
      "printf '[Unit]\\nStartLimitIntervalSec=5\\n[Service]\\nExecStart=/bin/a\\nRestart=always\\n' > a.service\n",
    );
    const lines =
      "printf '%s\\n' '[Unit]' '[Service]' 'ExecStart=/bin/a' 'StartLimitIntervalSec=5' 'Nice=1' > a.service\n";
    assert.equal(
      fix(lines),
      "printf '%s\\n' '[Unit]' 'StartLimitIntervalSec=5' '[Service]' 'ExecStart=/bin/a' 'Nice=1' > a.service\n",
    );
    const echo = "echo '[Service]\nExecStart=/bin/a\nRestart=allways' > a.service\n";
    assert.equal(fix(echo), echo.replace("allways", "always"));
  });

  const long: Readonly<Record<string, (size: number) => string>> = {
    begins: (size) => "cat > a.service <<EOF\n".repeat(size),
    units: (size) => "cat > a.service <<EOF\n[Service]\nEOF\n".repeat(size),
    variables: (size) => `${"a=$a$a\n".repeat(size)}cat > $a.service <<EOF\n[Service]\nEOF\n`,
    "unread texts": (size) => "cat > $1 <<EOF\n[Service]\nExecStart=/bin/a\nEOF\n".repeat(size),
    "unread headers": (size) => 'x="[Unit]\nDescription=a"\n'.repeat(size),
    "unknown words": (size) => script("cat > a.service <<EOF", `A=${"$X".repeat(size)}`),
    "open words": (size) => script("cat > a.service <<EOF", `A=${"${".repeat(size)}`),
    "printed texts": (size) => `printf '%s\\n'${" 'a'".repeat(size)} > a.service`,
    "open texts": (size) => "printf 'a\n".repeat(size),
    prints: (size) => "printf '[Service]\\n' > a.service\n".repeat(size),
    "printed escapes": (size) => `printf '${"\\n".repeat(size)}' > a.service`,
    "blank lines": (size) => `printf 'a' ${"\\\n".repeat(size)} > a.service`,
    lines: (size) => script("cat > a.service <<EOF", ...Array.from({ length: size }, () => "$(a `b` \\")),
  };
  for (const [what, make] of Object.entries(long))
    it(`are found in a time that grows with the script: ${what}`, () => expectLinear(1000, make, SHELL.units));
});
