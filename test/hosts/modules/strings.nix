{ pkgs, ... }:
{
  systemd.services.a.serviceConfig = {
    ExecStart = ''
      ${pkgs.a}/bin/a \
        --first \
        --second
    '';
    ExecReload = ''
      ${pkgs.a}/bin/a
        --reload
#     ^^^^^^^^^^ syntax/missing-equals error
    '';
    Restart = ''allways'';
#               ^^^^^^^ value/enumeration error
    Environment = "A=\"b c\" D='e";
#                              ^^ value/quoting error
    KillSignal = "SIG" + "TERN";
#                 ^^^^^^^^^^^^ value/signal error
  };
}
