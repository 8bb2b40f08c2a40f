/** Half the width of the world in Web Mercator, in metres. */
export const WORLD = 20_037_508.342789244;
