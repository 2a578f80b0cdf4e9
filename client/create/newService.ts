import { l10n } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  COMMAND_REQUEST,
  type CommandShows,
  type ListedUnit,
  NEW_UNIT_REQUEST,
  type NewUnits,
  type PathCondition,
  type Start,
  UNITS_REQUEST,
} from "../../server/src/server/protocol.ts";
import { CONDITIONS, listQuestion, STARTS, takenName, USERS } from "./answers.ts";
import { askPlace } from "./newPlaces.ts";
import { openMade, type WritableMachine } from "./opening.ts";
import { answered, askAll, askText, type Question, type TextQuestion } from "./questions.ts";
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
        check: async (value) => (await read(value)).message,
      });
      const shows = given.kind === "answer" ? { shows: await read(given.value) } : {};
      return answered(given, (exec) => ({ ...known, exec, ...shows }));
    },
  };
  const name = text(
    (known) => ({
      prompt: l10n.t("The name of the service"),
      value: known.name ?? known.shows?.name,
      check: async (value) =>
        (await objection({ ...known, name: value }, "name")) ??
        takenName(await units, value.endsWith(".service") ? value : `${value}.service`),
    }),
    (known, value) => ({ ...known, name: value.trim() }),
  );
  const whom = (prompt: string): Question<ServiceAnswers> =>
    listQuestion(USERS, prompt, (known: ServiceAnswers) => known.run, withRun);
  /** Asked again, with the reason, where the command cannot run as the one who was chosen. */
  const user: Question<ServiceAnswers> = {
    ask: async (known, step) => {
      let given = await whom(l10n.t("Which user does it run as?")).ask(known, step);
      while (given.kind === "answer" && given.value.run !== "user") {
        const message = await objection(given.value, "user");
        if (message === undefined) break;
        given = await whom(message).ask(given.value, step);
      }
      return given;
    },
  };
  const userName = text(
    (known) => ({
      prompt: l10n.t("The name of the user"),
      value: known.runAs?.kind === "user" ? known.runAs.name : known.shows?.user,
      check: (value) => objection({ ...known, runAs: { kind: "user", name: value } }, "user"),
    }),
    (known, value) => ({ ...known, runAs: { kind: "user", name: value } }),
  );
  const begin = listQuestion<ServiceAnswers, Start["kind"]>(
    STARTS,
    l10n.t("When does it start?"),
    (known) => known.begin,
    (known, kind) => ({ ...known, begin: kind }),
  );
  const calendar = text(
    (known) => ({
      prompt: l10n.t("When the timer elapses, as in OnCalendar="),
      placeholder: "daily, Mon..Fri 06:30, *:0/15",
      value: known.start?.kind === "timer" ? known.start.calendar : "daily",
      check: (value) => objection({ ...known, start: { kind: "timer", calendar: value } }, "calendar"),
    }),
    (known, value) => ({ ...known, start: { kind: "timer", calendar: value } }),
  );
  const listen = text(
    (known) => ({
      prompt: l10n.t("Where the socket listens, as in ListenStream="),
      placeholder: "8080, 127.0.0.1:8080, /run/shop.sock",
      value: known.start?.kind === "socket" ? known.start.listen : addressFor(known),
      check: (value) => objection({ ...known, start: { kind: "socket", listen: value } }, "listen"),
    }),
    (known, value) => ({ ...known, start: { kind: "socket", listen: value } }),
  );
  const condition = listQuestion<ServiceAnswers, PathCondition>(
    CONDITIONS,
    l10n.t("What does it wait for?"),
    (known) => (known.start?.kind === "path" ? known.start.condition : undefined),
    (known, value) => ({ ...known, start: { ...watched(known), condition: value } }),
  );
  const path = text(
    (known) => ({
      prompt: l10n.t("The file or folder to watch, as in {0}=", watched(known).condition),
      placeholder: "/srv/incoming",
      value: watched(known).path,
      check: (value) => objection({ ...known, start: { ...watched(known), path: value.trim() } }, "path"),
    }),
    (known, value) => ({ ...known, start: { ...watched(known), path: value.trim() } }),
  );
  const port = text(
    (known) => ({
      prompt: l10n.t("The TCP port of the service; empty for none"),
      value: String(known.port ?? known.shows?.port ?? ""),
      check: async (value) => {
        if (value.trim() === "") return undefined;
        if (!/^\s*\d+\s*$/.test(value)) return l10n.t('"{0}" is not a valid port: ports go from 1 to 65535', value);
        return objection({ ...known, start: { kind: "manual" }, port: Number(value) }, "port");
      },
    }),
    ({ port: _, ...known }, value) => (value.trim() === "" ? known : { ...known, port: Number(value) }),
  );
  const place: Question<ServiceAnswers> = {
    ask: async (known, step) => {
      const isMine = known.run === "login";
      const own = machine && (isMine ? `${machine.home}/.config/systemd/user` : "/etc/systemd/system");
      return answered(await askPlace(step, await units, own), (value) => ({ ...known, place: value }));
    },
  };
  const starts =
    (...kinds: readonly Start["kind"][]) =>
    (known: ServiceAnswers): boolean =>
      known.begin !== undefined && kinds.includes(known.begin);
  return [
    command,
    name,
    user,
    { ...userName, applies: (known) => known.run === "user" },
    { ...begin, applies: () => wanted === "service" },
    { ...calendar, applies: starts("timer") },
    { ...listen, applies: starts("socket") },
    { ...condition, applies: starts("path") },
    { ...path, applies: starts("path") },
    { ...port, applies: starts("boot", "manual") },
    place,
  ];
}

/** The question for a text. */
const text = (
  question: (known: ServiceAnswers) => TextQuestion,
  put: (known: ServiceAnswers, value: string) => ServiceAnswers,
): Question<ServiceAnswers> => ({
  ask: async (known, step) => answered(await askText(step, question(known)), (value) => put(known, value)),
});
