export { environmentFiles } from './environment-file.ts';
export { type Config, ConfigError, readConfig } from './read-config.ts';
export { namedSecretFiles } from './secret-files.ts';
