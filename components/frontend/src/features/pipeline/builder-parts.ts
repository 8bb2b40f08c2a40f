import { lazy } from 'react';

/** The editors of a pipeline, with what they stand on (drag and drop, sliders): fetched with the first of them. */
const builder = () => import('./builder.tsx');
export const Steps = lazy(async () => ({ default: (await builder()).Steps }));
export const Output = lazy(async () => ({ default: (await builder()).OutputEditor }));

const catalogue = () => import('./catalogue/catalogue.tsx');
export const Catalogue = lazy(async () => ({ default: (await catalogue()).Catalogue }));
/** Fetches the catalogue for somebody who is about to open it. */
export const fetchCatalogue = (): void => void catalogue();

export const SaveDialog = lazy(async () => ({ default: (await import('./save-dialog.tsx')).SaveDialog }));
export const GuardDialog = lazy(async () => ({ default: (await import('./guard/guard-dialog.tsx')).GuardDialog }));
export const PreviewPane = lazy(async () => ({ default: (await import('./preview/preview-pane.tsx')).PreviewPane }));
