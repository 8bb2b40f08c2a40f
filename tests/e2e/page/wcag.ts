/** The rules of axe that the page keeps: WCAG 2.2 A and AA, and good practice. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
