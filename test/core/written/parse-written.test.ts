import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseWritten } from '../../../src/core/written/parse-written.ts';

describe('T17: a file that we fail to read', () => {
  it('counts for nothing and says whose fault that is, so that others are read', () => {
    const parsed = parseWritten(new TextEncoder().encode('a: 1\n'), {
      schema: z.strictObject({ a: z.number() }),
      grammar: { places: {} },
      rules: () => {
        throw new TypeError('no position');
      },
      normalize: (value) => value,
    });
    expect(parsed).toEqual({
      kind: 'invalid',
      problems: [
        {
          severity: 'error',
          code: 'fault',
          position: { line: 1, column: 1 },
          message:
            'Countersign cannot read this file because of a fault of its own. Please report it: "TypeError: no position".',
        },
      ],
    });
  });
});
