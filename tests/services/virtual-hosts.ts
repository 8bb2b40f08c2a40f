/** Virtual hosts of the shared RabbitMQ, so that sites that run at one time do not take each other's tasks. */
export const VIRTUAL_HOSTS: readonly string[] = Array.from({ length: 8 }, (_, index) => `site-${String(index)}`);
