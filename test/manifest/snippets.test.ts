import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { type Snippet, type SnippetFile, snippetBody } from "../../server/src/features/snippetBody.ts";
import { findingsOf } from "../kit/fixture.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

const SECTIONS = ["Unit", "Service", "Socket", "Timer", "Path", "Mount", "Install"];

/** What the body inserts when every tab stop keeps its default: the first choice, the default of a variable. */
function expand(body: string): string {
  const defaults = new Map<string, string>();
  let at = 0;
  const read = (stop: string): string => {
    let text = "";
    while (at < body.length && body[at] !== stop) {
      if (body[at] === "\\") {
        text += body.charAt(at + 1);
        at += 2;
      } else if (body[at] === "$") text += stopOrVariable();
      else text += body.charAt(at++);
    }
    return text;
  };
  const stopOrVariable = (): string => {
    const simple = /^\$(\w+)/.exec(body.slice(at));
    const choice = /^\$\{(\d+)\|([^|]+)\|\}/.exec(body.slice(at));
    const open = /^\$\{(\w+)(:?)/.exec(body.slice(at));
    if (simple) {
      at += simple[0].length;
      return defaults.get(simple[1] ?? "") ?? "";
    }
    if (choice) {
      at += choice[0].length;
      const first = choice[2]?.split(",")[0] ?? "";
      defaults.set(choice[1] ?? "", first);
      return first;
    }
    assert(open, `not a placeholder: ${body.slice(at)}`);
    at += open[0].length;
    const value = read("}");
    assert.equal(body[at++], "}", `placeholder without an end: ${body}`);
    if (open[2]) defaults.set(open[1] ?? "", value);
    return value;
  };
  return read("");
}

const snippets = Object.entries(JSON.parse(readFileSync("snippets/systemd.json", "utf8")) as Record<string, Snippet>);

/** The body as a client gets it. */
const bodyOf = (snippet: Snippet, file: SnippetFile = {}): string => snippetBody(snippet, NEWEST_VERSION, file);

describe("snippets", () => {
  it("have a prefix and a description of their own", () => {
    for (const field of ["prefix", "description"] as const) {
      const all = snippets.map(([, snippet]) => snippet[field]);
      assert(all.every((it) => typeof it === "string" && it.trim() !== ""));
      assert.deepEqual([...new Set(all)], all, `a ${field} is there twice`);
    }
  });

  for (const [name, snippet] of snippets) {
    describe(name, () => {
      const body = bodyOf(snippet);
      const text = expand(body);

      it("expands to headers, assignments and comments only", () => {
        for (const line of text.split("\n")) {
          const header = /^\[(.*)\]$/.exec(line);
          if (header) assert(SECTIONS.includes(header[1] ?? ""), line);
          else assert.match(line, /^(?:[A-Z][A-Za-z0-9]*=\S.*|ExecStart=|#.*)?$/);
        }
      });

      it("leaves no placeholder", () => {
        assert.doesNotMatch(text, /\$\{|\$\d|\|\}/);
      });

      it("has its last tab stop at the end", () => {
        assert.match(body, /\$0$/);
        assert.equal(body.match(/\$0/g)?.length, 1);
      });
    });
  }

  it("a hardened service has everything that the bare hardening lines have", () => {
    const lines = (prefix: string): string[] => {
      const found = snippets.find(([, it]) => it.prefix === prefix);
      assert(found, prefix);
      return expand(bodyOf(found[1]))
        .split("\n")
        .filter((it) => /^[A-Z]/.test(it));
    };
    const service = lines("service-hardened");
    assert.deepEqual(
      lines("hardening").filter((it) => !service.includes(it)),
      [],
    );
  });
});

/** The files that the snippets of whole units are for, in folders of those that belong together. */
const UNITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  service: { "my-service.service": "service" },
  "hardened service": { "my-service.service": "service-hardened" },
  task: { "my-task.service": "service-oneshot" },
  "user service": { "my-service.service": "service-user" },
  "D-Bus service": { "my-service.service": "service-dbus" },
  timer: { "my-task.timer": "timer", "my-task.service": "timer-service" },
  "timer by interval": { "my-task.timer": "timer-interval", "my-task.service": "timer-service" },
  "hardened timer": { "my-task.timer": "timer", "my-task.service": "timer-service-hardened" },
  socket: { "my-service.socket": "socket", "my-service.service": "socket-service" },
  "hardened socket": { "my-service.socket": "socket", "my-service.service": "socket-service-hardened" },
  "socket with instances": { "my-service.socket": "socket-accept", "my-service@.service": "socket-accept-service" },
  path: { "my-service.path": "path", "my-service.service": "service" },
  mount: { "srv-data.mount": "mount" },
  "mount of a share": { "srv-data.mount": "mount-network" },
  target: { "my-service.target": "target" },
};

const OF_TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  service: ["ExecStart=/usr/local/bin/shop"],
  "service-hardened": ["StateDirectory=shop/%i"],
  socket: ["ListenStream=/run/shop-%i.sock"],
  "socket-service": ["Requires=shop@%i.socket", "After=shop@%i.socket"],
  path: ["PathChanged=/var/lib/shop/%i"],
};

describe("snippets of whole units", () => {
  const textOf = (prefix: string, file?: SnippetFile): string => {
    const found = snippets.find(([, it]) => it.prefix === prefix);
    assert(found, prefix);
    return expand(bodyOf(found[1], file));
  };
  const filesOf = (units: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(units).map(([name, prefix]) => [name, `${textOf(prefix)}\n`]));

  for (const [what, units] of Object.entries(UNITS)) {
    it(`${what}: nothing is wrong with it, and a hardened one has all of the basic profile`, () => {
      for (const [name, text] of Object.entries(filesOf(units))) {
        const profile = units[name]?.endsWith("-hardened") ? "basic" : "off";
        assert.deepEqual(
          findingsOf(text, name, { profile }).map((it) => `${it.code}: ${it.message}`),
          [],
          name,
        );
      }
    });
  }

  it("have the name of their file wherever they would say one, and no target that its manager lacks", () => {
    const file = { name: "shop", mountPoint: "/srv/shop" };
    for (const [name, snippet] of snippets) {
      const system = bodyOf(snippet, file);
      assert.doesNotMatch(system, /my-(?!container)|TM_|INSTANCE|MOUNT_POINT|%i/, name);
      assert.doesNotMatch(bodyOf(snippet, { ...file, scope: "user" }), /multi-user|=\$\{\d:\/run\//, name);
    }
  });

  it("keep what instances of a template have apart", () => {
    for (const [prefix, lines] of Object.entries(OF_TEMPLATES)) {
      const text = textOf(prefix, { name: "shop", isTemplate: true });
      for (const line of lines) assert.ok(text.split("\n").includes(line), `${line} in ${text}`);
    }
  });

  describe("are taken by the systemd of this machine without a word", () => {
    before(function () {
      if (MACHINE_VERSION === undefined) skip(this, "there is no systemd-analyze");
    });

    for (const [what, units] of Object.entries(UNITS))
      it(what, () => {
        for (const name of Object.keys(units)) {
          const said = verify(name, filesOf(units)).filter((it) => it !== "" && !PROGRAM.test(it));
          assert.deepEqual(said, [], name);
        }
      });
  });
});

/** The program is the reader's: here it is not. */
const PROGRAM = /: Command \S+ is not executable: No such file or directory$/;
