import type { Manifest } from './manifest.ts';

type Direction = 'Ingress' | 'Egress';
type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports?: readonly { readonly port: number }[];
}

interface Policy {
  readonly podSelector: { readonly matchLabels?: Labels };
  readonly policyTypes: readonly Direction[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/**
 * The ports that a pod may be reached on, or may reach elsewhere, in ascending order.
 *
 * @throws Error if no policy shuts this direction, or a rule opens it for everybody or on every port.
 */
export function allowed(policies: readonly Manifest[], direction: Direction, pod: Labels): readonly number[] {
  const selecting = policies.map(({ spec }) => spec as Policy).filter((policy) => concerns(policy, direction, pod));
  if (selecting.length === 0) throw new Error(`Everything may pass: ${direction}.`);
  const rules = selecting.flatMap(({ ingress = [], egress = [] }) => (direction === 'Ingress' ? ingress : egress));
  const ports = rules.flatMap((rule) => {
    if ((rule.from ?? rule.to ?? []).length === 0) throw new Error('A rule opens its ports for everybody.');
    if (!rule.ports) throw new Error('A rule opens every port.');
    return rule.ports.map(({ port }) => port);
  });
  return [...new Set(ports)].sort((one, other) => one - other);
}

function concerns({ podSelector, policyTypes }: Policy, direction: Direction, pod: Labels): boolean {
  const wanted = Object.entries(podSelector.matchLabels ?? {});
  return policyTypes.includes(direction) && wanted.every(([label, value]) => pod[label] === value);
}
