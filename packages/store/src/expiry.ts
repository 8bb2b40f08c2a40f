/** Jobs that their visitor wants to be gone. */
export interface Forgetting {
  readonly jobs: readonly string[];
  readonly visitor: string;
  /** Seconds for which their objects stay, so that nobody who read the rows before finds them gone. */
  readonly settleSeconds: number;
}

/** What is to be removed by a call. */
export interface Expiry {
  /** By the database's clock. */
  readonly olderThanSeconds: number;
  /** Rows removed by this call. */
  readonly limit: number;
  /** Seconds for which their objects stay, so that nobody who read the rows before finds them gone. */
  readonly settleSeconds: number;
}
