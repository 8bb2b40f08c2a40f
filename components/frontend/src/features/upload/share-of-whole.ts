/** Part of one bar over upload and processing that the upload takes. */
const UPLOAD_PART = 0.3;

/**
 * One bar from the start that was asked for to the finished result. The upload fills its first 30 %; the job's own share
 * the rest. Neither share ever falls, so the whole does not either; it is 1 only when the job is done, thus when the
 * result can be fetched.
 *
 * @param uploaded share of the bytes sent, 0–1
 * @param made `JobDto.progress.share`, 0–1; 0 while there is no job
 */
export function shareOfWhole(uploaded: number, made: number): number {
  const share = UPLOAD_PART * uploaded + (1 - UPLOAD_PART) * made;
  return made >= 1 ? 1 : Math.min(share, 0.999);
}
