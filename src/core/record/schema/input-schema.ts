import { z } from 'zod';
import type { Input } from '../../manifest/input.ts';
import { identifier } from './value-schema.ts';

const anyInput = {
  id: identifier,
  label: z.string(),
  required: z.enum(['optional', 'to-approve', 'always']),
  description: z.string().exactOptional(),
  default: z.string().exactOptional(),
  message: z.string().exactOptional(),
};

const count = z.number().exactOptional();

/** One field of a form, normalized, as an event carries it. */
export const input: z.ZodType<Input> = z.discriminatedUnion('type', [
  z.strictObject({
    ...anyInput,
    type: z.literal('text'),
    minLength: count,
    maxLength: count,
    pattern: z.string().exactOptional(),
  }),
  z.strictObject({ ...anyInput, type: z.literal('number'), min: count, max: count }),
  z.strictObject({ ...anyInput, type: z.literal('dropdown'), options: z.array(z.string()) }),
  z.strictObject({
    ...anyInput,
    type: z.literal('multi-select'),
    options: z.array(z.string()),
    min: count,
    max: count,
  }),
  z.strictObject({ ...anyInput, type: z.literal('checkbox') }),
  z.strictObject({
    ...anyInput,
    type: z.literal('checkboxes'),
    items: z.array(z.strictObject({ id: identifier, label: z.string() })),
    min: count,
  }),
  z.strictObject({
    ...anyInput,
    type: z.literal('file'),
    accept: z.array(z.string()).exactOptional(),
    maxSize: count,
  }),
  z.strictObject({
    ...anyInput,
    type: z.literal('url'),
    hosts: z.array(z.string()).exactOptional(),
    http: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    ...anyInput,
    type: z.literal('date'),
    min: z.string().exactOptional(),
    max: z.string().exactOptional(),
  }),
  z.strictObject({ ...anyInput, type: z.literal('user') }),
]);
