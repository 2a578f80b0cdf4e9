declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The editor around a page, which takes its messages and keeps its state while it is covered. */
export interface EditorAround<Message> {
  send(message: Message): void;
  kept(): unknown;
  keep(state: object): void;
  /** Keeps something else that the view is made again from than what the page began with. */
  keepView(view: object): void;
}

/**
 * The editor around this page; to be asked for once. With the state it keeps what the extension has put into the page, from
 * which the view is made again when the window was loaded again.
 */
export function editorAround<Message>(): EditorAround<Message> {
  const api = acquireVsCodeApi();
  let view: unknown = JSON.parse(document.body.dataset.view ?? "null");
  const keep = (state: object): void => api.setState({ ...state, view });
  keep((api.getState() as object | undefined) ?? {});
  const kept = (): unknown => api.getState();
  return {
    send: (message) => api.postMessage(message),
    kept,
    keep,
    keepView(changed) {
      view = changed;
      keep((kept() as object | undefined) ?? {});
    },
  };
}
