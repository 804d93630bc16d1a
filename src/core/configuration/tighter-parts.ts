import { usableCatalog } from '../catalog/usable-catalog.ts';
import { isAsNeeded, looserFields } from '../floors/tighter-input.ts';
import { isTighterRule } from '../floors/tighter-rule.ts';
import { normalizeInput } from '../manifest/normalize-input.ts';
import type { WrittenInput } from '../manifest/written-input.ts';
import { concerns } from '../time/freeze.ts';
import type { ChangeWindow } from '../time/window.ts';
import { ownValue } from '../written/own-value.ts';
import type { Configuration } from './configuration.ts';
import { type DemandedInput, type Floor, idOf } from './floor.ts';

/** Custodians that are asked instead of inherited ones must be surely as hard to convince (T7). */
export const areEnoughCustodians = (
  own: Configuration['custodians'],
  { custodians: least, roles }: Pick<Configuration, 'custodians' | 'roles'>,
): boolean => own === undefined || least === undefined || isTighterRule(own, least, roles);

/** A field that a floor names, and the floor. */
export type NamedField = { readonly floor: Floor; readonly activity: string };

/**
 * A floor that names a field means it as the catalog has it that the floor was written against. The demand that a field of
 * an entry would loosen; undefined: none.
 */
export const loosenedField = (
  inherited: Configuration,
  entry: string,
  id: string,
  written: WrittenInput,
): NamedField | undefined => {
  const built = ownValue(usableCatalog(inherited).get(entry)?.inputs ?? {}, id);
  if (built === undefined) return undefined;
  const [input, least] = [normalizeInput(id, written), normalizeInput(id, built)];
  const isTighter = looserFields(input, least).length === 0 && isAsNeeded(input.required, least.required);
  return isTighter ? undefined : demandOf(inherited, id);
};

const demandOf = ({ floors }: Configuration, id: string): NamedField | undefined =>
  floors
    .flatMap((floor) =>
      Object.entries(floor.inputs).map(([activity, inputs]) => ({ floor, activity, inputs })),
    )
    .find(({ inputs }) =>
      inputs.some((input: DemandedInput) => input.kind === 'named' && idOf(input) === id),
    );

/** What is left of a window, for environments that no inherited one speaks of: none, or one. */
export const remainderOf = (
  window: ChangeWindow,
  inherited: readonly ChangeWindow[],
): readonly ChangeWindow[] => {
  if (window.environments.length === 0) return inherited.length === 0 ? [window] : [];
  const environments = window.environments.filter(
    (environment) => !inherited.some((one) => concerns(one, environment)),
  );
  return environments.length === 0 ? [] : [{ ...window, environments }];
};
