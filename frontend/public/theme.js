// Runs before the first paint, so that a chosen theme shows without a flash. Without a choice the style sheet follows
// the system. The key and its values are those of src/services/theme.ts.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('tms.theme');
  } catch {
    // Storage may be blocked; the system's theme is a good answer then.
  }
  if (choice !== 'light' && choice !== 'dark') return;
  document.documentElement.dataset.theme = choice;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.content = choice === 'dark' ? '#151617' : '#ffffff';
  }
})();
