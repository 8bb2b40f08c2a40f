/** Gives the focus a place when what had it is gone: never the page as a whole, where the keyboard starts anew. */
export function focusAfterRemoval(): void {
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const next = document.querySelector<HTMLElement>('[data-tray-list] button, [data-add-images] button');
    (next ?? document.getElementById('main'))?.focus();
  });
}
