import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { open } from "../kit/view.ts";

/** Noon of 24 November 2026 in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 11);

/** A text with its hints written into it as `‹…›`, in a range of lines if there is one. */
function hinted(source: string, lines?: readonly [number, number], hasClock = true): string {
  const { view, text } = open(source);
  const range = {
    start: { line: lines?.[0] ?? 0, character: 0 },
    end: lines ? { line: lines[1], character: 0 } : view.lines.positionAt(text.length),
  };
  let result = "";
  let at = 0;
  for (const { position, label } of inlayHints(view, range, hasClock ? NOW : undefined, () => "Europe/Berlin")) {
    const offset = view.lines.offsetAt(position);
    result += `${text.slice(at, offset)}‹${label}›`;
    at = offset;
  }
  return result + text.slice(at);
}

const unhinted = (source: string): string => source.replace(/‹[^›]*›/g, "");

/** Demands that a text has exactly the hints that are written in it. */
function expectHints(source: string): void {
  const { text } = open(source);
  assert.equal(hinted(unhinted(source)), text);
}

describe("inlay hints", () => {
  it("say what a time span comes to, unless it is written so or nearly so", () => {
    expectHints(`[Service]
ExecStart=/bin/true
TimeoutStartSec=90‹= 1min 30s›
TimeoutStopSec=1min 30s
RestartSec=5 seconds
RuntimeMaxSec=3600s‹= 1h›
WatchdogSec=infinity
TimeoutAbortSec=30‹= 30s›
`);
  });

  it("say what a size comes to, and whether that is rounded", () => {
    expectHints(`[Service]
ExecStart=/bin/true
MemoryMax=1073741824‹= 1G›
MemoryHigh=512M
MemoryLow=0
MemorySwapMax=1500000000‹≈ 1.3G›
MemoryMin=infinity
`);
  });

  it("say when an event elapses next by the reader's clock", () => {
    expectHints(`#- x.timer
[Timer]
OnCalendar=Mon..Fri *-*-* 08:00‹next Wed 2026-11-25 08:00›
OnCalendar=daily UTC‹next Wed 2026-11-25 01:00›
OnCalendar=*:*:07‹next Tue 2026-11-24 12:00:07›
OnCalendar=2020-01-01‹never again›
OnCalendar=10:00 CEST
OnCalendar=nonsense
OnBootSec=300‹= 5min›
`);
    assert.equal(hinted("#- x.timer\n[Timer]\nOnCalendar=daily\n", undefined, false), "[Timer]\nOnCalendar=daily\n");
  });

  it("stand behind the last line of a value", () => {
    expectHints(String.raw`#- x.timer
[Timer]
OnCalendar=Mon..Fri \
  08:00‹next Wed 2026-11-25 08:00›
`);
  });

  it("are those of the lines asked for, in sections that are known", () => {
    const text = "[Service]\nRestartSec=90\nTimeoutSec=90\nTimeoutStopSec=90\n[X-Other]\nRestartSec=90\n";
    assert.equal(hinted(text, [2, 3]), text.replace("TimeoutSec=90", "TimeoutSec=90‹= 1min 30s›"));
  });
});
