import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { hostedCompletion } from "../../server/src/features/hosted/hostedCompletion.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { fixHosted, hostedFindings } from "../../server/src/hosts/hostedFindings.ts";
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
    const fixed = fixHosted(SHELL, quoted("'"), NEWEST_VERSION, { profile: "off" }, "all");
    assert.equal(fixed, quoted("'").replace("allways", "always"));
    assert.deepEqual(names(script(`echo "it's" 'a"b' && cat > a.service <<EOF`, "[Service]")), ["a.service"]);
  });

  it("are fixed as the shell reads them", () => {
    const fix = (text: string): string => fixHosted(SHELL, text, NEWEST_VERSION, { profile: "off" }, "all");
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
    ["mkdir a; echo '[Service]\nExecStart=/bin/a $X' > a.service", "[Service]\nExecStart=/bin/a $X\n"],
  ];
  for (const [written, text] of PRINTED)
    it(`are texts that are printed: ${written}`, () => {
      const [unit] = SHELL.units(`set -e\n${written}\necho done\n`).units;
      assert.equal(unit?.path.name, "a.service");
      assert.equal((unit.raw ?? []).map((it) => it.text).join(""), text);
      if (written.startsWith("RUN")) return;
      // The shell has the last word.
      const command = written.replace(/\s*(?:>|\|).*$/s, "").replace(/^mkdir a; /, "");
      assert.equal(spawnSync("sh", ["-c", command]).stdout.toString(), text);
    });

  it("are none where the shell has a say in what is printed", () => {
    for (const it of [
      'printf "[Service]\\nUser=$A\\n" > a.service',
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

  it("are fixed as they are printed", () => {
    const fix = (text: string): string => fixHosted(SHELL, text, NEWEST_VERSION, { profile: "off" }, "all");
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
