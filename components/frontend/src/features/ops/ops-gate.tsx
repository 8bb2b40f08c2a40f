import '../../theme/mantine-inputs.css';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '../../api/api-error.ts';
import { getOpsAccess, tryToken } from '../../api/ops.ts';
import { keepOperator } from './ops-token.ts';
import { OPS_KEY } from './use-ops.ts';
import styles from './ops.module.css';

/** Asks for the operator's token, or says how to set one where the site has none. */
export function OpsGate() {
  const words = useTranslations('ops');
  const access = useQuery({
    queryKey: [OPS_KEY, 'access'],
    queryFn: ({ signal }) => getOpsAccess(signal),
    staleTime: 60_000,
  });
  const [token, setToken] = useState('');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<'refused' | 'unreachable'>();
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  // Whoever was refused goes on where the mistake is, and hears why.
  useEffect(() => {
    if (problem !== undefined) field.current?.focus();
  }, [problem]);

  const enter = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setAsking(true);
    setProblem(undefined);
    try {
      await tryToken(token.trim());
      keepOperator({ token: token.trim(), name: name.trim() });
    } catch (error) {
      setProblem(error instanceof ApiError && error.status === 401 ? 'refused' : 'unreachable');
      setAsking(false);
    }
  };

  return (
    <section className={styles.gate} aria-labelledby="ops-gate">
      <h2 id="ops-gate">{words('gate.title')}</h2>
      {access.data?.configured === false ? (
        <>
          <p>{words('gate.none')}</p>
          <p>{words('gate.how')}</p>
          <pre dir="ltr">ADMIN_TOKEN=$(openssl rand -hex 24) npm start</pre>
        </>
      ) : (
        <form onSubmit={(event) => void enter(event)} autoComplete="off">
          <p>{words('gate.about')}</p>
          <TextInput
            ref={field}
            type="password"
            label={words('gate.token')}
            value={token}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            error={problem === undefined ? undefined : words(`gate.${problem}`)}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <TextInput
            label={words('gate.name')}
            description={words('gate.nameAbout')}
            value={name}
            autoComplete="off"
            maxLength={40}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={asking} disabled={token.trim() === ''}>
            {words('gate.enter')}
          </Button>
          <p className={styles.small}>{words('gate.kept')}</p>
        </form>
      )}
    </section>
  );
}
