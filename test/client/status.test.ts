import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type * as Decoration from "../../client/explorer/decoration.ts";
import type * as Text from "../../client/status/text.ts";
import type { ShownStatus } from "../../server/src/server/protocol.ts";
import { clientModule, l10n } from "../kit/clientModule.ts";

const SERVICE: ShownStatus = {
  name: "shop.service",
  dropIn: false,
  scope: "system",
  scopeFrom: "folder",
  scopeBecause: [],
  exposed: { exposure: "9.4", level: "UNSAFE" },
  nix: false,
  profile: "basic",
  systemd: { version: 257, from: "machine", installed: 257 },
};

describe("client: the state of a unit in words", () => {
  let text: typeof Text;
  let decoration: typeof Decoration;
  before(async () => {
    class FileDecoration {
      constructor(
        readonly badge: string,
        readonly tooltip: string,
        readonly color: { readonly id: string },
      ) {}
    }
    class ThemeColor {
      constructor(readonly id: string) {}
    }
    text = await clientModule("client/status/text.ts", { l10n });
    decoration = await clientModule("client/explorer/decoration.ts", { l10n, FileDecoration, ThemeColor });
  });

  it("is the exposure, the profile and the systemd that counts", () => {
    assert.deepEqual(text.statusText(SERVICE), {
      text: "9.4 UNSAFE",
      detail: "profile basic · systemd 257 (installed)",
    });
  });

  it("says in a drop-in that it is that of the whole unit", () => {
    assert.equal(
      text.statusText({ ...SERVICE, dropIn: true }).detail,
      "whole unit · profile basic · systemd 257 (installed)",
    );
  });

  it("says of a unit of a user that it is one, and whose manager counts and why", () => {
    const user = { ...SERVICE, scope: "user", scopeFrom: "text", scopeBecause: ["%h in ExecStart="] } as const;
    assert.equal(text.statusText(user).detail, "user unit · profile basic · systemd 257 (installed)");
    assert.equal(text.scopeText(user), "checked as a user unit (%h in ExecStart=)");
    assert.equal(text.scopeText(SERVICE), "checked as a system unit (from the folder)");
    assert.equal(text.scopeText({ ...user, scopeFrom: "asked" }), "checked as a user unit (from the settings)");
    assert.equal(
      text.scopeText({ ...SERVICE, scopeFrom: "default" }),
      "checked as a system unit (nothing says otherwise)",
    );
  });

  it("says where the version comes from", () => {
    const shown = (systemd: ShownStatus["systemd"]): string => text.systemdText({ ...SERVICE, systemd });
    assert.equal(shown({ version: 260, from: "setting" }), "systemd 260 (from the settings)");
    assert.equal(shown({ version: 262, from: "newest" }), "systemd 262 (newest known)");
    assert.equal(shown({ version: 257, from: "machine", installed: 252 }), "systemd 257 (252 is installed)");
  });

  it("says of units without an exposure that they have none, and of refused ones that systemd refuses them", () => {
    const { exposed: _, ...timer } = SERVICE;
    assert.deepEqual(text.statusText({ ...timer, profile: "off" }), {
      text: "No exposure level",
      detail: "no hardening findings · systemd 257 (installed)",
    });
    assert.equal(text.statusText({ ...SERVICE, exposed: {} }).text, "Refused by systemd");
  });

  it("is a badge of at most two characters in a colour of the theme, with the level in its tooltip", () => {
    const badge = (exposure?: string, level?: string): unknown => {
      const made = decoration.decorationOf({ ...(exposure ? { exposure } : {}), ...(level ? { level } : {}) });
      return [made.badge, made.tooltip, (made.color as unknown as { id: string }).id];
    };
    assert.deepEqual(badge("9.4", "UNSAFE"), ["9", "9.4 UNSAFE", "unitWarden.exposureUnsafe"]);
    assert.deepEqual(badge("10.0", "DANGEROUS"), ["10", "10.0 DANGEROUS", "unitWarden.exposureUnsafe"]);
    assert.deepEqual(badge("7.5", "EXPOSED"), ["7", "7.5 EXPOSED", "unitWarden.exposureExposed"]);
    assert.deepEqual(badge("5.0", "MEDIUM"), ["5", "5.0 MEDIUM", "unitWarden.exposureMedium"]);
    assert.deepEqual(badge("0.3", "SAFE"), ["0", "0.3 SAFE", "unitWarden.exposureOk"]);
    assert.deepEqual(badge(), ["!", "Refused by systemd", "unitWarden.exposureUnsafe"]);
  });
});
