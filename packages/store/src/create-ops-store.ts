import { AppError } from '@tessera/runtime';
import type { Database } from './database.ts';
import type { OpsStore } from './ops-store.ts';
import { cancelRedrive, pruneRedrives } from './sql/cancel-redrive.ts';
import { countWork } from './sql/count-work.ts';
import { createRedrive } from './sql/create-redrive.ts';
import { countDead, deadGroups, deadJobs, discardDead } from './sql/dead-jobs.ts';
import { describeTasks } from './sql/describe-tasks.ts';
import { countDeliveries, listAllDeliveries } from './sql/list-all-deliveries.ts';
import { listDiscards } from './sql/list-discards.ts';
import { pruneDiscards } from './sql/prune-discards.ts';
import { readActivity } from './sql/read-activity.ts';
import { getRedrive, listRedrives } from './sql/redrive-row.ts';
import { settleRedrives } from './sql/settle-redrives.ts';
import { stepRedrives } from './sql/step-redrives.ts';
import { storageUse } from './sql/storage-use.ts';

/** What operators see and do, in a database whose schema is up to date. */
export function createOpsStore(database: Database): OpsStore {
  return {
    deadGroups: (keeping) => deadGroups(database, keeping),
    deadJobs: (query) => deadJobs(database, query),
    countDead: (filter, keeping) => countDead(database, filter, keeping),
    discardDead: (filter, atMost, actor) => discardDead(database, filter, atMost, actor),
    listDiscards: (limit) => listDiscards(database, limit),
    pruneDiscards: (seconds) => pruneDiscards(database, seconds),
    listAllDeliveries: (query) => listAllDeliveries(database, query),
    countDeliveries: () => countDeliveries(database),
    createRedrive: (redrive) => createRedrive(database, redrive),
    getRedrive: (id) => getRedrive(database, id),
    listRedrives: (limit) => listRedrives(database, limit),
    cancelRedrive: async (id) => {
      const cancelled = await cancelRedrive(database, id);
      if (cancelled === undefined) throw new AppError('NOT_FOUND');
      return cancelled;
    },
    stepRedrives: (keeping) => stepRedrives(database, keeping),
    settleRedrives: () => settleRedrives(database),
    pruneRedrives: (seconds) => pruneRedrives(database, seconds),
    readActivity: (since) => readActivity(database, since),
    countWork: () => countWork(database),
    describeTasks: (tasks) => describeTasks(database, tasks),
    storageUse: () => storageUse(database),
  };
}
