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

  // Who is signed in (src/services/session.ts) and opens the tasks gets what they need beside the code of the frame, not
  // after it: the first page of the list, unless this browser keeps tasks of that person (src/services/taskCache.ts), ...
  const userId = signedIn();
  if (location.pathname !== '/' || userId === undefined) return;
  if (recall('tms.kept') !== String(userId)) window.tmsEarly = ask(userId, '/api/tasks?limit=50');

  // ... and the code of their page.
  for (const file of document.currentScript.dataset.tasks?.split(' ') ?? []) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  }

  function signedIn() {
    try {
      return JSON.parse(recall('tms.user'))?.user_id;
    } catch {
      return undefined;
    }
  }

  // The same request as src/services/http.ts sends; src/services/earlyAnswer.ts says who takes the answer, and when nobody.
  function ask(userId, path) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20_000);
    const answer = fetch(path, {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { Accept: 'application/json, application/problem+json' },
      signal: stop.signal,
    });
    // The page asks again, and tells what is wrong.
    answer.catch(() => undefined);
    return { userId, path, answer, stop };
  }
})();
