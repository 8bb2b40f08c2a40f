import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MESSAGE_VERSION } from '@tessera/contracts';
import { parseConfig, type ConfigShape } from '@tessera/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executorConfigShape } from '../../../components/executor/src/config.ts';
import { masterConfigShape } from '../../../components/master/src/config.ts';
import { isPublicAddress } from '../../../packages/runtime/src/outbound/public-address.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { ManifestPrograms } from './manifest-programs.ts';
import { Manifests, quantity } from './manifest.ts';
import { allowed } from './network-policy.ts';
import { reachable, type IpBlock } from './reachable.ts';
import { readYaml } from './read-yaml.ts';
import { fillSecrets, usedSecrets } from './secrets.ts';

const EXAMPLE = 'config/kubernetes/overlays/example';
const SITES = [EXAMPLE, 'config/kubernetes/base', 'tests/deploy/kubernetes/site-behind-gateway'];
const GIBIBYTE = 1024 ** 3;

describe('the manifests for Kubernetes', () => {
  let programs: ManifestPrograms;
  let folder: TemporaryFolder;
  let text: string;
  let example: Manifests;
  beforeAll(async () => {
    programs = await ManifestPrograms.ensure();
    folder = await createTemporaryFolder('manifests');
    text = await programs.build(EXAMPLE);
    example = new Manifests(await readYaml(text));
  });
  afterAll(() => folder.remove());

  const validate = async (manifests: string) => {
    const file = join(folder.path, 'manifests.yaml');
    await writeFile(file, manifests);
    return programs.validate(file);
  };

  it.each(SITES)('%s is valid, every kind by the schema of its makers', async (site) => {
    const { ok, stdout, stderr } = await validate(await programs.build(site));
    expect(`${stdout}${stderr}`).toMatch(/Invalid: 0, Errors: 0, Skipped: 0/);
    expect(ok).toBe(true);
  });

  it.each([
    [
      'a field that a container does not have',
      'readOnlyRootFilesystem: true',
      'readOnlyRootFileSystem: true',
      "'readOnlyRootFileSystem' not allowed",
    ],
    ['a text for a number', 'maxReplicaCount: 20', 'maxReplicaCount: many', "'/spec/maxReplicaCount': got string"],
    ['a missing field', 'maxSkew: 1', 'minDomains: 1', "missing property 'maxSkew'"],
    [
      'a field that a scaler does not have',
      'minReplicaCount: 1',
      'minReplicasCount: 1',
      "'minReplicasCount' not allowed",
    ],
    ['an unknown word', 'behavior: currentReplicas', 'behavior: somehow', "'/spec/fallback/behavior'"],
    ['a text for the number of broker nodes', 'replicas: 3', 'replicas: three', "'/spec/replicas': got string"],
    [
      'an unknown field of a permission',
      'configure: ^tessera\\.',
      'configures: ^tessera\\.',
      "'configures' not allowed",
    ],
    [
      'an unknown field of a monitor',
      'podMetricsEndpoints:',
      'podMetricEndpoints:',
      "'podMetricEndpoints' not allowed",
    ],
    ['an unknown field of a network policy', 'podSelector:', 'podSelectors:', "'podSelectors' not allowed"],
    ['a list for a quantity', 'sizeLimit: 10Gi', 'sizeLimit: [10]', "/emptyDir/sizeLimit': got array"],
    ['an unknown kind', 'kind: PodDisruptionBudget', 'kind: PodDisruption', 'could not find schema for PodDisruption'],
    ['a version that is gone', 'apiVersion: policy/v1', 'apiVersion: policy/v1beta1', 'could not find schema'],
  ])('refuses %s', async (_, right, wrong, words) => {
    expect(text.includes(right)).toBe(true);
    const { ok, stdout } = await validate(text.replace(right, wrong));
    expect(ok).toBe(false);
    expect(stdout).toContain(words);
    expect(stdout).toMatch(/Invalid: [01], Errors: [01], Skipped: 0/);
  });

  describe.each([
    ['tessera-master', masterConfigShape as ConfigShape],
    ['tessera-executor', executorConfigShape as ConfigShape],
  ])('%s', (name, shape) => {
    it('is given variables that it knows, with values that it takes', () => {
      const variables = example.variables(name);
      const plain = Object.keys(variables).map((variable) =>
        variable.replace(/_FILE$/, (end) => (variable in shape ? end : '')),
      );
      expect(plain.filter((variable) => !(variable in shape))).toEqual([]);
      // Files of secrets are there in a pod only; in their place stands something that fits.
      const values = Object.entries(variables).map(([variable, value]) =>
        variable in shape
          ? [variable, value]
          : [variable.replace(/_FILE$/, ''), 'postgres://x/0123456789abcdef0123456789abcdef'],
      );
      expect(() => parseConfig(shape, Object.fromEntries(values) as Record<string, string>)).not.toThrow();
    });

    it('is given secrets as files of a mounted secret, and none as a value', () => {
      const { volumes, containers } = example.pod(name);
      const [{ volumeMounts }] = containers;
      for (const [variable, value] of Object.entries(example.variables(name))) {
        expect(variable).not.toMatch(/^(AMQP_URL|DATABASE_URL|.*_SECRET|.*_TOKEN|S3_.*KEY(_ID)?)$/);
        if (!variable.endsWith('_FILE')) continue;
        const mount = volumeMounts.find(({ mountPath }) => value.startsWith(`${mountPath}/`));
        expect(mount, variable).toMatchObject({ readOnly: true });
        expect(volumes.find((volume) => volume.name === mount?.name)?.secret?.secretName).toMatch(/^tessera-/);
      }
    });

    it('runs without privileges', () => {
      const pod = example.pod(name);
      const [container] = pod.containers;
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.image).toMatch(/:\d+\.\d+\.\d+$/);
    });

    it('has room for its decoders and its scratch files', () => {
      const { containers, volumes } = example.pod(name);
      const [{ resources }] = containers;
      const { DECODER_CHILDREN = '', DECODER_MEMORY_BYTES = '' } = example.variables(name);
      const decoders = Number(DECODER_CHILDREN) * Number(DECODER_MEMORY_BYTES);
      expect(quantity(resources.limits.memory ?? '')).toBeGreaterThanOrEqual(decoders + 0.5 * GIBIBYTE);
      const sizes = volumes.flatMap(({ emptyDir }) => (emptyDir ? [quantity(emptyDir.sizeLimit)] : []));
      const scratch = sizes.reduce((sum, size) => sum + size, 0);
      expect(quantity(resources.limits['ephemeral-storage'] ?? '')).toBeGreaterThan(scratch);
    });
  });

  it('an executor ends before it is killed, and fills no more than its volume', () => {
    const { EXECUTOR_DRAIN_SECONDS, EXECUTOR_SCRATCH_QUOTA, EXECUTOR_METRICS_HOST } =
      example.variables('tessera-executor');
    const { terminationGracePeriodSeconds, volumes } = example.pod('tessera-executor');
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(EXECUTOR_DRAIN_SECONDS) + 30);
    const scratch = volumes.find(({ name }) => name === 'scratch')?.emptyDir?.sizeLimit ?? '';
    expect(quantity(scratch)).toBeGreaterThanOrEqual(Number(EXECUTOR_SCRATCH_QUOTA) + GIBIBYTE);
    expect(EXECUTOR_METRICS_HOST).toBe('0.0.0.0');
  });

  it('a master is asked the right questions and ends after the balancers know', () => {
    const { containers, terminationGracePeriodSeconds } = example.pod('tessera-master');
    const [{ readinessProbe, livenessProbe, lifecycle }] = containers;
    expect(readinessProbe?.httpGet.path).toBe('/readyz');
    expect(livenessProbe.httpGet.path).toBe('/healthz');
    const pause = lifecycle?.preStop.sleep.seconds ?? 0;
    expect(pause).toBeGreaterThanOrEqual(5);
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(pause + 60);
    const { replicas } = example.one('Deployment', 'tessera-master').spec as { replicas: number };
    expect(replicas).toBeGreaterThanOrEqual(2);
  });

  it('the scaler counts the messages of the task queue against the slots of an executor', () => {
    const { triggers } = example.one('ScaledObject', 'tessera-executor').spec as {
      triggers: readonly { metadata: Readonly<Record<string, string>> }[];
    };
    const { EXECUTOR_SLOTS, MAX_ATTEMPTS } = example.variables('tessera-executor');
    const [{ resources }] = example.pod('tessera-executor').containers;
    expect(triggers[0]?.metadata).toMatchObject({
      protocol: 'http',
      queueName: `tessera.tasks.v${String(MESSAGE_VERSION)}`,
      mode: 'QueueLength',
      value: EXECUTOR_SLOTS,
    });
    expect(quantity(resources.requests.cpu ?? '')).toBe(Number(EXECUTOR_SLOTS));
    expect(example.variables('tessera-master').MAX_ATTEMPTS).toBe(MAX_ATTEMPTS);
    expect(example.one('Deployment', 'tessera-executor').spec).not.toHaveProperty('replicas');
  });

  it('every secret that is referred to is one that the folder of secrets makes', async () => {
    const rendered = await programs.build(await fillSecrets(folder.path));
    expect((await validate(rendered)).ok).toBe(true);
    const secrets = (await readYaml(rendered)) as readonly { metadata: { name: string }; data: object }[];
    const made = secrets.flatMap(({ metadata: { name }, data }) => [
      name,
      ...Object.keys(data).map((key) => `${name}/${key}`),
    ]);
    const used = usedSecrets(example);
    expect(used).toContain('tessera-master/cookie-secret');
    expect(used).toContain('tessera-scaler/password');
    expect(used).toContain('tessera-site-tls');
    expect(used.filter((secret) => !made.includes(secret))).toEqual([]);
  });

  it('executors reach the names, the broker and the store; masters the database too; balancers reach masters', () => {
    const policies = example.ofKind('NetworkPolicy');
    const pod = (component: string) => ({
      'app.kubernetes.io/name': 'tessera',
      'app.kubernetes.io/component': component,
    });
    expect(allowed(policies, 'Egress', pod('executor'))).toEqual([53, 443, 5671]);
    expect(allowed(policies, 'Egress', pod('master'))).toEqual([53, 80, 443, 5432, 5671]);
    expect(allowed(policies, 'Ingress', pod('executor'))).toEqual([9464]);
    expect(allowed(policies, 'Ingress', pod('master'))).toEqual([8080]);
  });

  it('executors have a way out where rasters on web servers are asked for', async () => {
    const site = new Manifests(await readYaml(await programs.build(SITES[2] ?? '')));
    const executor = { 'app.kubernetes.io/name': 'tessera', 'app.kubernetes.io/component': 'executor' };
    expect(allowed(site.ofKind('NetworkPolicy'), 'Egress', executor)).toEqual([53, 80, 443]);
    for (const name of ['tessera-master', 'tessera-executor']) {
      expect([name, site.variables(name).FETCH_RASTERS]).toEqual([name, 'true']);
      expect([name, example.variables(name).FETCH_RASTERS]).toEqual([name, undefined]);
    }
  });

  it.each(['master', 'executor'])(
    'a %s reaches those addresses that it takes for public, and no others',
    async (who) => {
      const site = new Manifests(await readYaml(await programs.build(SITES[2] ?? '')));
      const policy = site
        .ofKind('NetworkPolicy')
        .find(({ metadata }) => metadata.name === `tessera-${who}-to-internet`);
      const { egress } = policy?.spec as { egress: readonly { to: readonly { ipBlock: IpBlock }[] }[] };
      const blocks = egress.flatMap(({ to }) => to.map(({ ipBlock }) => ipBlock));
      // The first address of every range, the ones next to it, and any others.
      const edges = blocks.flatMap(({ cidr, except = [] }) => [cidr, ...except]).map((cidr) => cidr.split('/')[0]!);
      const v4 = edges.filter((address) => !address.includes(':')).flatMap(neighbours);
      const v6 = edges.filter((address) => address.includes(':'));
      for (const address of [...v4, ...v6, 'fe80::1', 'fd00::1', '::1', '2606:4700::1', '1.1.1.1']) {
        expect([address, reachable(blocks, address)]).toEqual([address, isPublicAddress(address)]);
      }
      fc.assert(
        fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
          // Masters judge IPv4 addresses in IPv6 by what they wrap; networks know no such addresses.
          fc.pre(!/^::|^64:ff9b:/i.test(address));
          expect(reachable(blocks, address)).toBe(isPublicAddress(address));
        }),
        { numRuns: 500 },
      );
    },
  );
});

/** An IPv4 address, and those before and after it. */
function neighbours(address: string): readonly string[] {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [number - 1, number, number + 1]
    .filter((each) => each >= 0)
    .map((each) => [24, 16, 8, 0].map((bits) => Math.floor(each / 2 ** bits) % 256).join('.'));
}
