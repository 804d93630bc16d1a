import { readFileSync } from 'node:fs';
import { startWholeProduct, type WholeProduct } from '../whole-product.ts';
import type { Teams } from './ground.ts';

const examples = new URL('../../../examples/governance/', import.meta.url);

/** The whole product in the hands of one of the example repositories. */
export type Governed = WholeProduct & {
  /** ada brings a manifest of the example in, as a release of another name. */
  opens(manifest: string, release: string): Promise<void>;
  /** Somebody comments on the issue of an activity. */
  says(login: string, activity: string, body: string, release?: string): Promise<void>;
  /** How the newest check of a release stands, or of one activity such as `vote/release-vote`. */
  stands(release: string, activity?: string): Promise<string | null | undefined>;
};

/** Starts with the configuration of an example, on Monday, 2026-11-23, at nine o'clock UTC. */
export async function govern(example: string, teams: Teams): Promise<Governed> {
  const read = (path: string) => readFileSync(new URL(`${example}/${path}`, examples), 'utf8');
  const configuration = '.github/countersign.yml';
  const world = await startWholeProduct(
    { [configuration]: read(configuration) },
    { from: '2026-11-23T09:00:00Z', teams },
  );
  return {
    ...world,
    opens: async (manifest, release) => {
      const text = read(`releases/${manifest}.yml`).replace(/^release: .*$/m, `release: ${release}`);
      await world.as('ada').brings(release, { [`releases/${release}.yml`]: text });
    },
    says: async (login, activity, body, release) => {
      await world.as(login).comments(await world.issue(activity, release), body);
    },
    stands: (release, activity) =>
      world.conclusion(`countersign/release/${release}${activity === undefined ? '' : `/${activity}`}`),
    close: async () => {
      // These stories tell the rules, not every word; what was seen is asserted by the others.
      await world.news();
      await world.close();
    },
  };
}
