# The lines of all units of a module, by the name of the unit: what NixOS's own modules would write, as far as tests need it.
module:
let
  recursiveUpdate =
    a: b:
    a
    // builtins.mapAttrs (
      name: value:
      if builtins.isAttrs value && a ? ${name} && builtins.isAttrs a.${name} then recursiveUpdate a.${name} value else value
    ) b;
  merged = builtins.foldl' recursiveUpdate { };
  lib = {
    mkIf = condition: value: if condition then value else { };
    mkForce = value: value;
    mkDefault = value: value;
    mkOverride = _: value: value;
    mkMerge = merged;
    inherit recursiveUpdate;
    inherit (builtins) concatStringsSep listToAttrs mapAttrs;
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: values: if condition then values else [ ];
    optionalAttrs = condition: value: if condition then value else { };
    optionalString = condition: text: if condition then text else "";
    nameValuePair = name: value: { inherit name value; };
    genAttrs = names: make: builtins.listToAttrs (map (name: { inherit name; value = make name; }) names);
  };
  toText = value: if value == true then "true" else if value == false then "false" else toString value;
  section =
    name: settings:
    builtins.concatMap (
      key:
      map (value: "${name} ${key}=${toText value}") (
        if builtins.isList settings.${key} then settings.${key} else [ settings.${key} ]
      )
    ) (builtins.attrNames settings);
  words =
    name: key: option: unit:
    if (unit.${option} or [ ]) == [ ] then [ ] else [ "${name} ${key}=${toString unit.${option}}" ];
  plain =
    name: key: option: unit:
    if unit ? ${option} then [ "${name} ${key}=${toString unit.${option}}" ] else [ ];
  environment =
    unit:
    let
      all = unit.environment or { };
    in
    map (name: "Service Environment=${builtins.toJSON "${name}=${toString all.${name}}"}") (
      builtins.filter (name: all.${name} != null) (builtins.attrNames all)
    );
  linesOf =
    own: unit:
    section "Unit" (unit.unitConfig or { } // unit.Unit or { })
    ++ words "Unit" "After" "after" unit
    ++ words "Unit" "Wants" "wants" unit
    ++ words "Unit" "Documentation" "documentation" unit
    ++ plain "Unit" "Description" "description" unit
    ++ plain "Unit" "StartLimitBurst" "startLimitBurst" unit
    ++ environment unit
    ++ section own.name (unit.${own.set} or { } // unit.${own.name} or { })
    ++ map (value: "Socket ListenStream=${value}") (unit.listenStreams or [ ])
    ++ section "Install" (unit.Install or { })
    ++ words "Install" "WantedBy" "wantedBy" unit;
  kinds = {
    services = { name = "Service"; set = "serviceConfig"; suffix = "service"; };
    timers = { name = "Timer"; set = "timerConfig"; suffix = "timer"; };
    sockets = { name = "Socket"; set = "socketConfig"; suffix = "socket"; };
  };
  of =
    systemd:
    builtins.concatMap (
      group:
      let
        units = systemd.${group} or { };
      in
      map (name: {
        name = "${name}.${kinds.${group}.suffix}";
        value = builtins.sort (a: b: a < b) (linesOf kinds.${group} units.${name});
      }) (builtins.attrNames units)
    ) (builtins.attrNames kinds);
  result = module { inherit lib; };
in
builtins.listToAttrs (of result.systemd ++ of (result.systemd.user or { }))
