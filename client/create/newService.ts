import { InputBoxValidationSeverity, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  COMMAND_REQUEST,
  type CommandShows,
  type ListedUnit,
  NEW_UNIT_REQUEST,
  type NewUnitParams,
  type NewUnits,
  type PathCondition,
  type RunAs,
  type Start,
  UNITS_REQUEST,
} from "../../server/src/server/protocol.ts";
import { complain, tell } from "../saying.ts";
import { active, CONDITIONS, type ListedAnswer, STARTS, USERS } from "./answers.ts";
import { askPlace, type NewPlace } from "./newPlaces.ts";
import { openNew, type WritableMachine } from "./opening.ts";
import { askAll, askOne, askText, type Question, type QuestionResult } from "./questions.ts";

/** How a new service is to start, where the command that makes it says so already. */
export type Wanted = "service" | "timer" | "socket" | "path";

/** What is known so far. */
interface Known extends Partial<Omit<NewUnitParams, "runAs" | "start">> {
  readonly shows?: CommandShows;
  readonly run?: RunAs["kind"] | "login";
  readonly runAs?: RunAs;
  readonly begin?: Start["kind"];
  readonly start?: Start;
  readonly place?: NewPlace;
}

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
  const known = await askAll<Known>(TITLES[wanted], questions, wanted === "service" ? {} : { begin: wanted });
  const params = known && paramsOf(known);
  if (!known || !params) return;
  const made = await client.sendRequest<NewUnits>(NEW_UNIT_REQUEST, params);
  if (made.kind === "refused") {
    complain(`${made.message}.`);
    return;
  }
  const { folder } = known.place ?? {};
  const texts = made.files.map(({ name, text, look }) => ({ uri: folder && Uri.joinPath(folder, name), text, look }));
  // The service is what the reader asked for: it comes last and stays in front.
  const isOpen = await openNew(texts.toReversed(), machine);
  if (isOpen && made.notes.length > 0) void tell(made.notes.join(" "));
}

function questionsFor(
  client: BaseLanguageClient,
  wanted: Wanted,
  units: Promise<readonly ListedUnit[]>,
  machine: WritableMachine | undefined,
): readonly Question<Known>[] {
  /** What the server says against one of the answers, with the others as they are or as they may be. */
  const objection = async (known: Known, about: Extract<NewUnits, { kind: "refused" }>["about"]) => {
    const { begin: _, ...others } = known;
    const params = paramsOf({ run: "root", name: "x", exec: "/x", start: { kind: "manual" }, ...others });
    const made = params && (await client.sendRequest<NewUnits>(NEW_UNIT_REQUEST, params));
    return made?.kind === "refused" && made.about === about ? made.message : undefined;
  };
  const read = (exec: string): Promise<CommandShows> => client.sendRequest<CommandShows>(COMMAND_REQUEST, { exec });

  const command: Question<Known> = {
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
  const name: Question<Known> = {
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
  const user: Question<Known> = {
    ask: async (known, step) =>
      chosen(await askOne(step, USERS, l10n.t("Which user does it run as?"), active(USERS, known.run)), (run) =>
        withRun(known, run),
      ),
  };
  const userName: Question<Known> = {
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
  const begin: Question<Known> = {
    applies: () => wanted === "service",
    ask: async (known, step) =>
      chosen(await askOne(step, STARTS, l10n.t("When does it start?"), active(STARTS, known.begin)), (kind) => ({
        ...known,
        begin: kind,
      })),
  };
  const calendar: Question<Known> = {
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
  const listen: Question<Known> = {
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
  const condition: Question<Known> = {
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
  const path: Question<Known> = {
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
  const port: Question<Known> = {
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
  const place: Question<Known> = {
    ask: async (known, step) => {
      const isMine = known.run === "login";
      const own = machine && (isMine ? `${machine.home}/.config/systemd/user` : "/etc/systemd/system");
      const asked = await askPlace(step, await units, own);
      return asked.kind === "answer" ? answer({ ...known, place: asked.value }) : asked;
    },
  };
  return [command, name, user, userName, begin, calendar, listen, condition, path, port, place];
}

/** What is watched, and for what. */
const watched = ({ start }: Known): readonly [PathCondition, string] =>
  start?.kind === "path" ? [start.condition, start.path] : ["PathChanged", ""];

/** The port that the command serves, else a socket file of the service's name. */
function addressFor({ name = "x", run, shows }: Known): string {
  if (shows?.port !== undefined) return String(shows.port);
  return `${run === "login" ? "%t" : "/run"}/${name.replace(/\.service$/, "")}.sock`;
}

/** What a user stands for; the reader's own manager knows no other one. */
function withRun({ runAs: _, ...known }: Known, run: NonNullable<Known["run"]>): Known {
  return { ...known, run, ...(run === "user" ? {} : { runAs: { kind: run === "login" ? "root" : run } }) };
}

/** What the server is asked for, once all that it needs is known. */
function paramsOf({ name, exec, run, runAs = { kind: "root" }, begin, start, port }: Known): NewUnitParams | undefined {
  // What was answered before the reader went back and chose otherwise no longer counts.
  const told = begin === undefined || start?.kind === begin ? start : undefined;
  const beginning = told ?? (begin === "boot" || begin === "manual" ? { kind: begin } : undefined);
  const isServed = beginning?.kind === "boot" || beginning?.kind === "manual";
  if (name === undefined || exec === undefined || !beginning) return undefined;
  const scope = run === "login" ? "user" : "system";
  return { name, exec, runAs, start: beginning, scope, ...(port === undefined || !isServed ? {} : { port }) };
}

const answer = <T>(value: T): QuestionResult<T> => ({ kind: "answer", value });

async function text(
  asked: Promise<QuestionResult<string>>,
  then: (value: string) => Known,
): Promise<QuestionResult<Known>> {
  const given = await asked;
  return given.kind === "answer" ? answer(then(given.value)) : given;
}

function chosen<T>(asked: QuestionResult<ListedAnswer<T>>, then: (value: T) => Known): QuestionResult<Known> {
  return asked.kind === "answer" ? answer(then(asked.value.value)) : asked;
}
