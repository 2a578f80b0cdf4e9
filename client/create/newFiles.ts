import { l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FileAnswers,
  type ListedUnit,
  NEW_FILE_REQUEST,
  type NewUnits,
  UNITS_REQUEST,
  type WantedDetail,
  type WantedQuadlet,
} from "../../server/src/server/protocol.ts";
import { listQuestion, MOUNT_TYPES, NEEDED, QUADLET_KINDS, SCOPES, TARGET_STARTS, takenName } from "./answers.ts";
import { askPlace, type NewPlace } from "./newPlaces.ts";
import { openMade, type WritableMachine } from "./opening.ts";
import { answered, askAll, askMany, askText, type Question, type TextQuestion } from "./questions.ts";

/** A file that runs no command of the reader's. */
export type NewFileKind = FileAnswers["kind"];

/** What is known so far. */
interface KnownAnswers {
  readonly scope?: "system" | "user";
  readonly of?: WantedQuadlet;
  readonly texts: Readonly<Partial<Record<WantedDetail, string>>>;
  readonly wants?: readonly string[];
  readonly isAtBoot?: boolean;
  readonly place?: NewPlace;
}

const TITLES: Readonly<Record<NewFileKind, string>> = {
  mount: l10n.t("New mount"),
  target: l10n.t("New target"),
  quadlet: l10n.t("New quadlet"),
};

/** Asks for what a mount, a target or a quadlet needs, and opens it. */
export async function newFile(
  client: BaseLanguageClient,
  kind: NewFileKind,
  machine: WritableMachine | undefined,
): Promise<void> {
  const units = client.sendRequest<ListedUnit[]>(UNITS_REQUEST, {}).catch((): ListedUnit[] => []);
  const known = await askAll<KnownAnswers>(TITLES[kind], questionsFor(client, kind, units, machine), { texts: {} });
  if (!known) return;
  await openMade(
    await client.sendRequest<NewUnits>(NEW_FILE_REQUEST, answersOf(kind, known)),
    known.place?.folder,
    machine,
  );
}

function questionsFor(
  client: BaseLanguageClient,
  kind: NewFileKind,
  units: Promise<readonly ListedUnit[]>,
  machine: WritableMachine | undefined,
): readonly Question<KnownAnswers>[] {
  /** The units that a manager has: that of a user knows none of the system's. */
  const unitsOf = (scope: KnownAnswers["scope"]): Promise<readonly ListedUnit[]> => {
    if (scope !== "user") return units;
    const near = Uri.file(`${folderFor(kind, scope, machine ?? { home: "/root" })}/x.${kind}`).toString();
    return client.sendRequest<ListedUnit[]>(UNITS_REQUEST, { near });
  };
  /** Asks for a text, which the server looks at among the other answers as they are or as they may be. */
  const text = (about: WantedDetail, question: (known: KnownAnswers) => TextQuestion): Question<KnownAnswers> => ({
    ask: async (known, step) => {
      const given = await askText(step, {
        value: known.texts[about],
        ...question(known),
        check: async (value) => {
          const tried = { ...known, texts: { ...SAMPLES, ...known.texts, [about]: value } };
          const made = await client.sendRequest<NewUnits>(NEW_FILE_REQUEST, answersOf(kind, tried));
          if (made.kind === "refused") return made.about === about ? made.message : undefined;
          const [file] = made.files;
          return file && NAMING.includes(about) ? takenName(await units, file.name) : undefined;
        },
      });
      return answered(given, (value) => ({ ...known, texts: { ...known.texts, [about]: value.trim() } }));
    },
  });
  const scope = listQuestion<KnownAnswers, "system" | "user">(
    SCOPES,
    l10n.t("Whose is it?"),
    (known) => known.scope,
    (known, value) => ({ ...known, scope: value }),
  );
  const place: Question<KnownAnswers> = {
    ask: async (known, step) => {
      const own = machine && folderFor(kind, known.scope ?? "system", machine);
      return answered(await askPlace(step, await units, own), (value) => ({ ...known, place: value }));
    },
  };
  switch (kind) {
    case "mount":
      return [
        text("where", () => ({
          prompt: l10n.t("The folder to mount on; the unit is named after it"),
          placeholder: "/srv/data",
        })),
        listQuestion(
          MOUNT_TYPES,
          l10n.t("Which file system is it?"),
          (known) => known.texts.type,
          (known, type) => ({ ...known, texts: { ...known.texts, type } }),
        ),
        text("what", (known) => ({
          prompt: l10n.t("What is mounted, as in What="),
          value: known.texts.what ?? MOUNT_TYPES.find((it) => it.value === known.texts.type)?.sample,
        })),
        text("options", () => ({ prompt: l10n.t("Options of the mount, as in Options=; empty for none") })),
        place,
      ];
    case "target":
      return [
        text("name", () => ({ prompt: l10n.t("The name of the target") })),
        scope,
        {
          ask: async (known, step) => {
            const items = (await unitsOf(known.scope))
              .filter((it) => it.name !== known.texts.name && !it.name.includes("@."))
              .map(({ name, description = "" }) => ({ label: name, description }));
            const question = l10n.t("Which units does it start? Enter alone: none");
            return answered(await askMany(step, items, question), (all) => ({
              ...known,
              wants: all.map((it) => it.label),
            }));
          },
        },
        listQuestion(
          TARGET_STARTS,
          l10n.t("When is it started?"),
          (known) => known.isAtBoot,
          (known, isAtBoot) => ({ ...known, isAtBoot }),
        ),
        place,
      ];
    case "quadlet": {
      const main = text("main", ({ of = "container" }) => ({
        prompt: NEEDED[of]?.prompt ?? "",
        placeholder: NEEDED[of]?.sample ?? "",
      }));
      return [
        listQuestion(
          QUADLET_KINDS,
          l10n.t("What does podman make of it?"),
          (known) => known.of,
          (known, of) => ({ ...known, of }),
        ),
        { ...main, applies: ({ of }) => of === undefined || NEEDED[of] !== undefined },
        text("name", (known) => ({
          prompt: l10n.t("The name of the file"),
          value: known.texts.name ?? nameIn(known.texts.main),
        })),
        scope,
        place,
      ];
    }
  }
}

/** What other questions may be answered with while one is looked at. */
const SAMPLES = {
  where: "/srv/data",
  what: "/dev/disk/by-label/data",
  type: "ext4",
  name: "x",
  main: "localhost/x",
} as const;

/** The answers that name the file. */
const NAMING: readonly WantedDetail[] = ["name", "where"];

/** The last part of an image without its tag: what people call its container. */
function nameIn(image = ""): string | undefined {
  const pieces = image.slice(image.lastIndexOf("/") + 1).split(/[:@]/);
  return pieces.map((it) => it.split(/[^a-z0-9._-]/i).at(-1)).find((it) => it !== "");
}

function folderFor(kind: NewFileKind, scope: "system" | "user", { home }: Pick<WritableMachine, "home">): string {
  const folder = kind === "quadlet" ? "containers/systemd" : `systemd/${scope}`;
  return scope === "user" ? `${home}/.config/${folder}` : `/etc/${folder}`;
}

function answersOf(kind: NewFileKind, known: KnownAnswers): FileAnswers {
  const { scope = "system", texts, of = "container", wants = [], isAtBoot = true } = known;
  const { where = "", what = "", type = "", options = "", name = "", main = "" } = texts;
  switch (kind) {
    case "mount":
      return { kind, scope: "system", where, what, type, options };
    case "target":
      return { kind, scope, name, wants, isAtBoot };
    case "quadlet":
      return { kind, scope, of, name, main: NEEDED[of] ? main : "" };
  }
}
