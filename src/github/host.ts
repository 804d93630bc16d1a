/** Least time between calls that start one after the other, in milliseconds; 0 where the host asks for none. */
export type CallSpacing = {
  /** Between any two writes. */
  readonly writes: number;
  /** Between two writes that notify people: new issues and comments. */
  readonly notifications: number;
};

/** Where GitHub lives and how it wants to be called; the only place that knows an address (design 6). */
export type Host = {
  /** What people open, without a slash at the end. */
  readonly web: string;
  /** Root of the REST API. */
  readonly api: string;
  /** The GraphQL endpoint. */
  readonly graphql: string;
  readonly uploads: string;
  /** Value of `X-GitHub-Api-Version`. */
  readonly apiVersion: string;
  readonly spacing: CallSpacing;
};

// Known by every version of GitHub Enterprise Server that is still supported.
const apiVersion = '2022-11-28';

// GitHub's "Best practices for using the REST API": a second between writes; notifications are limited more tightly.
const recommended: CallSpacing = { writes: 1000, notifications: 3000 };

const none: CallSpacing = { writes: 0, notifications: 0 };

/**
 * The host to talk to: github.com, a tenant of GHE.com, or a GitHub Enterprise Server (`gheHost` with its port, as
 * `GHE_HOST`, and `gheProtocol`, as `GHE_PROTOCOL`, `https` where nothing is said).
 */
export const hostOf = (setting: {
  readonly gheHost?: string;
  readonly gheProtocol?: 'https' | 'http';
}): Host => {
  const name = (setting.gheHost ?? 'github.com').toLowerCase();
  if (name === 'github.com' || name.endsWith('.ghe.com')) {
    const api = `https://api.${name}`;
    const uploads = `https://uploads.${name}`;
    return {
      web: `https://${name}`,
      api,
      graphql: `${api}/graphql`,
      uploads,
      apiVersion,
      spacing: recommended,
    };
  }
  const web = `${setting.gheProtocol ?? 'https'}://${name}`;
  return {
    web,
    api: `${web}/api/v3`,
    graphql: `${web}/api/graphql`,
    uploads: `${web}/api/uploads`,
    apiVersion,
    spacing: none,
  };
};
