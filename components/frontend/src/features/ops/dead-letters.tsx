import { useTranslations } from 'use-intl';
import { getDeadGroups, listDiscards, listRedrives } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { AuditList } from './audit-list.tsx';
import { DeadGroupList } from './dead-group-list.tsx';
import { DeadGroupView } from './dead-group-view.tsx';
import { OpsPage } from './ops-page.tsx';
import { RedriveCard } from './redrive-card.tsx';
import { RedriveControls } from './redrive-controls.tsx';
import { useNow } from './use-now.ts';
import { useOps } from './use-ops.ts';
import { useRedriveNews } from './use-redrive-news.ts';
import styles from './dead-letters.module.css';

/** Milliseconds for which a redrive that is over stays in sight. */
const IN_SIGHT = 120_000;
const EVERY = 2000;

/** Failed work by cause, one cause in detail, and what was done about it. */
export function DeadLetters({ group }: { readonly group: string | undefined }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const now = useNow();
  const dead = useOps(['dead'], getDeadGroups, EVERY);
  const redrives = useOps(['redrives'], listRedrives, EVERY);
  const list = redrives.data?.redrives ?? [];
  const discards = useOps(['discards'], listDiscards, EVERY).data?.discards ?? [];
  useRedriveNews(list);
  const current = list.filter(({ finishedAt }) => finishedAt === null || now - Date.parse(finishedAt) < IN_SIGHT);
  const last = list.find(({ finishedAt }) => finishedAt !== null);

  return (
    <OpsPage
      query={dead}
      headline={({ groups }) => {
        if (groups.length > 0) {
          return words('dead.headline', {
            groups: groups.length,
            jobs: groups.reduce((sum, { jobs }) => sum + jobs, 0),
          });
        }
        const ago = last && formats.relative(new Date(last.createdAt), new Date(now));
        return ago === undefined ? words('dead.none') : words('dead.noneSince', { ago });
      }}
    >
      {({ groups, keepHours, unreadableDead }) => {
        const chosen = groups.find(({ id }) => id === group);
        return (
          <>
            {current.length > 0 && (
              <div className={styles.current}>
                {current.map((redrive) => (
                  <RedriveCard
                    key={redrive.id}
                    redrive={redrive}
                    at={redrives.data?.at}
                    arrivedAt={redrives.dataUpdatedAt}
                  />
                ))}
              </div>
            )}
            {groups.length > 0 && (
              <div className={styles.split} data-chosen={group !== undefined || undefined}>
                <div className={styles.side}>
                  <DeadGroupList groups={groups} chosen={group} />
                  {groups.length > 1 && (
                    <RedriveControls
                      filter={{}}
                      of="all"
                      jobs={groups.reduce((sum, { jobs }) => sum + jobs, 0)}
                      redrivable={groups.reduce((sum, { redrivable }) => sum + redrivable, 0)}
                    />
                  )}
                </div>
                {chosen !== undefined && <DeadGroupView key={chosen.id} group={chosen} keepHours={keepHours} />}
                {chosen === undefined && group !== undefined && (
                  <p className={styles.hint}>{words('dead.groupGone')}</p>
                )}
                {group === undefined && <p className={styles.hint}>{words('dead.choose')}</p>}
              </div>
            )}
            {groups.length === 0 && current.length === 0 && <p className={styles.hint}>{words('dead.quiet')}</p>}
            {unreadableDead > 0 && <p>{words('queues.unreadable', { count: unreadableDead })}</p>}
            {list.length + discards.length > 0 && <AuditList redrives={list} discards={discards} />}
          </>
        );
      }}
    </OpsPage>
  );
}
