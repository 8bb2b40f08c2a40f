import { preloadable } from '../../app/preloadable.tsx';

const part = preloadable(async () => (await import('./tray-list.tsx')).TrayList);

/** The list of the tray, with what it stands on: fetched when the first file is near. */
export const TrayList = part.Part;

/** Fetches the list for somebody who is about to add a file. */
export const fetchTrayList = part.preload;
