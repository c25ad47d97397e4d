/** A copy that can be opened as a store, at this address. */
export interface OpenedCopy {
  readonly url: string;
  /** Takes away what was made of it; the copy's own file stays. May be repeated. */
  drop(): Promise<void>;
}

/** What copies of a kind of database are. Every failure rejects with a StoreError that says what to mend. */
export interface Copies {
  /** How the name of such a file ends. */
  readonly ending: string;
  /** Writes a consistent copy of the store into that empty file, beside whoever serves it. */
  make(url: string, file: string): Promise<void>;
  /** The copy as a store of its own, to look into it: on `url`'s server, or as the file that it is. */
  open(url: string, file: string): Promise<OpenedCopy>;
  /** Whether what the database itself can tell of the copy is whole. */
  isSound(copy: OpenedCopy): Promise<boolean>;
  /** Reads all of a file that cannot be opened for want of a right, as far as it can be read without. */
  read(file: string): Promise<void>;
  /** The store's place for oneself: rejects (`locked`) where a bot has it. */
  claim(url: string): Promise<PlaceClaim>;
}

/** A store's place, which nobody serves as long as this is held. */
export interface PlaceClaim {
  /** The copy as a store that can take the place, to be made ready for it. */
  stage(file: string): Promise<OpenedCopy>;
  /**
   * Puts it in place in one step; what was there before stays beside it under the name that is given back, undefined where
   * there was nothing.
   */
  put(staged: OpenedCopy): Promise<string | undefined>;
  release(): Promise<void>;
}
