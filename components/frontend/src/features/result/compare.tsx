import { useCallback, useState } from 'react';
import { Handle, HandleRoot, Item, Provider, Root } from 'react-compare-slider/components';
import { useReactCompareSlider } from 'react-compare-slider/hooks';
import styles from './compare.module.css';

interface CompareProps {
  readonly name: string;
  /** Address of the original; undefined where it can't be shown. */
  readonly original: string | undefined;
  /** A smaller picture of the original, in case the browser does not read it. */
  readonly fallback: string | undefined;
  /** Address of the result. */
  readonly result: string;
  /** Whether parts of the result may be transparent. */
  readonly transparent: boolean;
}

const words = (position: number): string =>
  `Original ${Math.round(position)} %, result ${100 - Math.round(position)} %`;

/** The result over the original with a handle between them: pointer, touch and arrow keys move it. */
export function Compare({ name, original, fallback, result, transparent }: CompareProps) {
  const [broken, setBroken] = useState(false);
  const before = broken ? fallback : original;
  const ground = transparent || undefined;
  const after = (
    <img
      className={styles.image}
      data-transparent={ground}
      src={result}
      alt={`Result of ${name}`}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
  if (!before) return after;
  return (
    <Slider
      before={
        <img
          className={styles.image}
          data-transparent={ground}
          src={before}
          alt={`Original of ${name}`}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      }
      after={after}
    />
  );
}

function Slider({ before, after }: { readonly before: React.ReactNode; readonly after: React.ReactNode }) {
  const [handle, setHandle] = useState<HTMLDivElement | null>(null);
  const onPositionChange = useCallback(
    (position: number) => handle?.setAttribute('aria-valuetext', words(position)),
    [handle],
  );
  const slider = useReactCompareSlider({ onPositionChange, onlyHandleDraggable: false });
  const { handleRootRef } = slider;
  const takeHandle = useCallback(
    (element: HTMLDivElement | null) => {
      handleRootRef.current = element;
      setHandle(element);
    },
    [handleRootRef],
  );
  return (
    <Provider {...slider}>
      <Root className={styles.root}>
        <Item item="itemOne">{before}</Item>
        <Item item="itemTwo">{after}</Item>
        <span className={styles.caption} data-side="original" aria-hidden>
          Original
        </span>
        <span className={styles.caption} data-side="result" aria-hidden>
          Result
        </span>
        <HandleRoot
          ref={takeHandle}
          className={styles.handle}
          aria-label="Between original and result"
          aria-valuetext={words(50)}
        >
          <Handle buttonStyle={{ width: 38, height: 38, gap: 5 }} />
        </HandleRoot>
      </Root>
    </Provider>
  );
}
