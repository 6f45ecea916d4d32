import type { Plugin } from 'vite';

/** What the task page is made of, apart from the entry; see src/app/routes.tsx. */
const kModules = ['src/pages/Home.tsx', 'src/services/taskData.ts', 'src/app/WithQueries.tsx'];

/** Tells public/start.js, by an attribute of its element, which files the task page needs. */
export function preloadTasks(): Plugin {
  return {
    name: 'preload-tasks',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const files = new Set<string>();
        const visit = (chunk: (typeof chunks)[number] | undefined) => {
          if (!chunk || chunk.isEntry || files.has(`/${chunk.fileName}`)) return;
          files.add(`/${chunk.fileName}`);
          for (const name of chunk.imports) visit(chunks.find((each) => each.fileName === name));
        };
        for (const module of kModules) {
          const chunk = chunks.find((each) => each.moduleIds.some((id) => id.endsWith(module)));
          if (!chunk) throw new Error(`${module} is not in the build`);
          visit(chunk);
        }
        const told = html.replace('<script src="/start.js"', `$& data-tasks="${[...files].join(' ')}"`);
        if (told === html) throw new Error('index.html does not load /start.js');
        return told;
      },
    },
  };
}
