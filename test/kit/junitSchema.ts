import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";

/** What an element may have, as Jenkins' plugin xUnit says in its schema for JUnit (junit-10.xsd). */
interface ElementRules {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly children?: readonly string[];
  readonly hasText?: true;
}

const OUTCOME: ElementRules = { optional: ["type", "message"], hasText: true };
const OUTPUT: ElementRules = { hasText: true };

const ELEMENTS: Readonly<Record<string, ElementRules>> = {
  testsuites: { optional: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: {
    required: ["name", "tests", "failures", "errors"],
    optional: ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
    children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
  },
  testcase: {
    required: ["name"],
    optional: ["time", "classname", "group"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  skipped: OUTCOME,
  error: OUTCOME,
  failure: OUTCOME,
  properties: { children: ["property"] },
  property: { required: ["name", "value"] },
  "system-out": OUTPUT,
  "system-err": OUTPUT,
};

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
});

/** Fails where a report has what the schema of Jenkins does not allow. */
export function assertJenkinsAccepts(xml: string): void {
  const [root, ...more] = (parser.parse(xml) as readonly Node[]).filter((it) => !("?xml" in it));
  assert.ok(root && more.length === 0);
  assertAllowed(root, ["testsuites", "testsuite"]);
}

function assertAllowed(node: Node, allowed: readonly string[]): void {
  const name = Object.keys(node).find((it) => it !== ":@") ?? "";
  assert.ok(allowed.includes(name), `<${name}> is not allowed here: ${allowed.join(", ")}`);
  const { required = [], optional = [], children = [], hasText } = ELEMENTS[name] ?? {};
  const attributes = Object.keys((node[":@"] ?? {}) as Node);
  for (const it of required) assert.ok(attributes.includes(it), `<${name}> without ${it}`);
  for (const it of attributes) assert.ok([...required, ...optional].includes(it), `<${name}> with ${it}`);
  for (const child of node[name] as readonly Node[]) {
    if (!("#text" in child)) assertAllowed(child, children);
    else assert.ok(hasText || String(child["#text"]).trim() === "", `<${name}> with text`);
  }
}
