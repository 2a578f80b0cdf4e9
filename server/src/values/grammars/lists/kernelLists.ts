import { ADDRESS_FAMILIES, addressFamily, familySummary, offeredFamilies } from "../../../facts/addressFamilies.ts";
import { FILE_SYSTEM_GROUPS } from "../../../facts/fileSystemGroups.ts";
import { NAMESPACE_KINDS } from "../../../facts/namespaces.ts";
import { valueIn } from "../../../facts/version.ts";
import { list } from "../../combine.ts";
import type { Grammar, Offer, Term } from "../../grammar.ts";
import { oneOf, spellAs, unknownWord } from "../../oneOf.ts";
import { issueAt, wordTopic } from "../../piece.ts";
import { unknown } from "../../wording.ts";
import { booleanTerm } from "./booleans.ts";

/** Stands alone instead of a list. */
const NO_FAMILY = oneOf([{ text: "none", summary: "No sockets except those passed to the service.", since: 249 }], {
  code: "value/address-family",
  what: "word",
  form: "`none`",
});

const FAMILY_OFFERS: readonly Offer[] = offeredFamilies().map((it) => ({ ...it, role: "word" }));

/** Follows af_from_name(), systemd 257 to 262; AF_UNSPEC is refused. */
const FAMILY: Term = {
  form: "an address family such as `AF_INET`",
  read(piece, into) {
    const { text, from, to } = piece;
    into.slot(from, to, () => FAMILY_OFFERS);
    const number = addressFamily(text);
    if (number) {
      into.token(from, to, "word", wordTopic(usual(number), familySummary(number)));
      return undefined;
    }
    const wording = unknown(piece, "address family");
    const prefixed = `AF_${text.toUpperCase()}`;
    return addressFamily(prefixed) && !into.brief
      ? issueAt(piece, "value/address-family", wording, [spellAs(piece, prefixed)])
      : unknownWord(piece, "value/address-family", wording, FAMILY_OFFERS, into);
  },
};

const USUAL = new Map([...ADDRESS_FAMILIES].map(([name, number]) => [number, name] as const).reverse());
const usual = (number: number): string => USUAL.get(number) ?? "";

const NAMESPACE_NAMES: Readonly<Record<string, string>> = {
  mount: "mnt",
  network: "net",
  hostname: "uts",
  process: "pid",
  users: "user",
};

const namespace = (delegated: boolean): Term =>
  oneOf(delegated ? NAMESPACE_KINDS.filter(({ text }) => text !== "user") : NAMESPACE_KINDS, {
    code: "value/namespace",
    what: delegated ? "delegatable namespace type" : "namespace type",
    form: "a namespace type such as `user`",
    instead: (text) => NAMESPACE_NAMES[text.toLowerCase()],
  });

const NAMESPACES = {
  splitting: "plain",
  empty: "unset",
  effect: "assignment",
  broken: "assignment",
  inverts: true,
} as const;

const delegation = (item: Term): Grammar =>
  list("namespace_flags", item, {
    ...NAMESPACES,
    form: "a boolean, a list of namespaces without `user`, or `~` and a list to leave out",
    alone: booleanTerm("All namespaces of the unit belong to its own user namespace.", "None of them does."),
  });

const [DELEGATED, KEPT] = [delegation(namespace(true)), delegation(namespace(false))];

const FILE_SYSTEMS: readonly Offer[] = [
  ...FILE_SYSTEM_GROUPS.map(({ text, summary }) => ({ text, summary, role: "name" as const })),
  ...FILE_SYSTEM_GROUPS.flatMap(({ text: group, members }) =>
    members.map((text) => ({ text, summary: `In \`${group}\`.`, role: "word" as const })),
  ),
];

/** Any name may be that of a file system, but groups are known. Follows bpf_restrict_fs_parse_filesystem(), systemd 257 to 262. */
const FILE_SYSTEM: Term = {
  form: "a file system such as `ext4`, or a group such as `@network`",
  read(piece, into) {
    const { text, from, to } = piece;
    into.slot(from, to, () => FILE_SYSTEMS);
    const known = FILE_SYSTEM_SUMMARIES.get(text);
    const group = text.startsWith("@");
    if (group && known === undefined)
      return unknownWord(piece, "value/file-system", unknown(piece, "file system group"), FILE_SYSTEM_GROUPS, into);
    into.token(from, to, group ? "name" : "word", () => {
      const members = FILE_SYSTEM_GROUPS.find((it) => it.text === text)?.members ?? [];
      const summary = known ?? "A file system that belongs to no group.";
      const names = members.map((it) => `\`${it}\``).join(", ");
      return { kind: "prose", title: `\`${text}\``, text: names === "" ? summary : `${summary}\n\n${names}.` };
    });
    return undefined;
  },
};

const FILE_SYSTEM_SUMMARIES = new Map(FILE_SYSTEMS.map(({ text, summary = "" }) => [text, summary]));

/** What the kernel's own names restrict: socket families, namespaces, file systems. */
export const KERNEL_LISTS = {
  addressFamilies: list("address_families", FAMILY, {
    form: "a list of address families such as `AF_UNIX`, `none`, or `~` and a list to leave out",
    splitting: "quotes",
    empty: "reset",
    effect: ({ version }) => valueIn({ 0: "word", 262: "rest" }, version),
    inverts: true,
    alone: NO_FAMILY,
    same: (word) => usual(addressFamily(word) ?? -1) || word,
  }),
  namespaceFlags: list("namespace_flags", namespace(false), {
    ...NAMESPACES,
    form: "a boolean, a list of namespaces such as `user`, or `~` and a list to leave out",
    alone: booleanTerm("No namespace can be created or entered.", "Every namespace can be created and entered."),
  }),
  /** What `~` leaves out may be `user` too. */
  delegateNamespaces: {
    ...DELEGATED,
    read: (value, into) => (value.text.startsWith("~") ? KEPT : DELEGATED).read(value, into),
  },
  restrictFilesystems: list("restrict_filesystems", FILE_SYSTEM, {
    form: "a list of file system types, or `~` and a list to leave out",
    splitting: "quotes",
    empty: "reset",
    effect: "word",
    inverts: true,
  }),
} as const satisfies Record<string, Grammar>;
