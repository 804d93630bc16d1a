/**
 * A check of somebody else that the target has to have passed, and what makes it believable (T14): the workflow file that
 * must have made it, or a third-party App. With neither anybody with write access can make one of that name; it counts,
 * and every surface calls it advisory.
 */
export type CheckDemand = {
  readonly name: string;
  /** A path such as `.github/workflows/smoke.yml`. */
  readonly workflow?: string;
  /** The slug of an App. */
  readonly app?: string;
};

/** Anybody with write access can make it pass. */
export const isAdvisory = ({ workflow, app }: CheckDemand): boolean =>
  workflow === undefined && app === undefined;

/**
 * Demands with more of them on top, each check once: a pin takes the place of another, and a bare name takes no pin away,
 * so that evidence does not turn into something that anybody can make (T14).
 */
export const withDemands = (
  least: readonly CheckDemand[],
  more: readonly CheckDemand[],
): readonly CheckDemand[] => {
  const demands = new Map(least.map((one) => [one.name, one]));
  for (const one of more) if (!isAdvisory(one) || !demands.has(one.name)) demands.set(one.name, one);
  return [...demands.values()];
};
