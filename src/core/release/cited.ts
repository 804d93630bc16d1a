import { type EvidenceFile, evidenceIn } from '../form/evidence-in.ts';
import type { Happening } from './event.ts';

/** The files that somebody cites in what an event holds. What follows from it repeats them, and is no citation. */
export const citedIn = (event: Happening): readonly EvidenceFile[] =>
  event.kind === 'vote-cast' || event.kind === 'overrule-cast' ? evidenceIn(event.body.inputs) : [];

/** Those whose bytes go on the record with the event (G-24). */
export const storedBy = (event: Happening): readonly EvidenceFile[] =>
  citedIn(event).filter(({ stored }) => stored);
