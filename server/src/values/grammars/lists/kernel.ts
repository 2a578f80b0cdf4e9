import { ADDRESS_FAMILIES, addressFamily, familySummary, OFFERED_FAMILIES } from "../../../facts/addressFamilies.ts";
import { FILE_SYSTEM_GROUPS } from "../../../facts/fileSystemGroups.ts";
import { NAMESPACE_KINDS } from "../../../facts/namespaces.ts";
import { valueIn } from "../../../facts/version.ts";
import { list } from "../../combine.ts";
import { type Grammar, type Offer, quoted, type Term } from "../../grammar.ts";
import { change, meant, oneOf } from "../../oneOf.ts";
import { booleanTerm } from "./booleans.ts";

/** A word that stands alone in the place of a list. */
const NO_FAMILY: Term = {
  form: "`none`",
  read({ text, from, to }, into) {
    const summary = "No sockets at all, but those that the service is handed.";
    into.slot(from, to, () => [{ text: "none", summary, role: "word" }]);
    if (text !== "none") return { from, to, code: "value/address-family", says: "takes none" };
    into.token(from, to, "word", () => ({ kind: "prose", title: "`none`", text: summary }));
    return undefined;
  },
};

const FAMILY_OFFERS: readonly Offer[] = OFFERED_FAMILIES.map((it) => ({ ...it, role: "word" }));

/** Follows af_from_name(), systemd 257 to 262; AF_UNSPEC is refused. */
const FAMILY: Term = {
  form: "an address family such as `AF_INET`",
  read(piece, into) {
    const { text, from, to } = piece;
    into.slot(from, to, () => FAMILY_OFFERS);
    const number = addressFamily(text);
    if (number) {
      into.token(from, to, "word", () => ({
        kind: "prose",
        title: `\`${usual(number)}\``,
        text: familySummary(number),
      }));
      return undefined;
    }
    const says = `has ${quoted(piece)}, which is not an address family`;
    if (into.brief) return { from, to, code: "value/address-family", says };
    const prefixed = `AF_${text.toUpperCase()}`;
    const fixes = addressFamily(prefixed)
      ? [change(piece, prefixed)]
      : meant(
          piece,
          FAMILY_OFFERS.map((it) => it.text),
        );
    return { from, to, code: "value/address-family", says, fixes };
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
    what: delegated ? "a kind of namespace that can be delegated" : "a kind of namespace",
    form: "a kind of namespace such as `user`",
    instead: (text) => NAMESPACE_NAMES[text.toLowerCase()],
  });

const NAMESPACES = {
  splitting: "plain",
  empty: "unset",
  effect: "assignment",
  broken: "assignment",
  inverts: true,
  same: (word: string) => word,
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
      return {
        from,
        to,
        code: "value/file-system",
        says: `has ${quoted(piece)}, which is not a group of file systems`,
        ...(into.brief ? {} : { fixes: meant(piece, GROUP_NAMES) }),
      };
    into.token(from, to, group ? "name" : "word", () => {
      const members = FILE_SYSTEM_GROUPS.find((it) => it.text === text)?.members ?? [];
      const summary = known ?? "A file system that no group holds.";
      const names = members.map((it) => `\`${it}\``).join(", ");
      return { kind: "prose", title: `\`${text}\``, text: names === "" ? summary : `${summary}\n\n${names}.` };
    });
    return undefined;
  },
};

const GROUP_NAMES = FILE_SYSTEM_GROUPS.map(({ text }) => text);
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
    alone: booleanTerm("No namespace can be made or entered.", "Every namespace can be made and entered."),
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
    same: (word) => word,
  }),
} as const satisfies Record<string, Grammar>;
