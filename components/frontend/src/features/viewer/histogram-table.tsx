import type { HistogramDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { channelFacts } from './channel-facts.ts';
import styles from './histogram.module.css';

/** What the curves come to, channel by channel. */
export function HistogramTable({ histogram }: { readonly histogram: HistogramDto }) {
  const words = useTranslations('viewer.histogram');
  const formats = useFormats();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words('channel')}</th>
          <th scope="col">{words('mean')}</th>
          <th scope="col">{words('median')}</th>
          <th scope="col">{words('range')}</th>
          <th scope="col">{words('black')}</th>
          <th scope="col">{words('white')}</th>
        </tr>
      </thead>
      <tbody>
        {histogram.channels.map(channelFacts).map((facts) => (
          <tr key={facts.name}>
            <th scope="row">
              <span className={styles.swatch} data-channel={facts.name} aria-hidden />
              {words(`channels.${facts.name}`)}
            </th>
            <td>{formats.count(Math.round(facts.mean))}</td>
            <td>{formats.count(facts.median)}</td>
            <td>
              <bdi dir="ltr">
                {formats.count(facts.darkest)}–{formats.count(facts.brightest)}
              </bdi>
            </td>
            <td>{formats.percent(facts.black)}</td>
            <td>{formats.percent(facts.white)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
