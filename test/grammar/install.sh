# SYNTAX TEST "source.shell" "units that scripts write"
cat > /etc/systemd/system/$NAME.service <<EOF
[Service]
#^^^^^^^ string.unquoted.heredoc.no-indent.EOF meta.embedded.block.systemd entity.name.section.systemd
ExecStart=/usr/bin/$NAME --at=\$A \
# <--------- keyword.other.definition.systemd
#                  ^^^^^ variable.other.normal.shell
#                             ^^ constant.character.escape.shell
  $(date)
# ^^^^^^^ meta.command.systemd meta.scope.subshell
Type =simple
#     ^^^^^^ support.constant.keyword.systemd
EOF
echo User=a
# <---- support.function.builtin.shell - meta.embedded.block.systemd
tee /a.timer <<'EOT'
[Timer]
#^^^^^ entity.name.section.systemd
Unit=$A.service
#    ^^ - variable.other.normal.shell
EOT
cat > /a <<EOF
User=a
# <------ string.unquoted.heredoc.no-indent.EOF - meta.embedded.block.systemd
EOF
