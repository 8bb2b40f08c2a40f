import { connect, type ChannelModel } from 'amqplib';

const QUEUES = ['tessera.tasks.v1', 'tessera.events.v1'];

/** Delivers every message of the site's queues twice: a second queue hears all, and what it hears is sent again. */
export class MessageDoubler {
  readonly #model: ChannelModel;
  doubled = 0;

  private constructor(model: ChannelModel) {
    this.#model = model;
  }

  static async start(amqpUrl: string): Promise<MessageDoubler> {
    const model = await connect(amqpUrl);
    const doubler = new MessageDoubler(model);
    const channel = await model.createChannel();
    for (const name of QUEUES) {
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, name, '');
      await channel.consume(
        queue,
        (message) => {
          if (message === null) return;
          doubler.doubled++;
          // By the default exchange, which the second queue does not hear.
          channel.publish('', name, message.content, { ...message.properties, persistent: true });
        },
        { noAck: true },
      );
    }
    return doubler;
  }

  async stop(): Promise<void> {
    await this.#model.close();
  }
}
