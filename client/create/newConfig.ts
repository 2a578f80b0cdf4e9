import { l10n, type QuickPickItem, Uri } from "vscode";
import { snippetText } from "../../server/src/text/snippetText.ts";
import SNIPPETS from "../../snippets/configs.json";
import { askPlace, type NewPlace } from "./newPlaces.ts";
import { openNew, type WritableMachine } from "./opening.ts";
import { answered, askAll, askOne, askText, type Question } from "./questions.ts";

/** Which kind of file is made: one with a suffix of its own, or a drop-in of a program's configuration. */
export type NewConfig = "network" | "netdev" | "nspawn" | "daemon";

/** What is known so far. */
interface Known {
  readonly content?: Content;
  readonly name?: string;
  readonly place?: NewPlace;
}

interface Content extends QuickPickItem {
  readonly text: string;
  /** Of a drop-in the file that it is for. */
  readonly of?: string;
}

const TITLES: Readonly<Record<NewConfig, string>> = {
  network: l10n.t("New network file"),
  netdev: l10n.t("New virtual network device"),
  nspawn: l10n.t("New settings of a container"),
  daemon: l10n.t("New drop-in of a program's configuration"),
};

const FOLDERS: Readonly<Record<NewConfig, string>> = {
  network: "/etc/systemd/network",
  netdev: "/etc/systemd/network",
  nspawn: "/etc/systemd/nspawn",
  daemon: "/etc/systemd",
};

const NAMES: Readonly<Record<NewConfig, string>> = {
  network: "50-lan.network",
  netdev: "50-device.netdev",
  nspawn: "container.nspawn",
  daemon: "50-local.conf",
};

/** The programs that have a configuration with drop-ins, with the section of it. */
const DAEMONS: Readonly<Record<string, string>> = {
  "journald.conf": "Journal",
  "logind.conf": "Login",
  "resolved.conf": "Resolve",
  "timesyncd.conf": "Time",
  "networkd.conf": "Network",
  "system.conf": "Manager",
  "user.conf": "Manager",
  "sleep.conf": "Sleep",
  "coredump.conf": "Coredump",
  "oomd.conf": "OOM",
};

/** Asks what the file is for and where it goes, and opens it. */
export async function newConfig(wanted: NewConfig, machine: WritableMachine | undefined): Promise<void> {
  const known = await askAll<Known>(TITLES[wanted], questionsFor(wanted, machine), {});
  if (!known?.content || known.name === undefined) return;
  const { folder } = known.place ?? {};
  const { of, text } = known.content;
  const below = folder && of !== undefined ? Uri.joinPath(folder, `${of}.d`) : folder;
  const end = text.length;
  await openNew([{ uri: below && Uri.joinPath(below, known.name), text, look: { start: end, end } }], machine);
}

function questionsFor(wanted: NewConfig, machine: WritableMachine | undefined): readonly Question<Known>[] {
  const contents = contentsFor(wanted);
  const content: Question<Known> = {
    applies: () => contents.length > 1,
    ask: async (known, step) =>
      answered(await askOne(step, contents, l10n.t("What is it for?"), known.content), (value) => ({
        ...known,
        content: value,
      })),
  };
  const suffix = wanted === "daemon" ? ".conf" : `.${wanted}`;
  const name: Question<Known> = {
    ask: async (known, step) => {
      const given = await askText(step, {
        prompt: l10n.t("The name of the file; files are read in the order of their names"),
        value: known.name ?? NAMES[wanted],
        check: async (text) =>
          /^[^/\s]+$/.test(text.trim()) ? undefined : l10n.t("A name without blanks and slashes"),
      });
      return answered(given, (value) => {
        const plain = value.trim();
        const full = plain.endsWith(suffix) ? plain : `${plain}${suffix}`;
        return { ...known, content: known.content ?? contents[0], name: full } as Known;
      });
    },
  };
  const place: Question<Known> = {
    ask: async (known, step) =>
      answered(await askPlace(step, [], machine && FOLDERS[wanted]), (value) => ({ ...known, place: value })),
  };
  return [content, name, place];
}

/** What a new file may begin with. */
function contentsFor(wanted: NewConfig): readonly Content[] {
  const snippets = Object.values(SNIPPETS).map(({ prefix, for: fileKind, description, body }) => {
    return { label: prefix, detail: description, fileKind, text: `${snippetText(body.join("\n"))}\n` };
  });
  if (wanted !== "daemon") return snippets.filter((it) => it.fileKind === wanted);
  return [
    ...snippets.flatMap((it) =>
      it.fileKind.endsWith(".conf") ? [{ ...it, description: it.fileKind, of: it.fileKind }] : [],
    ),
    ...Object.entries(DAEMONS).map(([of, section]) => ({ label: of, text: `[${section}]\n`, of })),
  ];
}
