import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { openQuestions } from "../../server/src/hardening/openQuestions.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { addStatements } from "../../server/src/hardening/statementEdits.ts";
import { OWNER_QUESTIONS, type StatedAnswer, statementTexts } from "../../server/src/needs/questions.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { unitOf } from "../../test/hardening/kit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";

/** A program that nobody knows: it serves a port, and each request writes and reads the paths of its arguments. */
const PROGRAM = `#!/usr/bin/python3
import http.server, socketserver, sys
port, writes, reads = int(sys.argv[1]), sys.argv[2].split(","), sys.argv[3:]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        for it in writes: open(it, "a").write("x")
        for it in reads: open(it).read()
        self.send_response(200); self.end_headers(); self.wfile.write(b"served")
socketserver.TCPServer.allow_reuse_address = True
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
`;

const MACHINE = `
id -u thing >/dev/null 2>&1 || useradd --system thing
mkdir -p /usr/local/bin /var/lib/thing /srv/thing /home/docs; echo page > /home/docs/page; chmod 755 /home/docs
touch /var/lib/thing/state /srv/thing/state; chown -R thing: /var/lib/thing /srv/thing; chmod 755 /usr/local/bin/thing
`;

interface Run {
  readonly name: string;
  readonly lines: readonly string[];
  readonly port: number;
  /** What is answered with yes; all else is a no. */
  readonly needs?: readonly StatedAnswer[];
  /** The exposure that is reached at least. */
  readonly most: number;
}

const RUNS: readonly Run[] = [
  {
    name: "user",
    port: 8080,
    most: 30,
    lines: ["User=thing", "ExecStart=/usr/local/bin/thing 8080 /var/lib/thing/state"],
  },
  // What daemons of root need over files, users and ports is left.
  { name: "root", port: 80, most: 32, lines: ["ExecStart=/usr/local/bin/thing 80 /var/lib/thing/state"] },
  {
    name: "places",
    port: 8081,
    most: 30,
    lines: ["User=thing", "ExecStart=/usr/local/bin/thing 8081 /srv/thing/state,/var/lib/thing/state /home/docs/page"],
    needs: [
      { need: "writes", says: "needs", details: ["/srv/thing"] },
      { need: "homes", says: "needs" },
    ],
  },
];

/** The unit with all questions answered, and hardened by that; with how many answers that took. */
function answered({ lines, needs = [] }: Run): { readonly text: string; readonly count: number } {
  const before = `[Unit]\nDescription=Thing\n\n[Service]\n${lines.join("\n")}\n`;
  const questions = [...openQuestions(unitOf(before), "strict")];
  const no = questions.flatMap((it) => it.needs).filter((it) => !needs.some(({ need }) => need === it));
  const answers = [...needs, ...no.map((need) => ({ need, says: "no" }) as const)];
  const stated = applyEdits(before, addStatements(unitOf(before).file, statementTexts(answers)));
  return { text: applyEdits(stated, hardenUnit(unitOf(stated), "strict").edits), count: questions.length };
}

describe(`services that nobody knows, hardened by answers, in a running systemd${NO_BOX ? ` (skipped: ${NO_BOX})` : ""}`, () => {
  let box: Box | undefined;
  const sh = (text: string): string => box?.run("sh", "-c", text).output.trim() ?? "";

  before(function () {
    this.timeout(120_000);
    if (NO_BOX) return skip(this, NO_BOX);
    box = startBox();
    box.put("/usr/local/bin/thing", PROGRAM);
    sh(MACHINE);
  });
  after(() => box?.stop());

  for (const run of RUNS)
    it(`works as ${run.name}, with the exposure that systemd computes`, () => {
      const { text, count } = answered(run);
      assert.ok(count <= OWNER_QUESTIONS.length);
      const unit = `stated-${run.name}.service`;
      box?.put(`/etc/systemd/system/${unit}`, text);
      sh(`systemctl daemon-reload; systemctl start ${unit}`);
      const got = sh(
        `for i in $(seq 50); do python3 -c 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:${run.port}").read().decode())' 2>/dev/null && break; sleep 0.2; done`,
      );
      assert.equal(
        got,
        "served",
        `${text}\n${sh(`journalctl --no-pager -u ${unit} | tail -20; systemctl status ${unit}`)}`,
      );
      const { exposure = 100 } = assess(unitOf(text));
      assert.ok(exposure <= run.most, `${run.name}: ${formatExposure(exposure)}\n${text}`);
      assert.match(
        sh(`systemd-analyze security ${unit} --no-pager | tail -1`),
        new RegExp(`: ${formatExposure(exposure)} `),
      );
    });
});
