# Settings of another section, and keys of another program.
{ pkgs, ... }:
{
  systemd.services.agent = {
    serviceConfig = {
      ExecStart = "${pkgs.agent}/bin/agent";
      StartLimitIntervalSec = 30;
#     ^^^^^^^^^^^^^^^^^^^^^ directive/wrong-section error
      ConditionPathExists = "/etc/agent";
#     ^^^^^^^^^^^^^^^^^^^ directive/wrong-section error
      KeepAlive = true;
#     ^^^^^^^^^ directive/unknown error
      StandardErrorPath = "/var/log/agent.err";
#     ^^^^^^^^^^^^^^^^^ directive/unknown error
      WantedBy = "multi-user.target";
#     ^^^^^^^^ directive/wrong-section error
    };
    unitConfig.Restart = "always";
#              ^^^^^^^ directive/wrong-section error
  };
}
