import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { Authority } from '../public-side/authority.ts';
import type { OneMachine } from './one-machine.ts';
import type { SceneStep } from './scene.ts';

/** The name that the examples have already, so that nothing has to be filled in. */
const PUBLIC = 'https://tessera.example';
const CA = '/etc/ssl/tessera-test-authority.pem';

/** docs/operator/public-side.md, "Set up": the settings, and a proxy after the other in front of the same site. */
export function proxySteps(place: () => OneMachine) {
  const settings: SceneStep = {
    run: async ({ commands }) => {
      await place().write('/etc/tessera/master.env', commands);
      // The site listens on its own machine only, as it does without a setting.
      await place().write('/tessera/.env', 'MASTER_ENV=/etc/tessera/master.env\n');
      return place().run('docker compose up -d');
    },
    after: async () => {
      await place().smoke();
      const authority = await Authority.create(place().folder, 'public');
      const { cert, key } = await authority.issue('DNS:tessera.example');
      await place().write('/etc/tessera/tls/server.pem', await readFile(cert), '644');
      await place().write('/etc/tessera/tls/server.key', await readFile(key));
      await place().write(CA, await readFile(authority.caFile), '644');
      await place().run("echo '127.0.0.1 tessera.example' >>/etc/hosts && apt-get update --quiet");
    },
  };
  const works = async (): Promise<void> => {
    await place().smoke(PUBLIC, `NODE_EXTRA_CA_CERTS=${CA}`);
    const headers = await place().run(
      `curl --fail -sS --cacert ${CA} --dump-header - --output /dev/null -H 'accept: text/html' ${PUBLIC}/`,
    );
    expect(headers).toMatch(/^set-cookie: __Host-tessera=/im);
    expect(headers.match(/^strict-transport-security: /gim)).toHaveLength(1);
    const plain = await place().run('curl -sS --dump-header - --output /dev/null http://tessera.example/jobs');
    expect(plain).toMatch(/^HTTP\S+ 308[^]*^location: https:\/\/tessera\.example\/jobs\r?$/im);
  };
  const nginx: SceneStep = {
    after: async () => {
      await works();
      await place().run('systemctl disable --now nginx');
    },
  };
  const caddy: SceneStep = {
    after: async () => {
      // No authority on the internet gives a test a certificate: the other way that the example names is gone.
      await place().run(
        'chown caddy /etc/tessera/tls/server.key && chmod 711 /etc/tessera && ' +
          "sed -i 's/# tls /tls /' /etc/caddy/Caddyfile && systemctl reload caddy",
      );
      await works();
      await place().run('systemctl disable --now caddy');
    },
  };
  return { settings: { 'Set up': settings }, nginx: { 'Set up': nginx }, caddy: { 'Set up': caddy } };
}
