import type { Activity } from './manifest.ts';

/**
 * What a manual activity asks of people: that they approve it, that somebody does it, or that somebody does it and fills
 * in a form (S-009). It is what a waiting activity waits for (design 2, S-028).
 */
export type Asked = 'approval' | 'deed' | 'input';

export const askedOf = ({ task, inputs }: Pick<Activity, 'task' | 'inputs'>): Asked => {
  if (task === undefined) return 'approval';
  return inputs.length === 0 ? 'deed' : 'input';
};
