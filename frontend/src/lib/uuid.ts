import { now } from './dates/clock';

/**
 * A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits, so that ids made
 * later sort later. The client makes the id of a new task: a repeated request creates nothing twice.
 */
export function uuidv7(
  millis: number = now(),
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(10)),
): string {
  const time = Math.floor(millis).toString(16).padStart(12, '0');
  const bytes = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80;
  return [
    time.slice(0, 8),
    time.slice(8, 12),
    `7${bytes.slice(1, 4)}`,
    `${variant.toString(16)}${bytes.slice(6, 8)}`,
    bytes.slice(8, 20),
  ].join('-');
}
