/** So many of a card. */
export interface Wanted {
  readonly item: string;
  readonly quantity: number;
}
