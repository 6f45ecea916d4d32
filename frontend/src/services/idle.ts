/** A page that is always busy, or that nobody sees, waits no longer than this (milliseconds). */
const kLongest = 1_000;

/** Resolves when what was told to the components is on the screen and the browser has nothing to do. */
export async function idle(): Promise<void> {
  await Promise.race([new Promise((done) => setTimeout(done, kLongest)), shown()]);
}

async function shown(): Promise<void> {
  // The components may not even be there yet.
  await firstPaint();
  // The first frame from now draws it; when the next begins it has been handed to the screen.
  await frame();
  await frame();
  await new Promise((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(done);
    else setTimeout(done);
  });
}

function frame(): Promise<number> {
  return new Promise((done) => requestAnimationFrame(done));
}

/** The page has shown something. At once in a browser that cannot tell. */
function firstPaint(): Promise<void> {
  return new Promise((done) => {
    if (!PerformanceObserver.supportedEntryTypes.includes('paint')) return done();
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      done();
    }).observe({ type: 'paint', buffered: true });
  });
}
