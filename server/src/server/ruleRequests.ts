import { RULE_REQUEST } from "./protocol.ts";
import type { Session } from "./session.ts";

/** Answers with the page about a rule, whose texts no other request needs. */
export function answerRuleRequests({ connection }: Session): void {
  connection.onRequest(RULE_REQUEST, async ({ code }: { readonly code: string }): Promise<string | null> => {
    const { rulePage } = await import("../features/rulePage.ts");
    const text = rulePage(code);
    return text === undefined ? null : `# ${code}\n\n${text}`;
  });
}
