@[if use_network]@
[Unit]
After=network.target
@[end if]@
[Service]
ExecStart=@(install_prefix)/bin/robot
User=@(user)
@[for name in names]@
Environment=NAME=@(name)
@[end for]@
# expect value/boolean
LockPersonality=perhaps
