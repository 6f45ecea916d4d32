// Runs before the first paint and before the page's own code.
(() => {
  // A browser may refuse to open its storage: then nothing is known, and the page starts as for a stranger.
  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  // A chosen theme shows without a flash; without a choice the style sheet follows the system. The key and its values are
  // those of src/services/theme.ts.
  const choice = recall('tms.theme');
  if (choice === 'light' || choice === 'dark') {
    document.documentElement.dataset.theme = choice;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.content = choice === 'dark' ? '#151617' : '#ffffff';
    }
  }

  // Who is signed in (src/services/session.ts) and opens the tasks gets their code beside that of the frame, not after it.
  if (location.pathname !== '/' || recall('tms.user') === null) return;
  for (const file of document.currentScript.dataset.tasks?.split(' ') ?? []) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  }
})();
