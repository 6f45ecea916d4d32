import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { precompress } from './build/precompress.ts';
import { preloadTasks } from './build/preloadTasks.ts';

export default defineConfig(({ mode }) => {
  const api = loadEnv(mode, import.meta.dirname, 'API_').API_ADDRESS ?? 'http://127.0.0.1:8080';
  const proxy = { '/api': api, '/healthz': api, '/config.json': api };
  return {
    resolve: {
      alias: [
        // What lucide makes its icons with; the file says why.
        { find: '../createLucideIcon.mjs', replacement: join(import.meta.dirname, 'src/components/ui/lucideIcon.ts') },
      ],
    },
    plugins: [react(), tailwindcss(), preloadTasks(), precompress()],
    // One port per command and a loopback address, so that the documents can name them.
    server: { host: '127.0.0.1', port: 5173, strictPort: true, proxy },
    preview: { host: '127.0.0.1', port: 4173, strictPort: true, proxy },
    build: {
      target: 'baseline-widely-available',
      manifest: 'assets/manifest.json',
      // Data URLs in CSS would need a wider policy than the page has.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          // One chunk for what every page needs and one for each kind of page, each with all that it imports and no
          // earlier one has: cut by usage they came as nineteen small ones, which compress worse and load later.
          codeSplitting: {
            groups: [
              { name: 'core', tags: ['$initial'], priority: 6 },
              // What the list needs of the forms: labels, messages, logging out.
              { name: 'shared', test: /src\/(components\/ui\/Field|services\/(messages|logOut))/, priority: 5 },
              { name: 'query', test: /src\/app\/WithQueries|react-query\/.*\/useQuery\.js/, priority: 4 },
              // Apart from the page of the tasks: with it the list is asked for while the page is on its way.
              { name: 'taskData', test: /src\/services\/taskData/, priority: 3 },
              { name: 'tasks', test: /src\/pages\/Home/, priority: 2 },
              {
                name: 'forms',
                test: /src\/(components\/auth\/(AuthLayout|PasswordField|Sheet)|components\/ui\/(ErrorSummary|Footer|QuietLink)|hooks\/useForm|i18n\/(en\/)?auth|services\/(auth|codeFlow|formErrors))/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
    test: {
      environment: 'happy-dom',
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/test/setup.ts'],
      restoreMocks: true,
      testTimeout: 30_000,
      // The whole document in every failure hides what failed.
      env: { DEBUG_PRINT_LIMIT: '0' },
    },
  };
});
