import { plainSpan, type Span } from "../../text/span.ts";
import type { HostedPart } from "../hostedUnit.ts";
import type { NixNode, NixString } from "./nixTree.ts";
import { calledName, type NixPlace, type Patience, valuesIn } from "./scope.ts";

/** How the paths of the store begin that stand for others: nobody knows their names before they are built. */
export const STORE = `/nix/store/${"e".repeat(32)}-`;

const storePath = (name: string): string => `${STORE}${name.replace(/[^\w.+-]/g, "") || "unknown"}`;

/** What stands for a word that nobody knows. */
const UNKNOWN_WORD = "x";

/** The functions that write a file to the store; their first argument is its name. */
const WRITERS = /^(?:write(?:Shell|Python3|Perl|Bash|Dash)?(?:Script|Text)|writeScript|writeText|runCommand\w*)$/;

/** What systemd would read of a value; undefined where nothing is known of it. */
export function nixParts(place: NixPlace, patience: Patience): readonly HostedPart[] | undefined {
  const [only, ...others] = valuesIn(place, patience);
  if (!only || others.length > 0 || patience.remaining <= 0) return undefined;
  const { node } = only;
  switch (node.kind) {
    case "string":
      return isOnlyUnknown(node) ? wholeOf(only, node, patience) : stringParts(only, node, patience);
    case "number":
      return [sure(node.text, node, true)];
    case "path":
      return node.text.startsWith("/") ? [sure(node.text, node, true)] : [guess(storePath(lastName(node.text)), node)];
    case "name":
      return nameParts(node.path, node);
    case "call":
      return callParts(only, node, patience);
    case "operation":
      return node.operator === "+" ? sumParts(only, node.operands, patience) : undefined;
    default:
      return undefined;
  }
}

const sure = (text: string, source: Span, exact: boolean): HostedPart => ({
  text,
  source: plainSpan(source),
  exact,
  certain: true,
});
const guess = (text: string, source: Span): HostedPart => ({
  text,
  source: plainSpan(source),
  exact: false,
  certain: false,
});
const lastName = (path: string): string => path.split("/").at(-1) ?? "";

/** Whether a text is one interpolation. */
const isOnlyUnknown = ({ parts }: NixString): boolean => parts.length === 1 && parts[0]?.text === undefined;

/** Of a text that is one interpolation what that gives. */
function wholeOf(place: NixPlace, { parts }: NixString, patience: Patience): readonly HostedPart[] | undefined {
  const [part] = parts;
  const pieces = part?.node && nixParts({ ...place, node: part.node }, patience);
  return part && pieces?.map((it) => ({ ...it, source: plainSpan(part), exact: false }));
}

/** What may stand before the path of a program, at the beginning of a value and in a text of several lines. */
const BEGIN = /(?:^|[=\n])[ \t]*["']?[-@!+:|]*$/;
const BEGIN_OF_LINE = /[=\n][ \t]*["']?[-@!+:|]*$/;

function stringParts(place: NixPlace, { parts }: NixString, patience: Patience): readonly HostedPart[] {
  return parts.flatMap((part, i): readonly HostedPart[] => {
    if (part.text !== undefined) return [sure(part.text, part, part.exact)];
    const pieces = part.node && nixParts({ ...place, node: part.node }, patience);
    if (pieces) return pieces.map((it) => ({ ...it, source: plainSpan(part), exact: false }));
    const next = parts[i + 1]?.text ?? "";
    const before = parts[i - 1]?.text ?? (i === 0 ? "" : "x");
    const isRoot = next.startsWith("/") && (i < 2 ? BEGIN : BEGIN_OF_LINE).test(before);
    return [guess(isRoot ? storePath(nodeName(part.node)) : UNKNOWN_WORD, part)];
  });
}

/** A name that shows what a store path may be of: `nginx` of `pkgs.nginx`. */
function nodeName(node: NixNode | undefined): string {
  const name = node?.kind === "name" ? node.path.at(-1) : undefined;
  return name === "package" || name === "out" ? "unknown" : (name ?? "unknown");
}

function nameParts(path: readonly string[], source: Span): readonly HostedPart[] | undefined {
  const [first, ...rest] = path;
  if (rest.length === 0) {
    return first === "true" || first === "false" ? [sure(first, source, true)] : undefined;
  }
  return first === "pkgs" ? [guess(storePath(rest.at(-1) === "out" ? "" : (rest.at(-1) ?? "")), source)] : undefined;
}

function callParts(
  place: NixPlace,
  node: Extract<NixNode, { kind: "call" }>,
  patience: Patience,
): readonly HostedPart[] | undefined {
  const name = calledName(node) ?? "";
  const [first, second] = node.args;
  const of = (it: NixNode): readonly HostedPart[] | undefined => nixParts({ ...place, node: it }, patience);
  if (name === "toString" && first) return of(first);
  if (name === "getExe" && first?.kind === "name")
    return [guess(`${storePath(nodeName(first))}/bin/${nodeName(first)}`, node)];
  if (name === "getExe'" && first && second) {
    const program = of(second)
      ?.map((it) => it.text)
      .join("");
    return program === undefined ? undefined : [guess(`${storePath(nodeName(first))}/bin/${program}`, node)];
  }
  if ((name === "concatStringsSep" || name === "concatStrings") && node.args.length > 0) {
    const separator =
      name === "concatStrings"
        ? ""
        : first &&
          of(first)
            ?.map((it) => it.text)
            .join("");
    const list = node.args.at(-1);
    if (separator === undefined || list?.kind !== "list") return undefined;
    return list.items.flatMap((it, i) => {
      const own = of(it) ?? [guess(UNKNOWN_WORD, it)];
      return i === 0 ? own : [sure(separator, { start: it.start, end: it.start }, false), ...own];
    });
  }
  if (!WRITERS.test(name) || !first) return undefined;
  return [
    guess(
      storePath(
        of(first)
          ?.map((it) => it.text)
          .join("") ?? "",
      ),
      node,
    ),
  ];
}

/** Texts that are put together; unknown as a whole where no text is among them. */
function sumParts(
  place: NixPlace,
  operands: readonly NixNode[],
  patience: Patience,
): readonly HostedPart[] | undefined {
  const each = operands.map((it) => nixParts({ ...place, node: it }, patience));
  if (!each.some((it) => it?.some((part) => part.certain))) return undefined;
  return each.flatMap((it, i) => it ?? [guess(UNKNOWN_WORD, operands[i] ?? place.node)]);
}
