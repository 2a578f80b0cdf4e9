import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";

/** Says how far some work is. */
export type ReportProgress = (done: number, total: number) => void;

/** Tells the reader of work that takes a while. */
export interface Progress {
  /** Does the work, and shows its title where it has not ended at once. */
  during<T>(title: string, work: (report: ReportProgress) => Promise<T>): Promise<T>;
}

/** How long work may take before anything is shown of it, in milliseconds. */
const QUICK = 300;

/** Shows progress in a client where that can do so; what it never says is that the work can be cancelled. */
export function progressOf(connection: Connection, shows: () => boolean): Progress {
  return {
    async during(title, work) {
      if (!shows()) return work(() => undefined);
      let shown: Shown | undefined;
      const timer = setTimeout(() => {
        shown = show(connection, title);
      }, QUICK);
      try {
        return await work((done, total) => shown?.report(Math.floor((100 * done) / Math.max(1, total))));
      } finally {
        clearTimeout(timer);
        shown?.end();
      }
    },
  };
}

interface Shown {
  report(percentage: number): void;
  end(): void;
}

/** The client has to agree first; what it says to that may come when the work has ended. */
function show(connection: Connection, title: string): Shown {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let last = -1;
  const created = connection.window.createWorkDoneProgress().then(
    (it) => {
      reporter = it;
      it.begin(title);
    },
    () => undefined,
  );
  return {
    report(percentage) {
      if (percentage !== last) reporter?.report(percentage);
      last = percentage;
    },
    end: () => void created.then(() => reporter?.done()),
  };
}
