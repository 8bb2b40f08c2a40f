/** Factor of one step of the zoom by key or button. */
export const ZOOM_STEP = 1.5;
