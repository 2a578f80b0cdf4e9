import { Message, type MessageStrategy } from "vscode-languageserver";

type Handle = MessageStrategy["handleMessage"];

/** Holds back what a client sends while it is closed, but for answers to our own requests. Invariant: the order stays. */
export class MessageGate implements MessageStrategy {
  #opened: Promise<void> | undefined;
  #open = (): void => undefined;

  async handleMessage(message: Message, next: Parameters<Handle>[1]): Promise<void> {
    if (this.#opened && !Message.isResponse(message)) await this.#opened;
    return next(message);
  }

  close(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** Lets all through that waits, and what comes from now on. */
  open(): void {
    this.#opened = undefined;
    this.#open();
  }
}
