dnl A note for m4
[Unit]
Description=Macros
m4_ifdef([HAVE_NET], [
After=network.target
])m4_dnl

[Service]
ExecStart=/usr/bin/macro
# expect value/boolean
PrivateNetwork=off-line
