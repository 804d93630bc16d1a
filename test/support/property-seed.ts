import fc from 'fast-check';

/**
 * The same cases in every run, so that CI answers the same commit in the same way twice; `PROPERTY_SEED=random npm test`
 * looks for new ones, and a number repeats a run. A failure prints its seed either way.
 */
const chosen = process.env['PROPERTY_SEED'] ?? '20261123';
if (chosen !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(chosen) });
