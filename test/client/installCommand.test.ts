import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { installCommand } from "../../client/create/installCommand.ts";

describe("client: the command that installs new units", () => {
  it("copies each file to its place and has systemd read them", () => {
    assert.equal(
      installCommand(["/etc/systemd/system/x.timer", "/etc/systemd/system/x.service"]),
      "sudo install -D -m 644 x.timer /etc/systemd/system/x.timer && sudo install -D -m 644 x.service /etc/systemd/system/x.service && sudo systemctl daemon-reload",
    );
  });

  it("quotes what a shell would read otherwise", () => {
    assert.equal(
      installCommand(["/etc/systemd/system/a\\x2db.service.d/override.conf"]),
      "sudo install -D -m 644 override.conf '/etc/systemd/system/a\\x2db.service.d/override.conf' && sudo systemctl daemon-reload",
    );
    assert.match(installCommand(["/etc/it's"]), / 'it'\\''s' /);
  });
});
