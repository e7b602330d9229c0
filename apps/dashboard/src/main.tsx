// First: it must be in force before any schema is built. See vite.config.ts, too.
import './lib/zod-without-eval.ts';
import { plainWords } from '@interview-webhooks/schema';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app.tsx';
import { CrashScreen } from './app/crash-screen.tsx';
import { Providers } from './app/providers.tsx';
import './styles.css';

z.config({ customError: plainWords });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <CrashScreen>
      <Providers>
        <App />
      </Providers>
    </CrashScreen>
  </StrictMode>,
);
