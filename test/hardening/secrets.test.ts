import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { fixAllEdits } from "../../server/src/rules/fixAll.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { findingsOf } from "../kit/fixture.ts";
import { expectLinear } from "../kit/growth.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

const CODE = "sandbox/secret-in-unit";
const service = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;

/** The places of the secrets in a service. */
function secrets(lines: readonly string[], path = "x.service"): string[] {
  const text = service(...lines);
  return findingsOf(text, path)
    .filter((it) => it.code === CODE)
    .map((it) => text.slice(it.start, it.end));
}

/** The text after the first fix of a code, in the strict profile, and the title of the fix. */
function fixed(text: string, code: string, path = "x.service"): { readonly title: string; readonly after: string } {
  const found = findingsOf(text, path, { profile: "strict" }).find((it) => it.code === code);
  const [fix] = found?.fixes ?? [];
  assert.ok(fix, `no fix for ${code} in ${text}`);
  assert.equal(fix.safe, false);
  return { title: fix.title, after: applyEdits(text, fix.edits()) };
}

describe("HARDENING.md row 17: secrets that stand in the unit", () => {
  it("are no limits, filters, marks and methods, nor the places of secrets in a store", () => {
    for (const value of [
      "MAX_TOKEN=4096",
      "EOS_TOKEN=eos",
      "SECOND_PASS=fast",
      "HASH_PASSWORD=argon2",
      "GENERATE_PASSWORD=random",
      "VAULT_SECRET=secret/data/app",
      "OP_SECRET=op://vault/item/field",
      "AWS_SECRET=arn:aws:secretsmanager:eu-central-1:1:secret:x",
    ])
      assert.deepEqual(secrets([`Environment=${value}`]), [], value);
    for (const option of [
      "--max-token=4096",
      "--render-pass=deferred",
      "--two-pass=fast",
      "--high-pass=2500Hz",
      "--low-pass=30000",
      "--image-pull-secret=regcred",
      "--tls-secret=default/my-tls",
      "--mount-secret=id=foo",
      "--stop-token=END",
    ])
      assert.deepEqual(secrets([`ExecStart=/usr/bin/x ${option}`]), [], option);
    const text = service("ExecStart=/usr/bin/x --passwd /etc/passwd");
    assert.ok(
      !findingsOf(text, "x.service", { profile: "strict" }).some((it) => it.code === "hardening/load-credential"),
    );
  });

  it("are those of the environment, of arguments, of addresses, and of SetCredential=", () => {
    for (const [line, place] of [
      ["Environment=DB_PASSWORD=hunter2", "DB_PASSWORD=hunter2"],
      ['Environment=A=b "API_KEY=a b" C=d', '"API_KEY=a b"'],
      ["Environment=GITHUB_TOKEN=ghp_0123", "GITHUB_TOKEN=ghp_0123"],
      ["Environment=MYSQL_PWD=x1yz", "MYSQL_PWD=x1yz"],
      ["Environment=SECRET_KEY_BASE=0123456789abcdef", "SECRET_KEY_BASE=0123456789abcdef"],
      ["Environment=RESTIC_PASSWORD=changeme", "RESTIC_PASSWORD=changeme"],
      ["Environment=URL=postgres://app:geheim@db/app", "URL=postgres://app:geheim@db/app"],
      ["ExecStart=/usr/bin/x --password=hunter2", "--password=hunter2"],
      ["ExecStart=/usr/bin/x --api-key 0123abcd -v", "--api-key 0123abcd"],
      ["ExecStart=/usr/bin/x --user bob --password hunter2", "--password hunter2"],
      ["ExecStart=/usr/bin/x --db=mysql://app:geheim@db/app", "--db=mysql://app:geheim@db/app"],
      ["ExecReload=/usr/bin/x -secret=hunter2", "-secret=hunter2"],
      ["SetCredential=db.password:hunter2", "db.password:hunter2"],
    ] as const)
      assert.deepEqual(secrets(["ExecStart=/usr/bin/x", line]), [place], line);
  });

  it("are those of programs that take a password in their own way, also in a line of a shell", () => {
    for (const [line, place] of [
      ["/usr/bin/mysql -uroot -psecret123 -e 'select 1'", "-psecret123"],
      ["/bin/sh -c 'mysqldump -uroot -psecret123 db | gzip > /srv/x'", "-psecret123"],
      ["/usr/bin/docker exec db mysqldump -uroot -psecret db", "-psecret"],
      ["/usr/bin/redis-cli -a geheim shutdown", "-a geheim"],
      ["/usr/bin/sshpass -p geheim ssh -p 22 host", "-p geheim"],
      ["/usr/bin/sshpass -pgeheim ssh -p 22 host", "-pgeheim"],
      ["/usr/bin/curl -fsSu user:geheim https://x/", "-fsSu user:geheim"],
      ["/usr/bin/curl --user=user:geheim https://x/", "--user=user:geheim"],
      ['/usr/bin/curl -H "Authorization: Bearer abcdef12" https://x/', '-H "Authorization: Bearer abcdef12"'],
      ["/usr/bin/wget '--header=X-Api-Key: abcdef12' https://x/", "'--header=X-Api-Key: abcdef12'"],
      [`/bin/sh -c 'curl -H "PRIVATE-TOKEN: abcdef12" http://h/'`, '-H "PRIVATE-TOKEN: abcdef12"'],
      [`/bin/sh -c "curl -H \\"Api-Key: abcdef12\\" h"`, '"curl -H \\"Api-Key: abcdef12\\" h"'],
      ["/bin/sh -c 'sleep 1; curl http://u:geheim@h/'", "http://u:geheim@h/"],
      ["/bin/bash -lc 'exec x --password=hunter2'", "--password=hunter2"],
      ["/bin/sh -c 'PGPASSWORD=hunter2 pg_dump x'", "PGPASSWORD=hunter2"],
      ["/usr/bin/env DB_PASSWORD=hunter2 /usr/bin/x", "DB_PASSWORD=hunter2"],
      ["/usr/bin/docker run -e MYSQL_ROOT_PASSWORD=geheim mysql", "MYSQL_ROOT_PASSWORD=geheim"],
      ["/usr/bin/docker login -u me -p geheim registry", "-p geheim"],
      ["/usr/bin/mongodump -u root -p geheim", "-p geheim"],
      ["/usr/bin/rclone rcd --rc-user me --rc-pass geheim", "--rc-pass geheim"],
      ["/usr/local/bin/mcrcon -P 25575 -p geheim stop", "-p geheim"],
      ["/usr/bin/x 'host=db user=app password=geheim'", "'host=db user=app password=geheim'"],
      ["/usr/bin/x https://h/cb?x=1&token=abcdef12345", "https://h/cb?x=1&token=abcdef12345"],
    ] as const)
      assert.deepEqual(secrets([`ExecStart=${line}`]), [place], line);
  });

  it("are addresses of webhooks and tokens of a known form, whatever their names", () => {
    const slack = "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijkl";
    for (const word of [
      `SLACK_WEBHOOK=${slack}`,
      '"ConnectionStrings__Default=Server=db;User=sa;Password=geheim"',
      "NOTIFY=https://discord.com/api/webhooks/123456789012/abcdefghijKLMNOP-_x",
      "GH=ghp_abcdefghijklmnopqrstuvwxyz0123456789",
      "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXzzzzKEY",
    ])
      assert.deepEqual(secrets(["ExecStart=/usr/bin/x", `Environment=A=b ${word}`]), [word], word);
    assert.deepEqual(secrets([`ExecStart=/usr/bin/curl -d x ${slack}`]), [slack]);
    for (const value of ["https://hooks.slack.com/", "https://h/?token=%i", "https://h/?page_token=abcdef1"])
      assert.deepEqual(secrets(["ExecStart=/usr/bin/x", `Environment=HOOK=${value}`]), [], value);
  });

  it("are no ports, filters, users, prompts and switches of the same letters, nor variables", () => {
    for (const line of [
      "/usr/bin/mysql -uroot -p$PW",
      '/usr/bin/mysql -uroot "-p$PW"',
      "/usr/bin/mysql -uroot -p db",
      "/usr/bin/mysql -P3306",
      "/usr/bin/journalctl -u mysql -p3",
      "/usr/sbin/d -p 80",
      "/usr/bin/ssh -p 22 host",
      "/usr/bin/ls -a pw",
      "/usr/bin/redis-cli -a $PW ping",
      "/usr/bin/redis-cli -a %d/pw ping",
      "/usr/bin/sshpass -f %d/pw ssh -p 22 host",
      "/usr/bin/curl -u $USER:$PW https://x/",
      "/usr/bin/curl -u : --negotiate https://x/",
      `/bin/sh -c 'curl -u "user:$$(cat /run/x)" https://x/'`,
      `/bin/sh -c 'curl -H "Authorization: Bearer $$TOKEN" http://h/'`,
      `/bin/sh -c 'curl -H "Authorization: Bearer \`cat /x\`" http://h/'`,
      '/usr/bin/curl -H "Content-Type: application/json" https://x/',
      "/bin/sh -c 'PGPASSWORD=$$PW pg_dump x'",
      "/bin/sh -c 'PASSWORD=$$(cat /x) exec y'",
      "/usr/bin/docker run --name mysql -p 3306:3306 mysql",
      "/usr/bin/dockerd -H fd:// --containerd=/run/x",
      "/usr/bin/mosquitto -p 1883",
      "/usr/bin/java -Djavax.net.ssl.trustStorePassword=changeit -jar x.jar",
    ])
      assert.deepEqual(secrets([`ExecStart=${line}`]), [], line);
  });

  it("give way to a file in the way of the program, or to none where it has no such way", () => {
    const made = (line: string): string => {
      const { after } = fixed(service(line), CODE);
      return after.split("\n").find((it) => it.includes("%d")) ?? "";
    };
    for (const [line, told] of [
      ["ExecStart=/usr/bin/sshpass -p geheim ssh host", "ExecStart=/usr/bin/sshpass -f %d/sshpass ssh host"],
      ["ExecStart=/usr/bin/curl -su me:geheim https://x", "ExecStart=/usr/bin/curl -K %d/curl https://x"],
      ["ExecStart=/usr/bin/curl -H 'X-Token: geheim' https://x", "ExecStart=/usr/bin/curl -H @%d/header https://x"],
      [
        "ExecStart=/bin/sh -c 'mysqldump -uroot -pgeheim db > /srv/x'",
        "ExecStart=/bin/sh -c 'mysqldump --defaults-extra-file=%d/mysqldump -uroot db > /srv/x'",
      ],
      ["Environment=BORG_PASSPHRASE=geheim", 'Environment="BORG_PASSCOMMAND=cat %d/borg_passphrase"'],
    ] as const)
      assert.equal(made(line), told);
    for (const line of [
      "ExecStart=/usr/bin/redis-cli -a geheim ping",
      "ExecStart=/usr/bin/docker exec db mysqldump -pgeheim db",
      "ExecStart=/usr/bin/docker run x --token=geheim",
      'ExecStart=/bin/sh -c "curl -H \\"Api-Key: abcdef12\\" h"',
      "Environment=PGPASSWORD=geheim",
    ]) {
      const found = findingsOf(service("ExecStart=/usr/bin/x", line)).filter((it) => it.code === CODE);
      assert.deepEqual([found.length, found[0]?.fixes], [1, []], line);
    }
  });

  it("are none where a file, a variable, a specifier, a switch or the mark of a template stands", () => {
    for (const line of [
      "Environment=DB_PASSWORD=",
      "Environment=DB_PASSWORD_FILE=/etc/x/pw",
      "Environment=PASSWORD=/etc/x/pw TOKEN=%d/token KEY=abc",
      "Environment=REQUIRE_PASSWORD=yes ENABLE_TOKEN=1 NO_PASSWORD=true PASSWORD=none TOKEN=0",
      "Environment=API_TOKEN=@TOKEN@ API_KEY=<key> SECRET={{secret}}",
      "Environment=PWD=srv OLDPWD=tmp PUBLIC_KEY=abc TOKEN_TTL=3600 SECRETARY=bob TOKENIZER=fast MONKEY=1234",
      "Environment=URL=amqp://guest:guest@localhost URL=http://host:80/@x URL=https://user@host/ A=ssh://u:$PW@h",
      "ExecStart=/usr/bin/x --password-file=/etc/x/pw --password=$PW --token=$TOKEN --secret=%i",
      "ExecStart=/usr/bin/x --password hunter2",
      "ExecStart=/usr/bin/x --token -v",
      "ExecStart=/usr/bin/x --token=/etc/x/token --key=/etc/x/key --passphrase=fd:3 --password=file:pw",
      "ExecStart=/usr/bin/systemd-ask-password --watch",
      "ExecStart=/usr/bin/x --prompt-root-password --reset-password=bob",
      "PassEnvironment=DB_PASSWORD",
      "SetCredential=motd:hello",
      "SetCredential=db.password:%i",
      "UnsetEnvironment=DB_PASSWORD=x",
    ])
      assert.deepEqual(secrets(["ExecStart=/usr/bin/x", line]), [], line);
  });

  it("are told of in one sentence that says who reads them", () => {
    const message = (line: string, path = "x.service"): string =>
      findingsOf(service("ExecStart=/usr/bin/x", line), path).find((it) => it.code === CODE)?.message ?? "";
    assert.equal(
      message("Environment=A_TOKEN=0123abc"),
      "Environment= contains A_TOKEN: every user can read it in the unit file and with systemctl show; use LoadCredential= to pass a secret to the service only",
    );
    assert.match(
      message("ExecStop=/usr/bin/x --token=abcd"),
      /^ExecStop= contains --token: .*in the list of processes;/,
    );
    const user = "/home/x/.config/systemd/user/x.service";
    assert.match(message("Environment=A_TOKEN=0123abc", user), /: everyone who can read the unit file knows it;/);
  });

  it("are seen without a profile, in drop-ins too, and not where an empty line resets them", () => {
    assert.deepEqual(secrets(["Environment=A_TOKEN=abcd"], "/etc/systemd/system/x.service.d/local.conf"), [
      "A_TOKEN=abcd",
    ]);
    assert.deepEqual(secrets(["Environment=A_TOKEN=abcd", "Environment="]), []);
  });

  it("give way to a file that the reader writes, and leave the unit", () => {
    for (const [line, told] of [
      ["Environment=A=b DB_PASSWORD=hunter2 C=d", "Environment=A=b DB_PASSWORD_FILE=%d/db_password C=d"],
      ["Environment='DB_PASSWORD=hun ter2'", "Environment=DB_PASSWORD_FILE=%d/db_password"],
    ] as const) {
      const { title, after } = fixed(service("ExecStart=/usr/bin/x", line), CODE);
      const load = "LoadCredential=db_password:/etc/credstore/db_password";
      assert.equal(after, service("ExecStart=/usr/bin/x", told, load));
      assert.equal(
        title,
        `Add ${load} and use DB_PASSWORD_FILE=%d/db_password (write the secret there first, otherwise 243/CREDENTIALS; the program must read it from a file)`,
      );
      assert.deepEqual(
        findingsOf(after).filter((it) => it.code !== CODE && it.severity !== "hint"),
        [],
      );
      assert.deepEqual(
        findingsOf(after).filter((it) => it.code === CODE),
        [],
      );
    }
    assert.equal(
      fixed(service("ExecStart=/usr/bin/x --token=abcd -v"), CODE).after,
      service("ExecStart=/usr/bin/x --token-file=%d/token -v", "LoadCredential=token:/etc/credstore/token"),
    );
    assert.equal(
      fixed(service("ExecStart=/usr/bin/x", "SetCredential=db.password:hunter2"), CODE).after,
      service("ExecStart=/usr/bin/x", "LoadCredential=db.password:/etc/credstore/db.password"),
    );
    const taken = service("ExecStart=/usr/bin/x --token=abcd", "LoadCredential=token:/etc/x");
    assert.match(
      fixed(taken, CODE).after,
      /--token-file=%d\/token-2\nLoadCredential=token:\/etc\/x\nLoadCredential=token-2:/,
    );
    const user = "/home/x/.config/systemd/user/x.service";
    assert.match(fixed(service("ExecStart=/usr/bin/x --token=abcd"), CODE, user).after, /=token:%E\/credstore\/token/);
  });

  it("are never taken out together with other fixes, as they stand nowhere else", () => {
    const text = service("ExecStart=/usr/bin/x --token=abcd", "ProtectHom=yes");
    const path = unitPath("x.service");
    assert.ok(path);
    const after = applyEdits(
      text,
      fixAllEdits((it) => readUnit(path, it, 257), text, { profile: "strict" }, "all"),
    );
    assert.equal(after, text.replace("ProtectHom=", "ProtectHome="));
  });

  it("have no fix inside of an address", () => {
    const [found] = findingsOf(service("ExecStart=/usr/bin/x", "Environment=URL=redis://a:geheim@h")).filter(
      (it) => it.code === CODE,
    );
    assert.deepEqual(found?.fixes, []);
  });

  it("are said once, also in the profile that asks for LoadCredential=", () => {
    const text = service("ExecStart=/usr/bin/x", "User=x", "Environment=DB_PASSWORD=hunter2");
    const codes = findingsOf(text, "x.service", { profile: "strict" })
      .filter((it) => it.start > text.indexOf("Environment"))
      .map((it) => it.code);
    assert.deepEqual(codes, [CODE]);
  });

  it("stay linear", () => {
    for (const line of [
      "Environment=A_TOKEN=abcd ",
      "ExecStart=/usr/bin/x --token abcd ",
      "Environment=a://b:",
      "ExecStart=/usr/bin/mysql -psecret mysql ",
      "ExecStart=/usr/bin/x http://h/?a=b&token=%i ",
      "ExecStart=/bin/sh -c 'curl -u a:b; ' ",
    ]) {
      const make = (size: number): string => service(line + line.replace(/^\w+=/, "").repeat(size));
      expectLinear(300, make, (text) => findingsOf(text));
    }
  });
});

describe("HARDENING.md row 17: secrets that a service reads from files", () => {
  const LOAD = "hardening/load-credential";
  const places = (...lines: readonly string[]): string[] => {
    const text = service(...lines);
    return findingsOf(text, "x.service", { profile: "strict" })
      .filter((it) => it.code === LOAD)
      .map((it) => `${it.severity} ${text.slice(it.start, it.end)}`);
  };

  it("are keys and password files of arguments and of the environment", () => {
    const key = "/etc/ssl/private/x.key";
    for (const line of [
      `ExecStart=/usr/bin/x --tls-key=${key}`,
      `ExecStart=/usr/bin/x --key ${key} --cert /etc/ssl/x.crt`,
      `ExecStart=/usr/bin/x 443 ${key}`,
      `Environment=TLS_KEY_FILE=${key}`,
      `Environment=X=1 "TLS_KEY=${key}"`,
    ])
      assert.deepEqual(places("ExecStart=/usr/bin/x", "User=x", line), [`info ${key}`], line);
    assert.deepEqual(places("ExecStart=/usr/bin/x --password-file /etc/x/pw", "User=x"), ["info /etc/x/pw"]);
    assert.deepEqual(places("ExecStart=/usr/bin/ssh -i /etc/x/id_rsa h", "User=x"), ["info /etc/x/id_rsa"]);
    assert.deepEqual(places(`ExecStart=/usr/bin/x --key=${key}`), [`hint ${key}`]);
  });

  it("are none where they are public, generated, loaded already, or in another root", () => {
    for (const line of [
      "ExecStart=/usr/bin/x --cert=/etc/x/x.crt --public-key=/etc/x/x.pem --key=/etc/x/x.pub",
      "ExecStart=/usr/bin/x --key=/var/lib/x/x.key --host-key=/etc/x/key --keys /etc/x.json",
      "ExecStart=/usr/bin/x --keymap=/etc/x/map --monkey-dir=/etc/x/y/ --key=%d/x.key",
      "ExecStart=+/usr/bin/x --key=/etc/x/x.key",
      "ExecStart=/usr/bin/x --key=/etc/x/x.key\nLoadCredential=k:/etc/x/x.key",
      "ExecStart=/usr/bin/x --key=/etc/x/x.key\nRootDirectory=/srv/x",
      "EnvironmentFile=/etc/default/x",
      "EnvironmentFile=-/etc/x/tokenizer.env",
    ])
      assert.deepEqual(places("User=x", line), [], line);
    const text = service("User=x", "ExecStart=/usr/bin/x --key=/etc/x/x.key");
    assert.ok(!findingsOf(text).some((it) => it.code === LOAD), "without the profile");
  });

  it("become a copy that only the service can read, wherever they are named", () => {
    const text = service(
      "User=x",
      "Environment=KEY=/etc/x/x.key",
      "ExecStart=/usr/bin/x --cert=/etc/x/x.crt \\",
      "  --key /etc/x/x.key",
    );
    const { title, after } = fixed(text, LOAD);
    assert.equal(
      after,
      service(
        "User=x",
        "Environment=KEY=%d/x.key",
        "ExecStart=/usr/bin/x --cert=/etc/x/x.crt \\",
        "  --key %d/x.key",
        "LoadCredential=x.key:/etc/x/x.key",
      ),
    );
    assert.equal(
      title,
      "Add LoadCredential=x.key:/etc/x/x.key and use %d/x.key (a renewed file is used only after the next start; a missing one makes the start fail with 243/CREDENTIALS)",
    );
    if (MACHINE_VERSION !== undefined)
      assert.deepEqual(
        verify("x.service", { "x.service": after.replaceAll("/usr/bin/x", "/bin/true") }),
        verify("x.service", { "x.service": text.replaceAll("/usr/bin/x", "/bin/true") }),
      );
  });

  it("become one that only this machine can decrypt, by the command that makes it", () => {
    const text = service("User=x", "ExecStart=/usr/bin/x --key /etc/x/x.key");
    const found = (it: string, version?: number) =>
      findingsOf(it, "x.service", { profile: "strict" }, version)
        .find(({ code }) => code === LOAD)
        ?.fixes.find(({ title }) => title.includes("Encrypted"));
    const fix = found(text);
    assert.match(
      fix?.title ?? "",
      /\(first run: systemd-creds encrypt --name=x\.key \/etc\/x\/x\.key \/etc\/credstore\.encrypted\/x\.key\)$/,
    );
    const after = service(
      "User=x",
      "ExecStart=/usr/bin/x --key %d/x.key",
      "LoadCredentialEncrypted=x.key:/etc/credstore.encrypted/x.key",
    );
    assert.equal(fix && applyEdits(text, fix.edits()), after);
    assert.equal(found(text, 249), undefined);
    assert.equal(found(after), undefined);
  });

  it("are found by the profile basic where the user has no rights", () => {
    const found = (...lines: readonly string[]): readonly string[] =>
      findingsOf(service(...lines, "ExecStart=/usr/bin/x --key /etc/x/x.key"), "x.service", { profile: "basic" })
        .filter((it) => it.code === LOAD)
        .map((it) => it.severity);
    assert.deepEqual(found("User=x"), ["info"]);
    assert.deepEqual(found("DynamicUser=yes"), ["info"]);
    assert.deepEqual(found(), []);
  });

  it("are environment files with the name of a secret", () => {
    const text = service("ExecStart=/usr/bin/x", "User=x", "EnvironmentFile=-/etc/x/secrets.env");
    assert.deepEqual(places("ExecStart=/usr/bin/x", "User=x", "EnvironmentFile=-/etc/x/secrets.env"), [
      "hint -/etc/x/secrets.env",
    ]);
    const { title, after } = fixed(text, LOAD);
    assert.equal(after, `${text}LoadCredential=secrets.env:/etc/x/secrets.env\n`);
    assert.match(
      title,
      /\(before EnvironmentFile= can be removed, the program must read it .*; a missing file makes the start fail with 243\/CREDENTIALS\)$/,
    );
    assert.ok(!findingsOf(after, "x.service", { profile: "strict" }).some((it) => it.code === LOAD));
  });
});
