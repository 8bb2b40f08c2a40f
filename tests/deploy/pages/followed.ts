/** A name for each place that a page has commands for, and by what they are followed or why they are not. */
type Places = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The test, in tests/, that runs the commands of a page for a place word for word, all of them. */
export const followed: Places = {
  'README.md': {
    site: 'deploy/pages/one-machine.test.ts',
    visitor: 'deploy/pages/one-machine.test.ts',
    nodes: 'deploy/machines/site.test.ts',
  },
  'docs/operator/data.md': {
    site: 'deploy/pages/one-machine.test.ts',
    server: 'deploy/native/native-site.test.ts',
    worker: 'deploy/native/native-site.test.ts',
  },
  'docs/operator/docker.md': {
    site: 'deploy/pages/one-machine.test.ts',
    store: 'deploy/pages/one-machine.test.ts',
    server: 'deploy/pages/by-hand.test.ts',
    worker: 'deploy/pages/by-hand.test.ts',
  },
  'docs/operator/machines.md': {
    broker: 'deploy/machines/site.test.ts',
    server: 'deploy/machines/site.test.ts',
    worker: 'deploy/machines/site.test.ts',
    proxied: 'deploy/machines/site.test.ts',
    site: 'deploy/pages/one-machine.test.ts',
  },
  'docs/operator/medians.md': {
    'executor.env': 'deploy/pages/settings.test.ts',
    dispatcher: 'deploy/pages/settings.test.ts',
    'worker.env': 'deploy/pages/settings.test.ts',
    'pusher.env': 'deploy/pages/settings.test.ts',
  },
  'docs/operator/native.md': {
    project: 'deploy/native/native-site.ts',
    server: 'deploy/native/native-site.test.ts',
    worker: 'deploy/native/native-site.test.ts',
    restricted: 'deploy/native/native-site.test.ts',
  },
  'docs/operator/public-side.md': {
    'master.env': 'deploy/pages/one-machine.test.ts',
    nginx: 'deploy/pages/one-machine.test.ts',
    caddy: 'deploy/pages/one-machine.test.ts',
    rolling: 'deploy/public-side/rolling-loop.ts',
  },
  'docs/operator/scale.md': {
    settings: 'deploy/broker-cluster/cluster-scene.ts',
    broker: 'deploy/broker-cluster/broker-cluster.test.ts',
  },
  'docs/operator/watching.md': { settings: 'deploy/watching/watched-site.ts' },
};

/** Why commands of a page for a place are run by no test. */
export const notFollowed: Places = {
  'README.md': {
    start:
      '`npm test` is the run that these tests belong to, and tests/e2e drives in a browser what `npm start` starts.',
    catalogue:
      'Scenes of a public catalogue on the internet: tests/e2e/cli-products.test.ts runs the command on one of its own.',
  },
};
