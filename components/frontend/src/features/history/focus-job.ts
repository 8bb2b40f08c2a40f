/** Marks the element of a job that takes the focus when the job is gone to. */
export const JOB_ATTRIBUTE = 'data-job';

/** Gives the focus to a job in a list once it is there again; to the content where it is not in sight. */
export function focusJob(job: string | undefined): void {
  requestAnimationFrame(() => {
    const found =
      job === undefined ? null : document.querySelector<HTMLElement>(`[${JOB_ATTRIBUTE}="${CSS.escape(job)}"]`);
    (found ?? document.getElementById('main'))?.focus({ preventScroll: found === null });
  });
}
