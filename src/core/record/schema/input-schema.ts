import { z } from 'zod';
import type { Input } from '../../manifest/input.ts';
import { identifier } from './value-schema.ts';

const anyInput = {
  id: identifier,
  label: z.string(),
  required: z.enum(['optional', 'to-approve', 'always']),
};

/** One field of a form, normalized, as an event carries it. */
export const input: z.ZodType<Input> = z.discriminatedUnion('type', [
  z.strictObject({
    ...anyInput,
    type: z.literal('text'),
    minLength: z.number().exactOptional(),
    pattern: z.string().exactOptional(),
  }),
  z.strictObject({
    ...anyInput,
    type: z.literal('number'),
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
  }),
  z.strictObject({ ...anyInput, type: z.literal('dropdown'), options: z.array(z.string()) }),
  z.strictObject({ ...anyInput, type: z.literal('checkbox') }),
]);
