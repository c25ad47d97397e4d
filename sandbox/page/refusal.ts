/** A request that the page would never send: another shape, another site, a person or place that isn't there. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 405 | 413 | 415;

  constructor(status: Refusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}
