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
