import { z } from 'zod';

/** Shapes of the values that all records share, as `values.ts` names them. */
export const sha = z.string().regex(/^[0-9a-f]{40}$/);
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const count = z.int().min(1);
export const githubId = z.int().min(0);
export const identifier = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);

/** RFC 3339 in UTC, and a day that exists. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)));

export const person = z.strictObject({ id: githubId, login: z.string() });
export const repository = z.strictObject({ id: githubId, name: z.string() });
export const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
