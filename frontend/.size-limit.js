// Budgets of the page, gzip. A limit that is broken fails `npm run check`.
// The files of a route are read from Vite's manifest: the entry, the page's chunk and all they import statically.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('dist/assets/manifest.json', import.meta.url), 'utf8'));

function filesOf(...names) {
  const files = new Set();
  const visit = (name) => {
    // The groups of vite.config.ts stand there by name, with the file's in front.
    const chunk = manifest[name] ?? Object.values(manifest).find((each) => each.name === name);
    if (!chunk) throw new Error(`${name} is not in the build`);
    files.add(`dist/${chunk.file}`);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const name of names) visit(name);
  return [...files];
}

const taskRoute = ['index.html', 'query', 'taskData', 'tasks'];
const lazyChunks = Object.values(manifest).filter(
  (chunk) => chunk.name !== undefined && chunk.isDynamicEntry && !taskRoute.includes(chunk.name),
);

export default [
  { name: 'entry: React, router, shell', path: filesOf('index.html'), limit: '100 kB', gzip: true },
  {
    name: 'log-in route, all JavaScript',
    path: filesOf('index.html', 'src/pages/LoginPage.tsx'),
    limit: '105 kB',
    gzip: true,
  },
  {
    name: 'task route, all JavaScript',
    path: filesOf(...taskRoute),
    limit: '130 kB',
    gzip: true,
  },
  { name: 'style sheets', path: 'dist/assets/*.css', limit: '12 kB', gzip: true },
  { name: 'all JavaScript', path: ['dist/assets/*.js', 'dist/start.js'], limit: '220 kB', gzip: true },
  ...lazyChunks.map((chunk) => ({
    name: `lazy chunk ${chunk.name}`,
    path: `dist/${chunk.file}`,
    limit: '25 kB',
    gzip: true,
  })),
];
