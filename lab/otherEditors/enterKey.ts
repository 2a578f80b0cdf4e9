/**
 * Types whole lines in an editor that tmux keeps, set up as docs/editors.md says, with the list of completions after each letter:
 * node --import=tsx enterKey.ts helix|neovim|company FOLDER, with unit-warden on the PATH. Company is Debian's elpa-company.
 * Prints "ok" or "not ok" and the counts at the end.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runMain } from "../../test/kit/runMain.ts";

const [kind = "", folder = ""] = process.argv.slice(2);
const PATIENCE = 30_000;
/** Between two keys: lists come within it, as a rule. */
const INTERVAL = 120;
const SOCKET = join(folder, "tmux");
const FILE = join(folder, "typed.service");

/** What the server reports, so that it is seen when it has started. */
const GIVEN = "[Service]\nNice=fast\n";

const TYPED = `Type=simple
Restart=on-failure
RestartSec=15min
TimeoutStopSec=30s
WorkingDirectory=/srv
ProtectSystem=full
PrivateTmp=yes
KillMode=mixed

[Install]
WantedBy=multi-user.target
`;

interface Editor {
  readonly argv: () => readonly string[];
  /** What shows that there is a finding. */
  readonly sign: RegExp;
  /** Keys that begin a line at the end of the file, those that end typing, what shows until then, and those that save. */
  readonly begin: readonly string[];
  readonly leave: readonly string[];
  readonly typing?: RegExp;
  readonly save: readonly string[];
}

/** What docs/editors.md tells a reader to do. */
function guide(script: string, language: string): string {
  const text = readFileSync("docs/editors.md", "utf8");
  const blocks = text.matchAll(new RegExp(`${script}\\. -->\\n\`\`\`${language}\\n(.*?)^\`\`\``, "gms"));
  const found = [...blocks].map(([, block = ""]) => block).join("\n");
  assert.ok(found, `the guide has no set-up that names ${script}`);
  return found;
}

function settings(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Opens the list after each letter, as plugins do. */
const NEOVIM = `
vim.o.autoindent = false
vim.api.nvim_create_autocmd("TextChangedI", { callback = function()
  if vim.fn.pumvisible() == 0 then vim.api.nvim_feedkeys(vim.keycode("<C-x><C-o>"), "n", false) end
end })
`;

const COMPANY_FOLDER = "/usr/share/emacs/site-lisp/elpa/";
const COMPANY = `
(let ((default-directory "${COMPANY_FOLDER}")) (normal-top-level-add-subdirs-to-load-path))
(require 'company)
(setq company-backends '(company-capf) company-minimum-prefix-length 1 company-idle-delay 0.05
      make-backup-files nil inhibit-startup-screen t)
(global-company-mode)
`;

const EDITORS: Readonly<Record<string, Editor>> = {
  helix: {
    argv() {
      settings("helix/languages.toml", guide("helix\\.ts", "toml"));
      return ["hx", FILE];
    },
    sign: /●/,
    begin: ["g", "e", "o"],
    leave: ["Escape"],
    typing: /INS/,
    save: [":", "w", "Enter"],
  },
  neovim: {
    argv: () => [
      "nvim",
      "--clean",
      "-u",
      settings("init.lua", `${guide("(?:neovim\\.lua|enterKey\\.ts)", "lua")}\n${NEOVIM}`),
      FILE,
    ],
    sign: /■|^E /m,
    begin: ["G", "o"],
    leave: ["Escape"],
    typing: /-- INSERT --/,
    save: [":", "w", "Enter"],
  },
  company: {
    argv: () => ["emacs", "-nw", "-Q", "-l", settings("init.el", `${guide("eglot\\.el", "elisp")}\n${COMPANY}`), FILE],
    sign: /^!!/m,
    begin: ["M->"],
    leave: [],
    save: ["C-x", "C-s"],
  },
};

function tmux(...argv: readonly string[]): string {
  const run = spawnSync("tmux", ["-S", SOCKET, "-f", "/dev/null", ...argv], { encoding: "utf8" });
  assert.equal(run.status, 0, `tmux ${argv.join(" ")}: ${run.stderr}`);
  return run.stdout;
}

const screen = (): string => tmux("capture-pane", "-p");

async function until(what: string, ready: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE; !ready(); await sleep(50))
    if (Date.now() > end) throw new Error(`nothing came of ${what}\n${screen()}`);
}

async function typeLines({ argv, sign, begin, leave, typing, save }: Editor): Promise<void> {
  writeFileSync(FILE, GIVEN);
  tmux("new-session", "-d", "-x", "160", "-y", "40", ...argv());
  await until("the finding", () => sign.test(screen()));
  for (const key of begin) tmux("send-keys", key);
  for (const key of TYPED) {
    tmux("send-keys", ...(key === "\n" ? ["Enter"] : ["-l", key]));
    await sleep(INTERVAL);
  }
  for (const key of leave) tmux("send-keys", key);
  await until("the end of typing", () => !typing?.test(screen()));
  for (const key of save) tmux("send-keys", key);
  await until("the file", () => readFileSync(FILE, "utf8").length > GIVEN.length);
  assert.equal(readFileSync(FILE, "utf8").trimEnd(), `${GIVEN}${TYPED}`.trimEnd());
}

async function main(): Promise<number> {
  if (kind === "company" && !existsSync(COMPANY_FOLDER)) {
    console.log("skipped: there is no company\n0 passed, 0 failed");
    return 0;
  }
  const editor = EDITORS[kind] ?? assert.fail(`no editor is called ${kind}`);
  for (let attempt = 1; ; attempt++) {
    try {
      await typeLines(editor);
      console.log(`ok ${kind} ends each line with Enter\n1 passed, 0 failed`);
      return 0;
    } catch (error) {
      if (attempt < ATTEMPTS) continue;
      const message = error instanceof Error ? error.message : String(error);
      console.log(`not ok ${kind} ends each line with Enter\n     ${message.replaceAll("\n", "\n     ")}`);
      console.log("0 passed, 1 failed");
      return 1;
    } finally {
      spawnSync("tmux", ["-S", SOCKET, "kill-server"]);
    }
  }
}

/** A busy machine lets a list come late now and then; what is broken fails each time. */
const ATTEMPTS = 3;

runMain(main);
