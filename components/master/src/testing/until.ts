/** Asks again every 20 ms until it is so; throws after a time that is long also for a busy machine. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds = 25_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
