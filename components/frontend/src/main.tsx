import './theme/mantine.css';
import './theme/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { preferredLocale } from './app/locale.ts';
import { loadMessages } from './messages/index.ts';

function browserStorage(which: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[which];
  } catch {
    return undefined;
  }
}

const root = document.getElementById('root');
if (root) {
  const storage = browserStorage('localStorage');
  const locale = preferredLocale(storage, navigator.languages);
  const messages = await loadMessages(locale);
  createRoot(root).render(
    <StrictMode>
      <App language={{ locale, messages }} storage={storage} session={browserStorage('sessionStorage')} />
    </StrictMode>,
  );
}
