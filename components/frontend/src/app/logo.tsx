/** Opacity of each stone of the mosaic, row by row; the one in the middle carries the accent. */
const STONES = [1, 0.5, 0.22, 0.5, 1, 0.5, 1, 1, 0.5] as const;

/** Nine stones of a mosaic, one of them being worked on. */
export function Logo() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      {STONES.map((opacity, index) => (
        <rect
          key={index}
          x={(index % 3) * 9}
          y={Math.floor(index / 3) * 9}
          width="8"
          height="8"
          rx="2"
          fill={index === 4 ? 'var(--mantine-primary-color-filled)' : 'currentColor'}
          opacity={opacity}
        />
      ))}
    </svg>
  );
}
