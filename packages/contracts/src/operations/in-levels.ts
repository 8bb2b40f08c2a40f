/** What is said of a parameter that is a level, or a difference of levels: 8 bits are the unit, whatever the image has. */
export const inLevels = (about: string): string =>
  `${about} Told in levels of 8 bits (0–255), of images with 16 bits, too.`;
