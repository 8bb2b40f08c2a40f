/** What was seen of the tasks of one stage. Times in milliseconds, as executors measured them. */
export interface StagePace {
  readonly done: number;
  readonly running: number;
  /** Done tasks that began when another had ended; those before may have waited for the source to be decoded. */
  readonly steady: number;
  /** Done tasks that mean, deviation, slope and index are of: all but those that visibly waited. */
  readonly told: number;
  /** Of all done tasks, summed up. */
  readonly workedMilliseconds: number;
  /** Of the told tasks; 0 while there is none. */
  readonly meanMilliseconds: number;
  readonly deviationMilliseconds: number;
  /** By how much a task takes longer than the one before it. */
  readonly slopeMilliseconds: number;
  /** Mean index of the told tasks, and of those that are not done. */
  readonly doneIndex: number;
  readonly restIndex: number;
  /** From the first beginning until now, or until the last end. */
  readonly wallMilliseconds: number;
  /** How long each of the running tasks has been running. */
  readonly underWay: readonly number[];
}
