const minutes = (seconds: number): string => `${String(Math.round(seconds / 60))}\u00a0min`;

/** Writes how long something took: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)}\u00a0s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))}\u00a0min ${String(whole % 60)}\u00a0s`;
  return `${String(Math.floor(whole / 3600))}\u00a0h ${String(Math.floor((whole % 3600) / 60))}\u00a0min`;
}

/**
 * Writes an estimate no finer than it deserves: to 5 seconds below a minute, to minutes below an hour. Undefined where
 * nothing is known.
 */
export function formatEta(seconds: number | null): string | undefined {
  if (seconds === null || !Number.isFinite(seconds)) return undefined;
  if (seconds < 3) return 'a moment left';
  if (seconds < 57.5) return `about ${String(Math.max(5, Math.round(seconds / 5) * 5))}\u00a0s left`;
  if (seconds < 3570) return `about ${minutes(Math.max(60, seconds))} left`;
  return `about ${(seconds / 3600).toFixed(1)}\u00a0h left`;
}
