# Units that stand in a module as texts.
{ pkgs, ... }:
let
  written = pkgs.writeText "written.service" ''
    [Service]
    ExecStart=${pkgs.hello}/bin/hello
    Restart=allways
#           ^^^^^^^ value/enumeration error
  '';
in
{
  systemd.units."a.service" = {
    wantedBy = [ "multi-user.target" ];
    text = ''
      [Unit]
      Description=A

      [Service]
      ExecStart=${pkgs.a}/bin/a
      StartLimitIntervalSec=5
#     ^^^^^^^^^^^^^^^^^^^^^ directive/wrong-section error
      ProtectSystem=strct
#                   ^^^^^ value/enumeration error
      nonsense
#     ^^^^^^^^ syntax/missing-equals error
    '';
  };
  environment.etc."systemd/system/b.timer".text = "[Timer]\nOnCalendar=dayly\n";
#                                                  ^^^^^^^ unit/nothing-to-do error
#                                                                      ^^^^^ value/calendar error
  environment.etc."systemd/system/b.service.d/override.conf".text = ''
    [Service]
    Nice=25
#        ^^ value/number error
  '';
  environment.etc."b.service".text = "[Service]\nNice=25\n";
  systemd.packages = [
    written
    (pkgs.writeTextFile {
      name = "c";
      destination = "/etc/systemd/user/c.service";
      text = ''
        [Service]
        ExecStart=/bin/c
        KillMode=all
#                ^^^ value/enumeration error
      '';
    })
  ];
}
