/**
 * Programs that end with an error or a signal, most of them at once, where they must not run code that they have compiled
 * into memory: runtimes, and what is a script of one. Others go on without their compiler, such as php and PCRE, or may have
 * it switched off; they are known to the kind `jit` alone.
 */
export const COMPILERS = `
  java jsvc node nodejs deno bun bunx dotnet pwsh mono mono-sgen pypy luajit resty gjs npm npx pnpm pnpx yarn ts-node tsx
  n8n node-red homebridge zigbee2mqtt code-server elasticsearch opensearch logstash cassandra solr activemq neo4j
  sbcl racket chromium google-chrome electron firefox firefox-esr`;
