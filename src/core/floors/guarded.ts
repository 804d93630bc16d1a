import type { Floor } from '../configuration/floor.ts';
import { meansEnvironment } from './applied.ts';

/** Floors that let an environment open only where GitHub guards it itself (T14). Several demand it no more than one. */
export const guardedBy = (
  floors: readonly Floor[] | undefined,
  environment: string | undefined,
): readonly Floor[] =>
  (floors ?? []).filter((floor) => floor.guarded === true && meansEnvironment(floor, environment));
