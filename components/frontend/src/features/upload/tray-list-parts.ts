import { lazy } from 'react';

const part = () => import('./tray-list.tsx');

/** The list of the tray, with what it stands on: fetched when the first file is near. */
export const TrayList = lazy(async () => ({ default: (await part()).TrayList }));

/** Fetches the list for somebody who is about to add a file. */
export const fetchTrayList = (): void => void part();
