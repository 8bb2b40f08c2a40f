import '../../theme/mantine-inputs.css';
import { Button, NativeSelect, NumberInput, RangeSlider, Slider } from '@mantine/core';
import { IconExternalLink, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { boundsOf, isPicture, lookOf, paletteOf } from './look-of.ts';
import type { MapSearch } from './map-search.ts';
import styles from './map-panel.module.css';
import { PALETTE_NAMES } from './palette-names.ts';
import { ProductState } from './product-state.tsx';
import { ShareSwitch } from './share-switch.tsx';
import { useProductName } from './use-product-name.ts';
import type { ChangeMap } from './use-map-search.ts';
import { measureOf, type MapProduct } from './use-product.ts';

interface LookPanelProps {
  readonly product: MapProduct;
  readonly beside: MapProduct;
  readonly seen: MapSearch;
  readonly onChange: ChangeMap;
}

/** How the product on the map is drawn, and what it is compared with. */
export function LookPanel({ product, beside, seen, onChange }: LookPanelProps) {
  const words = useTranslations('map.look');
  const nameOf = useProductName();
  const name = nameOf(product);
  const isGone = product.failure === 'gone';
  if (seen.product === undefined) return <p className={styles.hint}>{words('none')}</p>;
  return (
    <div className={styles.stack}>
      <section className={styles.stack} aria-label={words('product')}>
        {(!isGone || name !== undefined) && (
          <h3 className={styles.name}>
            <bdi>{name ?? '…'}</bdi>
          </h3>
        )}
        <ProductState product={product} />
        {isGone && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconX size={16} aria-hidden />}
            onClick={() => onChange({ product: undefined })}
          >
            {words('close')}
          </Button>
        )}
        <ShareSwitch product={product} />
        {product.ready && <Controls product={product} seen={seen} onChange={onChange} />}
        {product.job && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconExternalLink size={16} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/jobs/$job" params={{ job: product.job?.id ?? '' }} />}
          >
            {words('result')}
          </Button>
        )}
      </section>
      {seen.beside !== undefined && (
        <section className={styles.stack} aria-label={words('beside')}>
          <h3 className={styles.name}>
            {words('comparedWith')} <bdi>{nameOf(beside) ?? '…'}</bdi>
          </h3>
          <ProductState product={beside} />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconX size={16} aria-hidden />}
            onClick={() => onChange({ beside: undefined })}
          >
            {words('endCompare')}
          </Button>
        </section>
      )}
    </div>
  );
}

function Controls({ product, seen, onChange }: Omit<LookPanelProps, 'beside'>) {
  const words = useTranslations('map.look');
  const palettes = useTranslations('map.palettes');
  const format = useFormatter();
  const { ready } = product;
  const measure = measureOf(product);
  if (!ready) return null;
  const { facts, spread } = ready;
  const { range } = lookOf(facts, spread, measure, seen);
  const bounds = boundsOf(facts, spread);
  const [min, max] = [Math.min(bounds.min, range.low), Math.max(bounds.max, range.high)];
  const step = (max - min) / 200;
  const number = (value: number): string => format.number(value, { maximumSignificantDigits: 3 });
  const setRange = (low: number, high: number): void =>
    onChange({ low: Math.min(low, high), high: Math.max(low, high) });
  return (
    <>
      {!isPicture(facts) && (
        <NativeSelect
          label={words('palette')}
          value={seen.palette ?? paletteOf(measure)}
          onChange={(event) => {
            const palette = PALETTE_NAMES.find((name) => name === event.currentTarget.value);
            onChange({ palette });
          }}
          data={PALETTE_NAMES.map((value) => ({ value, label: palettes(value) }))}
        />
      )}
      <fieldset className={styles.group}>
        <legend>{words('range')}</legend>
        <div className={styles.slider}>
          <RangeSlider
            min={min}
            max={max}
            step={step}
            minRange={step}
            value={[range.low, range.high]}
            onChange={([low, high]) => setRange(low, high)}
            label={number}
            thumbFromLabel={words('low')}
            thumbToLabel={words('high')}
          />
        </div>
        <div className={styles.pair}>
          <NumberInput
            label={words('low')}
            size="xs"
            hideControls
            value={Number(range.low.toPrecision(6))}
            onChange={(value) => typeof value === 'number' && setRange(value, range.high)}
          />
          <NumberInput
            label={words('high')}
            size="xs"
            hideControls
            value={Number(range.high.toPrecision(6))}
            onChange={(value) => typeof value === 'number' && setRange(range.low, value)}
          />
        </div>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={seen.low === undefined && seen.high === undefined}
          onClick={() => onChange({ low: undefined, high: undefined })}
        >
          {words('resetRange')}
        </Button>
      </fieldset>
      <div className={styles.slider}>
        <span className={styles.label} aria-hidden>
          {words('opacity')}
        </span>
        <Slider
          thumbLabel={words('opacity')}
          value={seen.opacity}
          onChange={(opacity) => onChange({ opacity })}
          label={(value) => format.number(value / 100, { style: 'percent' })}
        />
      </div>
    </>
  );
}
