/** Who asks: a person, an App by its JSON web token (`app`), an installation of one, or nobody. */
export type Asker =
  | 'mona'
  | 'ada'
  | 'grace'
  | 'app'
  | 'installation'
  | 'viewer'
  | 'nobody'
  | 'wrong token'
  | 'late token';

/** What earlier answers gave, by name; every host has its own. */
export type Kept = Readonly<Record<string, unknown>>;

export type Request = {
  /** What the list of differences calls it. */
  readonly name: string;
  readonly as: Asker;
  /** `METHOD /path`; `<name>` stands for what an earlier answer gave. */
  readonly route: string;
  readonly body?: (kept: Kept) => object;
  /** Places of the answer to remember. */
  readonly keep?: Readonly<Record<string, string>>;
};

/** The repository of both hosts. */
export const root = '/repos/acme/payments';
