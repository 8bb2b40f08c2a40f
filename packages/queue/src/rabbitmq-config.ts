import type { ConfigShape } from '@tessera/runtime';
import { z } from 'zod';

/** The variables that tell a process of its broker. */
export const rabbitMqConfigShape = {
  AMQP_URL: z
    .string()
    .default('amqp://127.0.0.1:5672')
    .describe(
      'URL of RabbitMQ (amqp:// or amqps://), with user and password; of a cluster the URLs of all nodes, with commas between them.',
    ),
  AMQP_CA_FILE: z.string().optional().describe('PEM file of the authority that signed the broker’s certificate.'),
} as const satisfies ConfigShape;
