import type { DeadGroup, DeadJob } from '@tessera/contracts';
import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import type { DeadGroupRow, DeadJobRow, JobStore } from '@tessera/store';
import { logRef } from '../log-ref.ts';
import { counterValue } from '../ops/counter-value.ts';
import { redriveDto } from '../ops/redrive-dto.ts';
import type { HandlersOf } from './parts.ts';

export interface DeadLetterParts {
  readonly store: JobStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Hours for which a failed job can be brought back. */
  readonly keepFailedHours: number;
  /** Seconds in which a redrive can be undone. */
  readonly undoSeconds: number;
}

type Ids =
  | 'listDeadGroups'
  | 'listDeadJobs'
  | 'discardDead'
  | 'listDiscards'
  | 'countRedrive'
  | 'createRedrive'
  | 'listRedrives'
  | 'getRedrive'
  | 'cancelRedrive';

/** What operators do about failed jobs. */
export function deadLetterHandlers(parts: DeadLetterParts): HandlersOf<Ids> {
  const { store, logger, metrics, now, newId, keepFailedHours, undoSeconds } = parts;
  const keeping = { keepFailedSeconds: keepFailedHours * 3600 };
  const at = (): string => now().toISOString();
  /** All operators have the same token: who it was is told by the name they give, and by their browser. */
  const label = (name: string | undefined, visitor: string): string => `${name ?? 'operator'} · ${logRef(visitor)}`;

  return {
    async listDeadGroups() {
      const groups = await store.deadGroups(keeping);
      const unreadableDead = await counterValue(metrics, 'tessera_dead_letters_unreadable_total');
      return { at: at(), groups: groups.map(groupDto), keepHours: keepFailedHours, unreadableDead };
    },

    async listDeadJobs({ params, query }) {
      const group = (await store.deadGroups(keeping)).find(({ id }) => id === params.group);
      if (group === undefined) throw new AppError('NOT_FOUND');
      const { jobs, next } = await store.deadJobs({ ...keeping, ...query, group: group.id });
      return { at: at(), group: groupDto(group), jobs: jobs.map(jobDto), next };
    },

    async discardDead({ body, visitor }) {
      const actor = label(body.actor, visitor());
      const discarded = await store.discardDead(body.filter, body.atMost, actor);
      logger.warn({ actor, jobs: discarded }, 'dead:discarded');
      return { discarded };
    },

    listDiscards: async ({ query }) => ({
      at: at(),
      discards: (await store.listDiscards(query.limit)).map(({ discardedAt, ...row }) => ({
        ...row,
        discardedAt: discardedAt.toISOString(),
      })),
    }),

    countRedrive: ({ body }) => store.countDead(body, keeping),

    async createRedrive({ body, visitor }) {
      const { key, filter, rate } = body;
      const actor = label(body.actor, visitor());
      const wish = { ...keeping, id: newId(), key, filter, rate, actor, undoSeconds };
      const { redrive, created } = await store.createRedrive(wish);
      if (created) logger.warn({ actor, jobs: redrive.total, rate }, 'redrive:created');
      return { at: at(), redrive: redriveDto(redrive) };
    },

    listRedrives: async ({ query }) => ({
      at: at(),
      redrives: (await store.listRedrives(query.limit)).map(redriveDto),
    }),

    async getRedrive({ params }) {
      const redrive = await store.getRedrive(params.redrive);
      if (redrive === undefined) throw new AppError('NOT_FOUND');
      return { at: at(), redrive: redriveDto(redrive) };
    },

    async cancelRedrive({ params, visitor }) {
      if (!(await store.cancelRedrive(params.redrive))) {
        throw new AppError('CONFLICT', { message: 'This redrive is over already.' });
      }
      logger.warn({ actor: label(undefined, visitor()) }, 'redrive:cancelled');
    },
  };
}

function groupDto(row: DeadGroupRow): DeadGroup {
  const { firstAt, lastAt, operations, hours, ...rest } = row;
  return {
    ...rest,
    operations: [...operations],
    hours: [...hours],
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  };
}

function jobDto({ failedAt, ...row }: DeadJobRow): DeadJob {
  return { ...row, failedAt: failedAt.toISOString() };
}
