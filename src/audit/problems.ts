declare module '../lib/problem.ts' {
  interface ProblemParams {
    bad_since: { text: string };
  }
}

export {};
