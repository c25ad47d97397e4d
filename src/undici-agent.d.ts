/** One class without the rest of its package, which has no types for its single files. */
declare module 'undici/lib/dispatcher/agent.js' {
  const { Agent }: typeof import('undici');
  export = Agent;
}
