/** Somebody whom one can be on the page. */
export interface Role {
  /** User id at the Discord stand-in. */
  id: string;
  /** Such as "admin" or "community member". */
  note: string;
  /** The guild that opens first. */
  home: string;
}

/** In the order of the switch. */
export type Cast = readonly Role[];

/** For an avatar. */
export const letterOf = (name: string): string => (name.at(0) ?? '?').toUpperCase();
