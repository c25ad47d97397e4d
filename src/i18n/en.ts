export * as en from './en/index.ts';
