import { taskMessageSchema } from '@tessera/contracts';
import { KERNEL_VERSION } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import { readRequest } from '../http/read-request.ts';
import { serveWork, type WorkServer, type WorkServerOptions } from '../http/work-server.ts';
import type { TaskWork } from '../task-work.ts';

export interface TaskServerOptions extends Omit<WorkServerOptions, 'path' | 'work'> {
  /** Started and closed by the caller. */
  readonly work: Pick<TaskWork, 'run'>;
  /** Version of the pixels that `work` makes. Default: that of this program. */
  readonly kernel?: string | undefined;
}

/**
 * Listens for `POST /tasks`, whose body is the message that would otherwise come by the queue: 204 once the task's receipt is
 * stored. Nothing of the queue is touched: who sent the task tells the masters. A task whose plan promises pixels of another
 * version is turned away, so that another worker is asked.
 */
export function serveTasks({ work, kernel = KERNEL_VERSION, ...options }: TaskServerOptions): Promise<WorkServer> {
  return serveWork({
    ...options,
    path: '/tasks',
    work: async (body, signal) => {
      const message = readRequest(taskMessageSchema, body);
      if (message.plan.kernel !== kernel) throw new AppError('EXECUTOR_UNWILLING');
      await work.run(message, signal);
    },
  });
}
