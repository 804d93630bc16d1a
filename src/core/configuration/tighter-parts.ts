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
 * an entry would loosen; undefined: none. Where the entry itself has no such field there, a floor that calls an activity by
 * the entry's name means the field of whichever entry that activity uses, and none of those may be covered by a looser one.
 */
export const loosenedField = (
  inherited: Configuration,
  entry: string,
  id: string,
  written: WrittenInput,
): NamedField | undefined => {
  const catalog = usableCatalog(inherited);
  const input = normalizeInput(id, written);
  const isTighter = (built: WrittenInput): boolean => {
    const least = normalizeInput(id, built);
    return looserFields(input, least).length === 0 && isAsNeeded(input.required, least.required);
  };
  const built = ownValue(catalog.get(entry)?.inputs ?? {}, id);
  if (built !== undefined) return isTighter(built) ? undefined : demandsOf(inherited, id)[0];
  const others = [...catalog.values()].flatMap(({ inputs }) => ownValue(inputs, id) ?? []);
  if (others.every(isTighter)) return undefined;
  return demandsOf(inherited, id).find(({ activity }) => activity === entry);
};

const demandsOf = ({ floors }: Configuration, id: string): readonly NamedField[] =>
  floors.flatMap((floor) =>
    Object.entries(floor.inputs)
      .filter(([, inputs]) =>
        inputs.some((input: DemandedInput) => input.kind === 'named' && idOf(input) === id),
      )
      .map(([activity]) => ({ floor, activity })),
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
