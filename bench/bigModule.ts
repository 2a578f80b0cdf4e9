/** The parts of a service of a module, most of them with a number of their own. */
const service = (i: number): readonly string[] => [
  `  systemd.services.app-${i} = {`,
  `    description = "Part ${i} of the shop";`,
  '    wantedBy = [ "multi-user.target" ];',
  '    after = [ "network-online.target" ];',
  `    environment.PART = "${i}";`,
  "    path = [ pkgs.coreutils ];",
  "    serviceConfig = {",
  `      ExecStart = "\${pkgs.app}/bin/app --part ${i} --port \${toString (8000 + ${i})}";`,
  `      StateDirectory = "app-${i}";`,
  '      Restart = "on-failure";',
  `      RestartSec = ${i % 60};`,
  "      DynamicUser = true;",
  '      ProtectSystem = "strict";',
  "      NoNewPrivileges = true;",
  '      SystemCallFilter = [ "@system-service" "~@privileged" ];',
  ...(i % 5 === 0 ? [`      MemoryMax = cfg.parts.p${i}.memory;`] : []),
  ...(i % 7 === 0 ? ['      Type = lib.mkIf cfg.notify "notify";'] : []),
  "    };",
  "  };",
  ...(i % 3 === 0 ? [`  systemd.timers.app-${i}.timerConfig.OnCalendar = "*-*-* 0${i % 10}:00:00";`] : []),
  ...Array.from({ length: 8 }, (_, n) => option(i * 10 + n)).flat(),
  "",
];

/** Options as modules declare them, which have nothing to do with units. */
const option = (i: number): readonly string[] => [
  `  options.services.shop.part-${i} = lib.mkOption {`,
  "    type = lib.types.nullOr lib.types.str;",
  "    default = null;",
  `    description = "What part ${i} is called";`,
  "  };",
];

/** The text of a Nix module with at least so many lines, of services and timers with their options. */
export function bigModule(lines: number): string {
  const all = ["{ config, lib, pkgs, ... }:", "let cfg = config.services.shop; in", "{"];
  for (let i = 0; all.length < lines - 1; i++) all.push(...service(i));
  return `${[...all, "}"].join("\n")}\n`;
}
