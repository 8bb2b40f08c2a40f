import { useEffect, useRef, type RefObject } from 'react';

/** Told how far a wheel turned, and where: screen pixels from the middle of the area. */
export type ZoomAt = (delta: number, at: { readonly x: number; readonly y: number }) => void;

/** Enlarges by the wheel where the area has the focus, or with Ctrl or ⌘: a page that is scrolled over it scrolls on. */
export function useWheelZoom(area: RefObject<HTMLElement | null>, zoomAt: ZoomAt): void {
  const latest = useRef(zoomAt);
  useEffect(() => {
    latest.current = zoomAt;
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      latest.current(event.deltaY, { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 });
    };
    // React listens to wheels passively, and the page would scroll.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area]);
}
