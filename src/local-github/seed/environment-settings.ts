import { z } from 'zod';
import type { Repository } from '../state/types.ts';

/** What people set up on the page of an environment, as the seed names it. */
export const environmentSettings = {
  'protection-rules': z.array(z.string()).default([]),
  branches: z.enum(['any', 'protected']).default('any'),
  'admins-bypass': z.boolean().default(true),
};

type Settings = {
  readonly 'protection-rules': readonly string[];
  readonly branches: 'any' | 'protected';
  readonly 'admins-bypass': boolean;
};

/** Nothing set up: whoever can push can deploy there. */
export const openToAll: Settings = { 'protection-rules': [], branches: 'any', 'admins-bypass': true };

export const environmentRow = (id: number, settings: Settings): Repository['environments'][string] => ({
  id,
  protectionRules: settings['protection-rules'],
  branches: settings.branches,
  adminsBypass: settings['admins-bypass'],
});
