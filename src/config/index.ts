export { type Config, ConfigError, readConfig } from './read-config.ts';
