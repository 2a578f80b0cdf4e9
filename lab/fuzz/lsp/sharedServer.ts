import assert from "node:assert/strict";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver-protocol";
import { type ClientKind, LspClient } from "../../../test/kit/client.ts";

/** What an editor of today says, so that all answers come in their richest form. */
export const RICH_CLIENT: object = {
  textDocument: {
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: {
      completionItem: { documentationFormat: ["markdown"], snippetSupport: true },
      completionList: { itemDefaults: ["editRange", "data"] },
    },
    codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } },
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    diagnostic: { relatedDocumentSupport: true },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
  },
};

/** Nobody waits longer for an answer: the server hangs. */
const PATIENCE = 60_000;

/** A server that many runs share, and that is started again once it ended. */
export class SharedServer {
  readonly #kind: ClientKind;
  #client: Promise<LspClient> | undefined;
  #errors: string[] = [];

  constructor(kind: ClientKind) {
    this.#kind = kind;
  }

  /** The client of the server that runs now. */
  client(): Promise<LspClient> {
    this.#client ??= this.#start();
    return this.#client;
  }

  /** Asks for an answer, null where the server refuses one with its reason; throws a sentence for no answer and any other error. */
  async ask(method: string, params: unknown): Promise<unknown> {
    const client = await this.client();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("has no answer")), PATIENCE);
    });
    try {
      return await Promise.race([client.request(method, params), late]);
    } catch (error) {
      if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed) return null;
      await this.end();
      assert.fail(`${method}: ${error instanceof Error ? error.message : error}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Throws where the server has logged an error since the last call. */
  expectNoErrors(): void {
    const errors = this.#errors.splice(0);
    assert.equal(errors.length, 0, `the server logs: ${errors[0]}`);
  }

  /** Ends the server, whatever it does. */
  async end(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    client?.connection.dispose();
    client?.child.kill("SIGKILL");
  }

  async #start(): Promise<LspClient> {
    const client = await LspClient.start({ capabilities: RICH_CLIENT, ...this.#kind });
    client.connection.onNotification("window/logMessage", ({ type, message }: { type: number; message: string }) => {
      if (type === 1) this.#errors.push(message);
    });
    client.connection.onRequest("workspace/applyEdit", () => ({ applied: true }));
    return client;
  }
}
