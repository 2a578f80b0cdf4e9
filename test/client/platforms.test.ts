import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext, runInContext } from "node:vm";
import { before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

describe("the client of the package", () => {
  before(built);

  it("asks for nothing but the editor in a browser, and starts the server as a worker there", async () => {
    const { asked, workers } = await activated({ URL, setTimeout, clearTimeout, TextEncoder, TextDecoder });
    assert.deepEqual(asked, ["vscode"]);
    assert.deepEqual(workers, ["dist/unit-warden.js"]);
  });

  it("asks for Node.js on the desktop, and makes no worker", async () => {
    const { asked, workers } = await activated({ process, Buffer, setTimeout, clearTimeout });
    assert.ok(asked.includes("child_process"));
    assert.deepEqual(workers, []);
  });

  it("reads only a small file on the desktop before something needs the rest", async () => {
    const { asked } = await activated({ process, setTimeout, clearTimeout }, "dist/desktop.js");
    assert.deepEqual(asked, ["./client.js", "vscode"], "is asked for once it is needed, as here");
    assert.ok(statSync("dist/desktop.js").size * 20 < statSync("dist/client.js").size);
  });
});

/** The modules that the client asks for in a world, and the scripts that it makes workers of, until it has its server. */
async function activated(
  world: object,
  file = "dist/client.js",
): Promise<{ readonly asked: string[]; readonly workers: string[] }> {
  const asked = new Set<string>();
  const workers: string[] = [];
  const load = createRequire(import.meta.url);
  const module = { exports: {} as { activate(context: unknown): Promise<void> } };
  const require = (name: string): unknown => {
    asked.add(name);
    return name === "vscode" ? anything() : name.startsWith("./") ? load(`../../dist/${name}`) : load(name);
  };
  class Worker {
    constructor(path: string) {
      workers.push(path);
    }
    addEventListener(): void {}
    postMessage(): void {}
  }
  const scope = createContext({ ...world, console, module, require, Worker });
  runInContext(readFileSync(file, "utf8"), scope);
  const context = {
    asAbsolutePath: (path: string) => path,
    extensionUri: anything(),
    globalStorageUri: anything(),
    globalState: { get: () => true },
    subscriptions: [],
  };
  // What is in the place of the editor answers nothing, so that the client hears no more of its server once it has one.
  await module.exports.activate(context).catch(() => undefined);
  return { asked: [...asked].sort(), workers };
}

/** Something that has all members and does nothing, also as what is made of it; as an address it is the path that was joined to it. */
function anything(path = ""): unknown {
  return new Proxy(class {}, {
    get(target, name) {
      if (name === "prototype") return target.prototype;
      if (name === "toString" || name === Symbol.toPrimitive) return () => path;
      return name === "then" || name === Symbol.iterator ? undefined : anything(path);
    },
    set: () => true,
    apply: (_target, _self, args) => anything(args.filter((it) => typeof it === "string").join("/") || path),
    construct: (target, _args, made) =>
      new Proxy(Reflect.construct(target, [], made), {
        get: (object, name) => (name in object ? Reflect.get(object, name) : anything()),
      }),
  });
}
