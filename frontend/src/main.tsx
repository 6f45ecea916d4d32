import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { fetchPage } from './app/routes';
import { setProbe } from './services/connection';
import { serverAnswers } from './services/probe';
import './styles/index.css';

setProbe(serverAnswers);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
void fetchPage(location.pathname).then(() =>
  // In slices, between which the browser answers to what the person does; shown at once when all of it is ready.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  ),
);
