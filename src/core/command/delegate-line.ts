/** Who shall speak in the writer's place; without `to` they speak for themselves again. */
export type DelegateLine =
  | { readonly kind: 'delegate'; readonly activity?: string; readonly to?: string }
  | { readonly kind: 'malformed'; readonly verb: string; readonly why: string };

/** What follows `/delegate`: an activity where it is named, then `@login` or `off`. What comes after it is a remark. */
export const readDelegateLine = (text: string, activities: readonly string[]): DelegateLine => {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const named = words.find((word) => activities.includes(word));
  const whom = words.find((word) => word !== named) ?? '';
  const activity = named === undefined ? {} : { activity: named };
  if (/^off\W?$/i.test(whom)) return { kind: 'delegate', ...activity };
  const login = /^@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:_[A-Za-z0-9]+)?)[.,;:!]?$/.exec(whom)?.[1];
  if (login !== undefined) return { kind: 'delegate', ...activity, to: login };
  return { kind: 'malformed', verb: 'delegate', why: 'Expected @ and the login of one person, or off.' };
};
