/** Releases after the verified ones: a line each, such as `export { default as v263 } from "../../../data/releases/263.json" with { type: "json" };`. */
export {};
