import type { Broker } from '@tessera/queue';
import type { JobStore } from '@tessera/store';

/** Moments at which a death could lose or double work, for fault tests. */
export const FAIL_POINTS = ['before-publish', 'after-publish', 'before-last-commit'] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

interface Parts {
  readonly broker: Broker;
  readonly store: JobStore;
}

/**
 * Wraps broker and store so that the process dies, as by SIGKILL, when it first comes to the point: after the database
 * knows of a task and before the broker does, after the broker took it and before the database knows, or before the
 * commit that would end a job.
 */
export function withFailPoint(point: FailPoint, { broker, store }: Parts, die: () => never): Parts {
  const publish: Broker['publish'] = async (queue, body, options) => {
    if (point === 'before-publish' && queue === 'tasks') die();
    await broker.publish(queue, body, options);
    if (point === 'after-publish' && queue === 'tasks') die();
  };
  const applyEvent: JobStore['applyEvent'] = (event, policy) => {
    if (point === 'before-last-commit' && event.type === 'done' && event.result) die();
    return store.applyEvent(event, policy);
  };
  return { broker: overridden(broker, { publish }), store: overridden(store, { applyEvent }) };
}

/** An object that answers some calls itself and leaves all others to `target`. */
function overridden<Target extends object>(target: Target, own: Partial<Target>): Target {
  return new Proxy(target, {
    get: (_, name) => {
      if (name in own) return own[name as keyof Target];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
