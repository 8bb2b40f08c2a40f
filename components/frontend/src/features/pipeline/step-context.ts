import { createContext } from 'react';

/** Id of the step whose parameters are being edited, for fields that ask the preview for what goes into it. */
export const StepContext = createContext<number | undefined>(undefined);
