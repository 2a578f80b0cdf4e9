import {
  type InputBox,
  type InputBoxValidationMessage,
  InputBoxValidationSeverity,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  window,
} from "vscode";
import { withoutLinks } from "../../server/src/text/markdown.ts";
import { fillPick, readable, validation } from "../saying.ts";

/** What a question gave: an answer, the wish to change the one before it, or nothing, where the reader leaves. */
export type QuestionResult<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "back" }
  | { readonly kind: "left" };

/** What a question gives where its answer is taken over into something. */
export const answered = <T, S>(given: QuestionResult<T>, put: (answer: T) => S): QuestionResult<S> =>
  given.kind === "answer" ? { kind: "answer", value: put(given.value) } : given;

/** Where a question stands among the others. */
export interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One question: it takes what is known and gives what is known then. */
export interface Question<S> {
  /** Whether it is asked at all; it counts as a step then. */
  readonly applies?: (known: S) => boolean;
  readonly ask: (known: S, step: Step) => Promise<QuestionResult<S>>;
}

/**
 * Asks one question after the other; each can go back to the one before, which then begins with what was answered, and
 * Escape ends all. Undefined where the reader left.
 */
export async function askAll<S>(title: string, questions: readonly Question<S>[], start: S): Promise<S | undefined> {
  const answered: number[] = [];
  let known = start;
  let at = 0;
  while (at < questions.length) {
    const question = questions[at];
    if (!question || (question.applies && !question.applies(known))) {
      at++;
      continue;
    }
    const open = questions.slice(at).filter((it) => !it.applies || it.applies(known)).length;
    const step = answered.length + 1;
    const given = await question.ask(known, { title, step, totalSteps: answered.length + open });
    if (given.kind === "left") return undefined;
    if (given.kind === "back") {
      at = answered.pop() ?? at;
      continue;
    }
    answered.push(at++);
    known = given.value;
  }
  return known;
}

/** What a text is asked with. */
export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  /** Why a text is no answer, or what to think of before it is given. */
  readonly check?: (text: string) => Promise<string | InputBoxValidationMessage | undefined>;
}

/** Asks for a text. While it is wrong it cannot be given. */
export function askText(
  step: Step,
  { prompt, value = "", placeholder, check }: TextQuestion,
): Promise<QuestionResult<string>> {
  const box = window.createInputBox();
  box.prompt = withoutLinks(prompt);
  box.value = value;
  box.valueSelection = [0, value.length];
  box.placeholder = placeholder;
  let latest = 0;
  const look = async (): Promise<boolean> => {
    const turn = ++latest;
    const message = await Promise.resolve(check?.(box.value)).catch((error: unknown) => String(error));
    if (turn !== latest) return false;
    box.validationMessage = message && validation(message);
    return (
      message === undefined || (typeof message !== "string" && message.severity !== InputBoxValidationSeverity.Error)
    );
  };
  box.onDidChangeValue(() => {
    // What was empty is no mistake before the reader has said something.
    if (box.value === "") box.validationMessage = undefined;
    else void look();
  });
  if (value !== "") void look();
  return shown(box, step, (answer) => {
    box.onDidAccept(async () => {
      const given = box.value;
      box.busy = true;
      const isRight = await look();
      box.busy = false;
      if (isRight && box.value === given) answer(given);
    });
  });
}

/** Asks for one of several items; the recommended one is marked already, else the first. */
export function askOne<T extends QuickPickItem>(
  step: Step,
  items: readonly T[],
  placeholder: string,
  recommended?: T,
  none?: string,
): Promise<QuestionResult<T>> {
  const list = window.createQuickPick();
  const chosen = fillPick(list, items, {
    placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
    recommended,
    none,
  });
  return shown(list, step, (answer) => {
    list.onDidAccept(() => {
      const item = chosen();
      if (item) answer(item);
    });
  });
}

/** Asks for any number of items, none among them. */
export function askMany<T extends QuickPickItem>(
  step: Step,
  items: readonly T[],
  placeholder: string,
): Promise<QuestionResult<readonly T[]>> {
  const list = window.createQuickPick();
  const rows = items.map(readable);
  list.canSelectMany = true;
  list.items = rows;
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  return shown(list, step, (answer) => {
    list.onDidAccept(() => answer(items.filter((_, at) => list.selectedItems.some((it) => it === rows[at]))));
  });
}

/** Shows an input until it is answered or left. */
function shown<T>(
  input: InputBox | QuickPick<QuickPickItem>,
  { title, step, totalSteps }: Step,
  wire: (answer: (value: T) => void) => void,
): Promise<QuestionResult<T>> {
  input.title = title;
  if (totalSteps > 1) {
    input.step = step;
    input.totalSteps = totalSteps;
  }
  input.ignoreFocusOut = true; // the command may have to be looked up elsewhere
  input.buttons = step > 1 ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (result: QuestionResult<T>): void => {
      resolve(result);
      input.dispose();
    };
    wire((value) => end({ kind: "answer", value }));
    input.onDidTriggerButton((button: QuickInputButton) => {
      if (button === QuickInputButtons.Back) end({ kind: "back" });
    });
    input.onDidHide(() => end({ kind: "left" }));
    input.show();
  });
}
