import { cellsOf, taskEventSchema, taskMessageSchema, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import { gridRegion } from '@tessera/imaging';
import type { Broker, Delivery, DeliveryHandler, QueueName } from '@tessera/queue';
import { publicRef, submitSpan } from '../trace-ids.ts';
import type { Attributes, Span, SpanOptions, Tracing } from '../tracing.ts';
import { withOwn } from './with-own.ts';

export interface BrokerPlace {
  /** As OpenTelemetry names messaging systems. */
  readonly system: 'rabbitmq' | 'in_process';
  /** Name of this executor, for the spans of its tasks. */
  readonly executor?: string | undefined;
}

/** Stages whose tasks work on one region each. */
const REGIONAL: ReadonlySet<string> = new Set(['observe', 'materialize', 'render']);

/**
 * A broker whose messages carry the trace: a span for each publish, its name in the message's header, and a span for
 * each delivery below it. The time between the two is the time that the message waited.
 */
export function tracedBroker(broker: Broker, tracing: Tracing, place: BrokerPlace): Broker {
  if (!tracing.on) return broker;
  const messaging = (queue: QueueName): Attributes => ({
    'messaging.system': place.system,
    'messaging.destination.name': queue,
  });

  const publish: Broker['publish'] = (queue, body, options) =>
    dispatch(queue, body, (traceparent) => broker.publish(queue, body, { ...options, traceparent }));

  const send: Broker['send'] = (address, body, options) =>
    dispatch('tasks', body, (traceparent) => broker.send(address, body, { ...options, traceparent }));

  const dispatch = (
    queue: QueueName,
    body: unknown,
    run: (traceparent: string | undefined) => Promise<void>,
  ): Promise<void> => {
    const about = describe(queue, body);
    if (queue === 'events') tellOutcome(body as TaskEvent, tracing.current);
    const span: SpanOptions = {
      kind: 'producer',
      // The relay publishes for jobs of long ago: what is under way there has nothing to do with them.
      parent: queue === 'tasks' ? about.parent : tracing.current?.traceparent,
      attributes: { ...messaging(queue), 'messaging.operation.type': 'send', ...about.attributes },
    };
    return tracing.span(`publish ${queue}`, span, ({ traceparent }) => run(traceparent));
  };

  const consume: Broker['consume'] = (queue, options, handler) =>
    broker.consume(queue, options, (delivery) => receive(queue, delivery, handler));

  const openInbox: Broker['openInbox'] = (options, handler) =>
    broker.openInbox(options, (delivery) => receive('tasks', delivery, handler));

  const receive = (queue: QueueName, delivery: Delivery, handler: DeliveryHandler): Promise<void> => {
    const about = describe(queue, delivery.body);
    const span: SpanOptions = {
      kind: 'consumer',
      parent: delivery.traceparent ?? about.parent,
      attributes: {
        ...messaging(queue),
        'messaging.operation.type': 'process',
        ...about.attributes,
        'tessera.deliveries': delivery.deliveryCount + 1,
        ...(queue === 'tasks' && place.executor !== undefined ? { 'tessera.executor': place.executor } : {}),
      },
    };
    return tracing.span(about.name, span, async (current) => handler(watchEnd(delivery, current)));
  };

  return withOwn<Broker>(broker, { publish, consume, send, openInbox });
}

interface About {
  /** Name of the span of its delivery. */
  readonly name: string;
  readonly parent?: string | undefined;
  readonly attributes: Attributes;
}

function describe(queue: QueueName, body: unknown): About {
  if (queue === 'events') {
    const { data: event } = taskEventSchema.safeParse(body);
    if (event === undefined) return { name: 'event', attributes: {} };
    return { name: `event ${event.type}`, attributes: identify(event, event.attempt) };
  }
  const { data: message } = taskMessageSchema.safeParse(body);
  if (message === undefined) return { name: `process ${queue}`, attributes: {} };
  const kind = message.plan.stages[message.stage]?.kind ?? 'unknown';
  return {
    name: queue === 'dead' ? 'dead letter' : `task ${kind}`,
    parent: submitSpan(message.image.id, message.job),
    attributes: { ...identify(message, message.attempts + 1), 'tessera.stage.kind': kind, ...regionOf(message) },
  };
}

function identify({ job, stage, index }: Pick<TaskMessage, 'job' | 'stage' | 'index'>, attempt: number): Attributes {
  return {
    'tessera.job': publicRef(job),
    'tessera.stage': stage,
    'tessera.task.index': index,
    'tessera.attempt': attempt,
  };
}

function regionOf({ plan, stage, index }: TaskMessage): Attributes {
  const work = plan.stages[stage];
  if (work === undefined || !REGIONAL.has(work.kind)) return {};
  const { grid, picture } = cellsOf(plan, work);
  const { x, y, width, height } = gridRegion(grid, picture, index);
  return { 'tessera.region': `${width}x${height}+${x}+${y}` };
}

/** The span of a task fails with its task, which is told by the event and not by an error. */
function tellOutcome(event: TaskEvent, task: Span | undefined): void {
  if (event.type === 'failed' || event.type === 'returned') task?.fail(event.code);
}

function watchEnd(delivery: Delivery, span: Span): Delivery {
  return {
    ...delivery,
    retry: () => {
      span.set({ 'tessera.delivery.end': 'retry' });
      delivery.retry();
    },
    deadLetter: () => {
      span.fail('dead-lettered');
      delivery.deadLetter();
    },
  };
}
