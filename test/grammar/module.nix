# SYNTAX TEST "source.nix" "units in texts of Nix"
  text = ''
# ^^^^ entity.other.attribute-name.nix
    [Service]
#    ^^^^^^^ string.quoted.other.nix meta.embedded.block.systemd entity.name.section.systemd
    ExecStart=${pkgs.a}/bin/a ''${HOME}
#             ^^^^^^^^^ meta.embedded.nix
#                      ^^^^^^ entity.name.function.command.systemd
#                             ^^^ constant.character.escape.nix
#                                ^^^^^^ - meta.embedded.nix
  '';
# ^^ string.quoted.other.nix - meta.embedded.block.systemd
  next = 1;
# ^^^^ entity.other.attribute-name.nix - string.quoted.other.nix
