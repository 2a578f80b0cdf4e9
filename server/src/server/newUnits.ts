import { knownUnits } from "../features/knownUnits.ts";
import { newFileUnits } from "../features/newFile.ts";
import { execLine } from "../features/newUnit/execLine.ts";
import { nameFor, portIn, userFor } from "../features/newUnit/naming.ts";
import type { NewUnits } from "../features/newUnit/wanted.ts";
import { newUnits } from "../features/newUnit.ts";
import { findUnit } from "../units/index/lookup.ts";
import {
  COMMAND_REQUEST,
  type CommandShows,
  type FileAnswers,
  type ListedUnit,
  NEW_FILE_REQUEST,
  NEW_UNIT_REQUEST,
  type NewUnitParams,
  UNITS_REQUEST,
} from "./protocol.ts";
import type { Session } from "./session.ts";

const FAILED = { kind: "refused", about: "exec", message: "The unit could not be created" } as const;

/** Answers what a client asks that makes new unit files. */
export function answerNewUnits(session: Session): void {
  const { connection, survey } = session;
  const { run } = session.guard;
  connection.onRequest<NewUnits, void>(NEW_UNIT_REQUEST, (params: NewUnitParams) => {
    const { profile } = session.settings.hardening;
    return run(() => newUnits({ ...params, profile, version: session.target("untitled:new") }), FAILED);
  });
  connection.onRequest<NewUnits, void>(NEW_FILE_REQUEST, (answers: FileAnswers) => {
    const { profile } = session.settings.hardening;
    const failed: NewUnits = { ...FAILED, about: "name" };
    return run(() => newFileUnits({ ...answers, profile, version: session.target("untitled:new") }), failed);
  });
  connection.onRequest(COMMAND_REQUEST, ({ exec }: { exec: string }): CommandShows => {
    const line = run(() => execLine(exec), undefined);
    if (!line || line.kind === "refused") return line ? { message: line.message } : {};
    const [name, port] = [nameFor(exec), portIn(exec)];
    return {
      ...(name === undefined ? {} : { name, user: userFor(name) }),
      ...(port === undefined ? {} : { port }),
    };
  });
  connection.onRequest(UNITS_REQUEST, async ({ near }: { near?: string }): Promise<ListedUnit[]> => {
    const units = await survey.context(near ?? "");
    return run(
      () =>
        knownUnits(units).flatMap(({ name, home, description }): ListedUnit[] => {
          const path = findUnit(units.index, name, units.path)?.fragment?.path;
          if (path === undefined) return [];
          return [{ name, home, uri: units.uriOf(path), ...(description === undefined ? {} : { description }) }];
        }),
      [],
    );
  });
}
