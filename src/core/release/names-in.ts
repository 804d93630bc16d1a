import { activitiesOf } from '../manifest/manifest.ts';
import type { OpenRelease } from './state.ts';

/** Everything that people may have meant by name: a word about what is gone is about nothing else (T11). */
export const namesIn = ({ revision, formerly }: OpenRelease): readonly string[] => [
  ...new Set([...formerly, ...activitiesOf(revision.plan).map(({ id }) => id)]),
];
