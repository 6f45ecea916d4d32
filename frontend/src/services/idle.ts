/** A page that is always busy waits no longer than this (milliseconds). */
const kLongest = 200;

/** Resolves when the browser has nothing to do: what was told to the components is on the screen. */
export function idle(): Promise<void> {
  return new Promise((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: kLongest });
    else setTimeout(done, kLongest);
  });
}
