const WELL_KNOWN = /^[A-Za-z_-][\w-]*(?:\.[A-Za-z_-][\w-]*)+$/;
const UNIQUE = /^:[\w-]+(?:\.[\w-]+)+$/;

/** Follows sd_bus_service_name_is_valid() as config_parse_bus_name() asks it, systemd 257 to 262: it takes the numbered names of connections too. */
export const isBusName = (name: string): boolean => name.length < 256 && (WELL_KNOWN.test(name) || UNIQUE.test(name));
