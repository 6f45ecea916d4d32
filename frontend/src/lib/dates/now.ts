/** The present instant in the form of the API: RFC 3339, UTC, six digits after the second. */
export function nowInstant(now: Date = new Date()): string {
  return now.toISOString().replace('Z', '000Z');
}

/** Milliseconds until the local calendar day changes; such a day may last 23 to 25 hours. */
export function millisToMidnight(now: Date = new Date()): number {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return midnight.getTime() - now.getTime();
}
