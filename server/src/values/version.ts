export * from "../facts/version.ts";
