divert(-1)
define(`PORT_ARG', `ifelse($1, `none', `',
  ` --port "$1"')')
divert(0)dnl
dnl
[Unit]
Description=DEMO_NAME

[Service]
ExecStart=DEMO_DIR/demo \
    --name "DEMO_NAME" \
    PORT_ARG(DEMO_PORT) \
    --verbose
# expect value/enumeration
Restart=allways
