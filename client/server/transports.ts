import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type Disposable,
  type MessageReader,
  type MessageTransports,
  type MessageWriter,
} from "vscode-languageclient";

/** The transports of a server that could not be started: they end at once, so that it counts as one that crashed. */
export const endedTransports = (): MessageTransports => ({ reader: new EndedReader(), writer: new EndedWriter() });

class EndedReader extends AbstractMessageReader implements MessageReader {
  listen(): Disposable {
    setTimeout(() => this.fireClose());
    return { dispose: () => undefined };
  }
}

class EndedWriter extends AbstractMessageWriter implements MessageWriter {
  async write(): Promise<void> {}
  end(): void {}
}
