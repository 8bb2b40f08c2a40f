/** An executor that a task can be sent to. */
export interface WillingExecutor {
  readonly executor: string;
  /** Address of its inbox. */
  readonly inbox: string;
  /** Version of the pixels that it makes. */
  readonly kernel: string;
}

/**
 * Draws one executor, each as likely as any other; the one that turned the task away only where there is no other.
 *
 * @param random uniform in [0, 1).
 */
export function drawInbox(
  willing: readonly WillingExecutor[],
  turnedAwayBy: string | undefined,
  random: () => number,
): WillingExecutor | undefined {
  const others = willing.filter(({ executor }) => executor !== turnedAwayBy);
  const drawn = others.length > 0 ? others : willing;
  return drawn[Math.floor(random() * drawn.length)];
}
