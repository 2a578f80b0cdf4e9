import { InputBoxValidationSeverity, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  COMMAND_REQUEST,
  type CommandShows,
  type ListedUnit,
  NEW_UNIT_REQUEST,
  type NewUnits,
  type Start,
  UNITS_REQUEST,
} from "../../server/src/server/protocol.ts";
import { active, CONDITIONS, type ListedAnswer, STARTS, USERS } from "./answers.ts";
import { askPlace } from "./newPlaces.ts";
import { openMade, type WritableMachine } from "./opening.ts";
import { askAll, askOne, askText, type Question, type QuestionResult } from "./questions.ts";
import { addressFor, paramsOf, type ServiceAnswers, watched, withRun } from "./serviceAnswers.ts";

/** How a new service is to start, where the command that makes it says so already. */
export type Wanted = "service" | "timer" | "socket" | "path";

const TITLES: Readonly<Record<Wanted, string>> = {
  service: l10n.t("New systemd service"),
  timer: l10n.t("New timer with its service"),
  socket: l10n.t("New socket with its service"),
  path: l10n.t("New path unit with its service"),
};

/** Asks for what a service needs, and opens its files. They may go to the machine, where there is one. */
export async function newService(
  client: BaseLanguageClient,
  wanted: Wanted,
  machine: WritableMachine | undefined,
): Promise<void> {
  const units = client.sendRequest<ListedUnit[]>(UNITS_REQUEST, {}).catch((): ListedUnit[] => []);
  const questions = questionsFor(client, wanted, units, machine);
  const known = await askAll<ServiceAnswers>(TITLES[wanted], questions, wanted === "service" ? {} : { begin: wanted });
  const params = known && paramsOf(known);
  if (!known || !params) return;
  await openMade(await client.sendRequest<NewUnits>(NEW_UNIT_REQUEST, params), known.place?.folder, machine);
}

function questionsFor(
  client: BaseLanguageClient,
  wanted: Wanted,
  units: Promise<readonly ListedUnit[]>,
  machine: WritableMachine | undefined,
): readonly Question<ServiceAnswers>[] {
  /** What the server says against one of the answers, with the others as they are or as they may be. */
  const objection = async (known: ServiceAnswers, about: Extract<NewUnits, { kind: "refused" }>["about"]) => {
    const { begin: _, ...others } = known;
    const params = paramsOf({ run: "root", name: "x", exec: "/x", start: { kind: "manual" }, ...others });
    const made = params && (await client.sendRequest<NewUnits>(NEW_UNIT_REQUEST, params));
    return made?.kind === "refused" && made.about === about ? made.message : undefined;
  };
  const read = (exec: string): Promise<CommandShows> => client.sendRequest<CommandShows>(COMMAND_REQUEST, { exec });

  const command: Question<ServiceAnswers> = {
    ask: async (known, step) => {
      const given = await askText(step, {
        prompt: l10n.t("The command, as in a terminal, with the absolute path of the program"),
        placeholder: "/usr/bin/node /opt/shop/server.js --port 3000",
        value: known.exec,
        check: async (text) => (await read(text)).message,
      });
      return given.kind === "answer" ? answer({ ...known, exec: given.value, shows: await read(given.value) }) : given;
    },
  };
  const name: Question<ServiceAnswers> = {
    ask: (known, step) =>
      text(
        askText(step, {
          prompt: l10n.t("The name of the service"),
          value: known.name ?? known.shows?.name,
          check: async (value) => {
            const wrong = await objection({ ...known, name: value }, "name");
            if (wrong !== undefined) return wrong;
            const full = value.endsWith(".service") ? value : `${value}.service`;
            const other = (await units).find((it) => it.name === full);
            const message = other && l10n.t("{0} already exists: {1}", full, Uri.parse(other.uri).path);
            return message === undefined ? undefined : { message, severity: InputBoxValidationSeverity.Warning };
          },
        }),
        (value) => ({ ...known, name: value.trim() }),
      ),
  };
  const user: Question<ServiceAnswers> = {
    ask: async (known, step) =>
      chosen(await askOne(step, USERS, l10n.t("Which user does it run as?"), active(USERS, known.run)), (run) =>
        withRun(known, run),
      ),
  };
  const userName: Question<ServiceAnswers> = {
    applies: (known) => known.run === "user",
    ask: (known, step) =>
      text(
        askText(step, {
          prompt: l10n.t("The name of the user"),
          value: known.runAs?.kind === "user" ? known.runAs.name : known.shows?.user,
          check: (value) => objection({ ...known, runAs: { kind: "user", name: value } }, "user"),
        }),
        (value) => ({ ...known, runAs: { kind: "user", name: value } }),
      ),
  };
  const begin: Question<ServiceAnswers> = {
    applies: () => wanted === "service",
    ask: async (known, step) =>
      chosen(await askOne(step, STARTS, l10n.t("When does it start?"), active(STARTS, known.begin)), (kind) => ({
        ...known,
        begin: kind,
      })),
  };
  const calendar: Question<ServiceAnswers> = {
    applies: (known) => known.begin === "timer",
    ask: (known, step) =>
      text(
        askText(step, {
          prompt: l10n.t("When the timer elapses, as in OnCalendar="),
          placeholder: "daily, Mon..Fri 06:30, *:0/15",
          value: known.start?.kind === "timer" ? known.start.calendar : "daily",
          check: (value) => objection({ ...known, start: { kind: "timer", calendar: value } }, "calendar"),
        }),
        (value) => ({ ...known, start: { kind: "timer", calendar: value } }),
      ),
  };
  const listen: Question<ServiceAnswers> = {
    applies: (known) => known.begin === "socket",
    ask: (known, step) =>
      text(
        askText(step, {
          prompt: l10n.t("Where the socket listens, as in ListenStream="),
          placeholder: "8080, 127.0.0.1:8080, /run/shop.sock",
          value: known.start?.kind === "socket" ? known.start.listen : addressFor(known),
          check: (value) => objection({ ...known, start: { kind: "socket", listen: value } }, "listen"),
        }),
        (value) => ({ ...known, start: { kind: "socket", listen: value } }),
      ),
  };
  const condition: Question<ServiceAnswers> = {
    applies: (known) => known.begin === "path",
    ask: async (known, step) => {
      const [, path = ""] = watched(known);
      const now = active(CONDITIONS, known.start?.kind === "path" ? known.start.condition : undefined);
      return chosen(await askOne(step, CONDITIONS, l10n.t("What does it wait for?"), now), (value) => ({
        ...known,
        start: { kind: "path", condition: value, path },
      }));
    },
  };
  const path: Question<ServiceAnswers> = {
    applies: (known) => known.begin === "path",
    ask: (known, step) => {
      const [kind, before] = watched(known);
      const start = (value: string): Start => ({ kind: "path", condition: kind, path: value.trim() });
      return text(
        askText(step, {
          prompt: l10n.t("The file or folder to watch, as in {0}=", kind),
          placeholder: "/srv/incoming",
          value: before,
          check: (value) => objection({ ...known, start: start(value) }, "path"),
        }),
        (value) => ({ ...known, start: start(value) }),
      );
    },
  };
  const port: Question<ServiceAnswers> = {
    applies: ({ begin: kind }) => kind === "boot" || kind === "manual",
    ask: (known, step) =>
      text(
        askText(step, {
          prompt: l10n.t("The TCP port of the service; empty for none"),
          value: String(known.port ?? known.shows?.port ?? ""),
          check: async (value) => {
            if (value.trim() === "") return undefined;
            if (!/^\s*\d+\s*$/.test(value)) return l10n.t('"{0}" is not a valid port: ports go from 1 to 65535', value);
            return objection({ ...known, start: { kind: "manual" }, port: Number(value) }, "port");
          },
        }),
        (value) => {
          const { port: _, ...others } = known;
          return value.trim() === "" ? others : { ...others, port: Number(value) };
        },
      ),
  };
  const place: Question<ServiceAnswers> = {
    ask: async (known, step) => {
      const isMine = known.run === "login";
      const own = machine && (isMine ? `${machine.home}/.config/systemd/user` : "/etc/systemd/system");
      const asked = await askPlace(step, await units, own);
      return asked.kind === "answer" ? answer({ ...known, place: asked.value }) : asked;
    },
  };
  return [command, name, user, userName, begin, calendar, listen, condition, path, port, place];
}

const answer = <T>(value: T): QuestionResult<T> => ({ kind: "answer", value });

async function text(
  asked: Promise<QuestionResult<string>>,
  then: (value: string) => ServiceAnswers,
): Promise<QuestionResult<ServiceAnswers>> {
  const given = await asked;
  return given.kind === "answer" ? answer(then(given.value)) : given;
}

function chosen<T>(
  asked: QuestionResult<ListedAnswer<T>>,
  then: (value: T) => ServiceAnswers,
): QuestionResult<ServiceAnswers> {
  return asked.kind === "answer" ? answer(then(asked.value.value)) : asked;
}
