import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidv7 } from './uuid';

const aTime = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const bits = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('uuidv7', () => {
  it('has the form, version and variant of RFC 9562', () => {
    fc.assert(
      fc.property(aTime, bits, (time, random) => {
        expect(uuidv7(time, random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('sorts by time', () => {
    fc.assert(fc.property(aTime, aTime, bits, bits, (a, b, x, y) => a >= b || uuidv7(a, x) < uuidv7(b, y)));
  });

  it('differs within one millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size).toBe(1000);
  });
});
