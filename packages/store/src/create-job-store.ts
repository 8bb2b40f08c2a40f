import { AppError } from '@tessera/runtime';
import { applyDead } from './apply-failure.ts';
import { applyEvent } from './apply-event.ts';
import { claim } from './claim.ts';
import { createCatalogueStore } from './create-catalogue-store.ts';
import { createOpsStore } from './create-ops-store.ts';
import type { Database } from './database.ts';
import type { JobStore } from './job-store.ts';
import { cancelJob } from './sql/cancel-job.ts';
import { claimDelivery } from './sql/claim-delivery.ts';
import { changePipeline } from './sql/change-pipeline.ts';
import { countOpenJobs } from './sql/count-open-jobs.ts';
import { hasBatch } from './sql/has-batch.ts';
import { countJobStates, countTaskStates, oldestReadySeconds } from './sql/count-states.ts';
import { deletePipeline } from './sql/delete-pipeline.ts';
import { endUpload } from './sql/end-upload.ts';
import { expireImages } from './sql/expire-images.ts';
import { expireJobs } from './sql/expire-jobs.ts';
import { expirePipelines } from './sql/expire-pipelines.ts';
import { findJobOfTask } from './sql/find-job-of-task.ts';
import { forgetJobs } from './sql/forget-jobs.ts';
import { forgetRemovals } from './sql/forget-removals.ts';
import { forgetUploads } from './sql/forget-uploads.ts';
import { getBatch } from './sql/get-batch.ts';
import { getImage } from './sql/get-image.ts';
import { getJobs } from './sql/get-jobs.ts';
import { getPipeline, listPipelines } from './sql/get-pipelines.ts';
import { getTasks } from './sql/get-tasks.ts';
import { getUpload } from './sql/get-upload.ts';
import { getWebhook } from './sql/get-webhook.ts';
import { insertImage } from './sql/insert-image.ts';
import { insertJobs } from './sql/insert-jobs.ts';
import { insertWebhook } from './sql/insert-webhook.ts';
import { insertPipeline } from './sql/insert-pipeline.ts';
import { listAttempts } from './sql/list-attempts.ts';
import { insertUpload } from './sql/insert-upload.ts';
import { lastChange, listChanges } from './sql/list-changes.ts';
import { listDeliveries } from './sql/list-deliveries.ts';
import { listForeignJobs } from './sql/list-foreign-jobs.ts';
import { listJobs } from './sql/list-jobs.ts';
import { listOpenJobs } from './sql/list-open-jobs.ts';
import { listRemovals } from './sql/list-removals.ts';
import { markPublished } from './sql/mark-published.ts';
import { noteOrphans } from './sql/note-orphans.ts';
import { noteSent } from './sql/note-sent.ts';
import { pruneChanges } from './sql/prune-changes.ts';
import { planAnew } from './sql/plan-anew.ts';
import { readPace } from './sql/read-pace.ts';
import { redriveJob } from './sql/redrive-job.ts';
import { replayDelivery } from './sql/replay-delivery.ts';
import { settleDelivery } from './sql/settle-delivery.ts';
import { reopenSentTasks } from './sql/reopen-sent-tasks.ts';
import { reopenTasks } from './sql/reopen-tasks.ts';
import { rewindJobs } from './sql/rewind-jobs.ts';
import { touchTasks } from './sql/touch-tasks.ts';
import { unclaimTasks } from './sql/unclaim-tasks.ts';

/** @throws AppError NOT_FOUND if the operation says that what it was asked for does not exist. */
async function found<T>(operation: Promise<T | undefined>): Promise<T> {
  const value = await operation;
  if (value === undefined) throw new AppError('NOT_FOUND');
  return value;
}

/** The state of all jobs in a database whose schema is up to date. Closing the store closes the database. */
export function createJobStore(database: Database): JobStore {
  return {
    ...createOpsStore(database),
    ...createCatalogueStore(database),
    insertImage: (image) => insertImage(database, image),
    getImage: (id) => getImage(database, id),
    insertUpload: (upload, share) => insertUpload(database, upload, share),
    getUpload: (id) => getUpload(database, id),
    endUpload: (id, refusal) => endUpload(database, id, refusal),
    forgetUploads: (which) => forgetUploads(database, which),
    getWebhook: (job) => getWebhook(database, job),
    claimDelivery: (limits) => claimDelivery(database, limits),
    settleDelivery: (outcome) => settleDelivery(database, outcome),
    listDeliveries: (job) => listDeliveries(database, job),
    replayDelivery: (delivery) => replayDelivery(database, delivery),
    insertJobs: (jobs, webhook) =>
      database.transaction(async (transaction) => {
        await insertJobs(transaction, jobs, webhook === undefined ? null : await insertWebhook(transaction, webhook));
        return getJobs(
          transaction,
          jobs.map(({ id }) => id),
        );
      }),
    getJob: async (id) => (await getJobs(database, [id]))[0],
    listJobs: (query) => listJobs(database, query),
    getJobs: (ids) => getJobs(database, ids),
    getBatch: async (id) => {
      const jobs = await getBatch(database, id);
      return found(Promise.resolve(jobs.length > 0 ? jobs : undefined));
    },
    getTasks: (job) => found(getTasks(database, job)),
    hasBatch: (visitor, batch) => hasBatch(database, visitor, batch),
    listAttempts: (job, filter) => found(listAttempts(database, job, filter)),
    readPace: (jobs) => readPace(database, jobs),
    listOpenJobs: (limit) => listOpenJobs(database, limit),
    countOpenJobs: (visitor) => countOpenJobs(database, visitor),
    cancelJob: (id) => found(cancelJob(database, id)),
    forgetJobs: (forgetting) => forgetJobs(database, forgetting),
    listForeignJobs: (kernels, limit) => listForeignJobs(database, kernels, limit),
    planAnew: (id, from, anew) => planAnew(database, id, from, anew),
    redriveJob: (id) => found(redriveJob(database, id)),

    insertPipeline: (pipeline, most) => insertPipeline(database, pipeline, most),
    getPipeline: (id) => getPipeline(database, id),
    listPipelines: (visitor) => listPipelines(database, visitor),
    changePipeline: (pipeline, change) => changePipeline(database, pipeline, change),
    deletePipeline: (pipeline) => deletePipeline(database, pipeline),
    expirePipelines: (expiry) => expirePipelines(database, expiry),

    claimTasks: (limits) => claim(database, limits),
    noteSent: (tasks) => noteSent(database, tasks),
    markPublished: (tasks) => markPublished(database, tasks),
    unclaimTasks: (tasks) => unclaimTasks(database, tasks),
    reviveTasks: ({ publishingSeconds, runningSeconds }) =>
      reopenTasks(database, { publishing: publishingSeconds, published: null, running: runningSeconds, inboxes: true }),
    reviveSent: (known) => reopenSentTasks(database, known),
    republishAll: ({ running, olderThanSeconds = 0, inboxes = true }) =>
      reopenTasks(database, {
        publishing: olderThanSeconds,
        published: olderThanSeconds,
        running: running ? olderThanSeconds : null,
        inboxes,
      }),
    touchTasks: (tasks) => touchTasks(database, tasks),

    applyEvent: (event, policy) => applyEvent(database, event, policy),
    failDead: async (task, attempts) => {
      const job = await findJobOfTask(database, task);
      if (job === undefined) return { applied: false, ended: null };
      const message = 'The work was delivered as often as allowed and did not succeed.';
      return database.transaction((transaction) => applyDead(transaction, { job, task, attempt: attempts }, message));
    },

    listChanges: (query) => listChanges(database, query),
    lastChange: () => lastChange(database),
    pruneChanges: (seconds) => pruneChanges(database, seconds),
    expireJobs: (expiry) => expireJobs(database, expiry),
    expireImages: (expiry) => expireImages(database, expiry),
    noteOrphans: (objects, settleSeconds) => noteOrphans(database, objects, settleSeconds),
    listRemovals: (limit) => listRemovals(database, limit),
    forgetRemovals: (keys) => forgetRemovals(database, keys),
    rewindJobs: () => rewindJobs(database),
    countStates: async () => {
      const [jobs, tasks] = await Promise.all([countJobStates(database), countTaskStates(database)]);
      return { jobs, tasks };
    },
    oldestReadySeconds: () => oldestReadySeconds(database),

    ping: async () => {
      await database.query('select 1');
    },
    close: () => database.close(),
  };
}
