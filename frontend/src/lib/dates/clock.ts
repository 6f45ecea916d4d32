/** Milliseconds since 1970, UTC. The one place that asks the machine what time it is. */
export function now(): number {
  return Date.now();
}

/** The instant of an RFC 3339 text in milliseconds since 1970, or NaN when it is none. */
export function instant(text: string): number {
  return Date.parse(text);
}
