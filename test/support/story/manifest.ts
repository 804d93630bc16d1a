/** One activity as a line of YAML: who approves, and whatever else belongs to it. */
export type Written = { readonly [activity: string]: string };

export const byQa = '{ approvers: { from: team:qa } }';

/** A manifest with one phase, whose activities are written in flow style; the target is the branch main. */
export const manifestOf = (release: string, activities: Written, more = ''): string =>
  `release: ${release}
title: ${titleOf(release)}
target: { ref: main }
${more}phases:
  verify:
    activities:
${Object.entries(activities)
  .map(([id, text]) => `      ${id}: ${text}\n`)
  .join('')}`;

const titleOf = (release: string): string => `The ${release} release`;
