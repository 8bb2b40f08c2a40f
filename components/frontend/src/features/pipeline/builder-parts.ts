import { latePart } from '../../app/late-part.ts';

/** The editors of a pipeline, with what they stand on (drag and drop, sliders): fetched with the first of them. */
const builder = () => import('./builder.tsx');
export const Steps = latePart(async () => (await builder()).Steps);
export const Output = latePart(async () => (await builder()).OutputEditor);

const catalogue = () => import('./catalogue/catalogue.tsx');
export const Catalogue = latePart(async () => (await catalogue()).Catalogue);
/** Fetches the catalogue for somebody who is about to open it. */
export const fetchCatalogue = (): void => void catalogue().catch(() => undefined);

export const SaveDialog = latePart(async () => (await import('./save-dialog.tsx')).SaveDialog);
export const GuardDialog = latePart(async () => (await import('./guard/guard-dialog.tsx')).GuardDialog);
export const PreviewPane = latePart(async () => (await import('./preview/preview-pane.tsx')).PreviewPane);
