/** What was measured, beside what it may be. */
export interface Line {
  what: string;
  measured: string;
  /** Empty: none is set. */
  budget: string;
  isKept: boolean;
}
