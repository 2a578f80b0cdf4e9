import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedText } from "../../../server/src/hosts/hostedText.ts";
import { nixUnits } from "../../../server/src/hosts/nix/nixUnits.ts";
import { HAS_NIX, nixValueOf } from "../../kit/nix.ts";
import { skip } from "../../kit/skip.ts";

const EVALUATE = readFileSync(new URL("../evaluate.nix", import.meta.url), "utf8");

/** Modules whose values the text shows, all of which Nix is to see just as we do. */
const MODULES: Readonly<Record<string, string>> = {
  "sets, paths of attributes and options": `{
    systemd.services.a = {
      description = "An \\"example\\"";
      documentation = [ "man:a(8)" "https://example.org" ];
      after = [ "b.target" "c.target" ];
      wants = [ ];
      startLimitBurst = 5;
      wantedBy = [ "multi-user.target" ];
      unitConfig.RequiresMountsFor = [ "/a" "/b c" ];
      serviceConfig.Type = "exec";
      serviceConfig = { Nice = 5; PrivateTmp = true; ProtectHome = false; WorkingDirectory = /var/empty; };
    };
    systemd.services."b@".serviceConfig.ExecStart = "/bin/b %i";
    systemd.timers.a = { timerConfig = { OnCalendar = [ "daily" "weekly" ]; Persistent = true; }; wantedBy = [ "timers.target" ]; };
    systemd.sockets.a = { listenStreams = [ "80" "/run/a" ]; socketConfig.Accept = true; };
  }`,
  "texts of both kinds": `{
    systemd.services.a.serviceConfig = {
      ExecStart = ''
        /bin/a \\
          --first \\
          --second ''\${HOME} $MAINPID '''quoted'''
      '';
      ExecStop = "/bin/a \\"b\\" \\\${c} \\\\n\\t$$d";
      Environment = "A=\${"b"} C=" + "d";
      EnvironmentFile = toString "/etc/a";
    };
  }`,
  environment: `{
    systemd.services.a.environment = { A = "b c"; Q = "\\"d\\" \\\\e"; N = null; COUNT = toString 5; };
    systemd.services.a.environment.LAST = "%h";
  }`,
  "wrappers, merges and conditions": `lib.mkMerge [
    { systemd.services.a.serviceConfig = { Restart = lib.mkForce "always"; Nice = lib.mkOverride 5 3; }; }
    (lib.mkIf true { systemd.services.a = { serviceConfig = { UMask = "0077"; } // lib.optionalAttrs true { Type = "exec"; }; }; })
    { systemd.services.b = lib.recursiveUpdate { serviceConfig.Nice = 1; } { serviceConfig.UMask = "0027"; }; }
  ]`,
  "lists that are put together": `{
    systemd.services.a.serviceConfig = {
      SystemCallFilter = [ "@system-service" ] ++ lib.optional true "~@mount" ++ lib.optionals true [ "~@swap" "~@clock" ];
      ExecStartPre = [ "/bin/a" (lib.concatStringsSep " " [ "/bin/b" "--c" ]) ];
      BindPaths = [ ];
    };
  }`,
  "names that the file explains": `let
    common = { Restart = "always"; RestartSec = 5; };
    user = "someone";
    unit = { serviceConfig = common // { User = user; StateDirectory = "\${user}/data"; }; };
  in {
    systemd.services = { a = unit; b.serviceConfig = common; };
  }`,
  "Home Manager": `{
    systemd.user.services.a = {
      Unit = { Description = "A"; After = [ "b.target" "c.target" ]; };
      Service = { ExecStart = "/bin/a"; PrivateTmp = true; };
      Install.WantedBy = [ "default.target" ];
    };
    systemd.user.timers.a = { Timer.OnCalendar = "daily"; };
  }`,
  "units that functions make": `{
    systemd.services = lib.listToAttrs [ (lib.nameValuePair "a" { serviceConfig.Nice = 1; }) { name = "b"; value.serviceConfig.Nice = 2; } ];
  }`,
};

describe("hosts: what Nix makes of a module", () => {
  for (const [what, module] of Object.entries(MODULES))
    it(`is what is read of it: ${what}`, function () {
      if (!HAS_NIX) return skip(this, "there is no Nix");
      const file = nixUnits(module);
      const read = file.units.map((unit) => {
        const { text, lines } = hostedText(file, unit, NEWEST_VERSION);
        const all = lines.map((it) => `${it.setting.section} ${text.slice(it.start, it.end)}`);
        return [unit.path.name, all.toSorted()] as const;
      });
      const given = nixValueOf(`(${EVALUATE}) ({ lib }: ${module})`) as Readonly<Record<string, readonly string[]>>;
      assert.ok(read.flatMap(([, lines]) => lines).length > 1);
      assert.deepEqual(
        Object.fromEntries(read),
        Object.fromEntries(Object.entries(given).map(([name, lines]) => [name, lines.toSorted()])),
      );
    });
});
