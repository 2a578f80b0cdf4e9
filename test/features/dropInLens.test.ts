import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { addSafeSettings, codeLenses } from "../../server/src/features/codeLens.ts";
import { unitStatus } from "../../server/src/features/unitStatus.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import type { ManagerDefaults } from "../../server/src/units/managerDefaults.ts";
import { applyLsp } from "../kit/view.ts";

const MAIN = "[Service]\nExecStart=/usr/bin/gotosocial --port 8080\n";
const URI = "file:///etc/systemd/system/x.service.d/b.conf";

interface ReferenceContext {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly main?: string;
  readonly name?: string;
  readonly defaults?: ManagerDefaults;
}

/** A drop-in of x.service with those that stand around it. */
function dropIn(text: string, context: ReferenceContext = {}): View {
  const { before = [], after = [], main = MAIN, name = "x.service", defaults } = context;
  const path = unitPath(`/etc/systemd/system/${name}.d/b.conf`);
  const of = unitPath(`/etc/systemd/system/${name}`);
  assert.ok(path && of);
  const dropIns = [...before, text, ...after];
  return viewOf(unitDocument(path, text), 262, {
    dropIns: [],
    main: { path: of, text: main, dropIns, at: before.length },
    defaults,
  });
}

const lenses = (view: View): string[] => codeLenses(view, URI, "basic", true).map((it) => it.command?.title ?? "");
const linesOf = (view: View): number[] => codeLenses(view, URI, "basic", true).map((it) => it.range.start.line);
const whole = ({ unit }: View): string => formatExposure(assess(unit.main?.unit ?? unit).exposure ?? 0);

describe("code lenses of drop-ins", () => {
  it("are about the unit with all its drop-ins", () => {
    assert.deepEqual(lenses(dropIn("[Service]\nNice=5\n")), [
      "x.service with its drop-ins: $(error)\u00a09.4 UNSAFE",
      "16 safe settings are missing (9.4 → 5.5)",
      "report",
    ]);
    const [first] = lenses(dropIn("[Service]\nNice=5\n", { before: ["[Service]\nPrivateNetwork=yes\n"] }));
    assert.equal(first, "x.service with its drop-ins: $(error)\u00a09.0 UNSAFE");
  });

  it("stand at [Service], else at the first section", () => {
    assert.deepEqual(linesOf(dropIn("[Unit]\nAfter=a.service\n\n[Service]\nNice=5\n")), [3, 3, 3]);
    assert.deepEqual(linesOf(dropIn("# Order\n[Unit]\nAfter=a.service\n")), [1, 1, 1]);
  });

  it("are not there where nothing has an exposure, and where the unit cannot be seen or is masked", () => {
    const path = unitPath("/etc/systemd/system/x.service.d/b.conf");
    assert.ok(path);
    assert.deepEqual(lenses(viewOf(unitDocument(path, "[Service]\nNice=5\n"), 262)), []);
    assert.deepEqual(lenses(dropIn("[Service]\nNice=5\n", { main: "" })), []);
    assert.deepEqual(lenses(dropIn("[Timer]\nOnCalendar=daily\n", { name: "x.timer", main: "[Timer]\n" })), []);
    assert.deepEqual(lenses(dropIn("# Nothing yet\n")), []);
  });

  for (const [what, text] of Object.entries({
    "a [Service]": "[Service]\nNice=5\n",
    "a weak value of its own": "[Service]\nProtectHome=read-only\n",
    "no [Service]": "[Unit]\nAfter=a.service",
    "CRLF lines": "[Service]\r\nNice=5\r\n",
  }))
    it(`buy what they promise in a drop-in with ${what}, and are not asked for again`, () => {
      const view = dropIn(text);
      const promised = /→ (\d+\.\d)/.exec(lenses(view)[1] ?? "")?.[1];
      assert.ok(promised !== undefined);
      const after = dropIn(applyLsp({ view, text }, addSafeSettings(view, "basic")));
      assert.equal(whole(after), promised);
      assert.equal(
        lenses(after).some((it) => it.includes("safe setting")),
        false,
      );
      assert.deepEqual(addSafeSettings(after, "basic"), []);
    });

  it("buy what they promise under a manager that restricts set-user-ID programs by default", () => {
    const defaults = { restrictSuidSgid: true };
    const view = dropIn("[Service]\nNice=5\n", { defaults });
    const promised = /→ (\d+\.\d)/.exec(lenses(view)[1] ?? "")?.[1];
    const text = applyLsp({ view, text: view.unit.file.text }, addSafeSettings(view, "basic"));
    assert.doesNotMatch(text, /RestrictSUIDSGID/);
    assert.equal(whole(dropIn(text, { defaults })), promised);
  });

  it("offer nothing that a later drop-in takes back", () => {
    const weak = "[Service]\nProtectHome=no\nPrivateTmp=no\n";
    const view = dropIn("[Service]\nNice=5\n", { after: [weak] });
    const promised = /→ (\d+\.\d)/.exec(lenses(view)[1] ?? "")?.[1];
    const text = applyLsp({ view, text: view.unit.file.text }, addSafeSettings(view, "basic"));
    assert.equal(whole(dropIn(text, { after: [weak] })), promised);
  });
});

/** Whose manager reads a unit below /etc/systemd/system. */
const BY_FOLDER = { scope: "system", scopeFrom: "folder", scopeBecause: [] };

describe("the state of a unit", () => {
  it("is its name and exposure, of a drop-in those of its unit", () => {
    const shown = { name: "x.service", exposed: { exposure: "9.4", level: "UNSAFE" }, nix: false, ...BY_FOLDER };
    assert.deepEqual(unitStatus(dropIn("[Service]\nNice=5\n").unit), { ...shown, dropIn: true });
    const path = unitPath("/etc/systemd/system/x.service");
    assert.ok(path);
    assert.deepEqual(unitStatus(viewOf(unitDocument(path, MAIN), 262).unit), { ...shown, dropIn: false });
    assert.equal(unitStatus(viewOf(unitDocument(path, `${MAIN}PrivateTmp=yes\n`), 262).unit).nix, true);
    assert.deepEqual(
      unitStatus(viewOf(unitDocument(path, "[Unit]\nDescription=Nothing to start\n"), 262).unit).exposed,
      {},
    );
  });

  it("has no exposure for other kinds of units", () => {
    const path = unitPath("/etc/systemd/system/x.timer");
    assert.ok(path);
    assert.deepEqual(unitStatus(viewOf(unitDocument(path, "[Timer]\nOnCalendar=daily\n"), 262).unit), {
      name: "x.timer",
      dropIn: false,
      nix: false,
      ...BY_FOLDER,
    });
  });
});
