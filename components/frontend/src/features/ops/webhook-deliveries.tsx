import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DeliveryState, OpsDelivery } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { listOpsDeliveries } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { DataTable } from './data-table.tsx';
import { OpsPage } from './ops-page.tsx';
import { useOps } from './use-ops.ts';
import styles from './ops.module.css';

const route = getRouteApi('/ops/webhooks');
const STATES = ['waiting', 'delivered', 'failed'] as const satisfies readonly DeliveryState[];
const MARKS = { waiting: 'waiting', delivered: 'done', failed: 'failed' } as const;

/** What webhooks of all visitors were told: which hosts were not reached, and why. */
export function WebhookDeliveries() {
  const words = useTranslations('ops.webhooks');
  const pages = useTranslations('ops.pages');
  const problems = useTranslations('problem.what');
  const formats = useFormats();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useOps(['deliveries', state ?? 'all'], (signal) => listOpsDeliveries(state, signal));
  const answer = ({ status, error, nextAt }: OpsDelivery): string =>
    [
      ...(status === null ? [] : [words('status', { status: String(status) })]),
      ...(error === null ? [] : [problems(error)]),
      ...(nextAt === null || (status === null && error === null)
        ? []
        : [words('next', { when: formats.clock(new Date(nextAt)) })]),
    ].join(' · ') || '–';
  return (
    <OpsPage
      query={query}
      headline={({ counts: { waiting, delivered, failed } }) =>
        waiting + delivered + failed === 0
          ? words('none')
          : [words('headline', { failed }), words('waiting', { count: waiting })].join(' ').trim()
      }
    >
      {({ counts, deliveries }) =>
        counts.waiting + counts.delivered + counts.failed === 0 ? (
          <p className={styles.notice}>{words('quiet')}</p>
        ) : (
          <>
            <div>
              <SegmentedControl
                size="xs"
                aria-label={words('show')}
                value={state ?? 'all'}
                onChange={(next) => {
                  const chosen = STATES.find((each) => each === next);
                  void navigate({ search: chosen ? { state: chosen } : {}, replace: true, resetScroll: false });
                }}
                data={[
                  { value: 'all', label: words('all') },
                  ...STATES.map((value) => ({
                    value,
                    label: `${words(`states.${value}`)} ${formats.count(counts[value])}`,
                  })),
                ]}
              />
            </div>
            {deliveries.length === 0 && <p>{words('nothing')}</p>}
            {deliveries.length > 0 && (
              <DataTable<OpsDelivery>
                label={pages('webhooks')}
                rows={deliveries}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'when', title: words('when'), cell: ({ at }) => formats.dateTime(new Date(at)) },
                  {
                    key: 'about',
                    title: words('about'),
                    cell: ({ job, batch }) =>
                      job !== null ? (
                        <Link className={styles.link} to="/jobs/$job" params={{ job }}>
                          {words('job')}
                        </Link>
                      ) : (
                        batch !== null && (
                          <Link className={styles.link} to="/w/$batch" params={{ batch }}>
                            {words('batch')}
                          </Link>
                        )
                      ),
                  },
                  { key: 'host', title: words('host'), cell: ({ host }) => <bdi dir="ltr">{host}</bdi> },
                  {
                    key: 'state',
                    title: words('state'),
                    cell: (delivery) => (
                      <span className={styles.marked}>
                        <StateMark state={MARKS[delivery.state]} /> {words(`states.${delivery.state}`)}
                      </span>
                    ),
                  },
                  {
                    key: 'attempts',
                    title: words('attempts'),
                    figure: true,
                    cell: ({ attempts }) => formats.count(attempts),
                  },
                  { key: 'answer', title: words('answer'), cell: answer },
                ]}
              />
            )}
          </>
        )
      }
    </OpsPage>
  );
}
