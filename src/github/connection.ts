import { ProbotOctokit } from 'probot';
import type { Instant } from '../core/values.ts';
import type { Clock } from '../ports/clock.ts';
import { ForgeError, type ForgeErrorCode } from '../ports/forge.ts';
import { errorOfGraphql, forgeErrorOf, type GraphqlError } from './forge-error-of.ts';
import type { Host } from './host.ts';
import { type CallKind, createPace, type Pace } from './pace.ts';
import { type AnswerHeaders, createQuota, type Quota } from './quota.ts';

export type Variables = { readonly [name: string]: unknown };

/** An answer, with the host's own time (T20). */
export type Reply<T> = { readonly data: T; readonly at: Instant };

/** An answer of the GraphQL API; a part that failed is null in `data` and named in `errors`. */
export type GraphqlReply<T> = Reply<T> & { readonly errors: readonly GraphqlError[] };

/** An answer of the REST API; `next` is the address of the page after it, where there is one. */
export type RestReply<T> = Reply<T> & { readonly next: string | undefined };

/** `same`: nothing changed since the answer that had the tag, and the call took nothing from the host's quota. */
export type Conditional<T> =
  | { readonly kind: 'same'; readonly at: Instant }
  | ({ readonly kind: 'changed'; readonly tag: string | undefined } & RestReply<T>);

/** Calls as one installation of the App, or as the App itself. Every function throws `ForgeError`. */
export type Caller = {
  graphql<T>(document: string, variables: Variables, kind: CallKind): Promise<GraphqlReply<T>>;
  /** `route` is `METHOD /path/{parameter}`, as GitHub's reference writes it. */
  rest<T>(route: string, parameters: Variables, kind: CallKind): Promise<RestReply<T>>;
  /** A read that names the tag (ETag) of an earlier answer to the same question. */
  restIfChanged<T>(route: string, parameters: Variables, tag: string | undefined): Promise<Conditional<T>>;
};

/** One call as it ended, for whoever counts; tokens are fetched by the library and are not among them. */
export type CallEnding = {
  readonly api: 'graphql' | 'rest';
  readonly kind: CallKind;
  readonly result: 'ok' | ForgeErrorCode;
};

export type Connection = {
  readonly host: Host;
  readonly appId: number;
  readonly asApp: Caller;
  /** As the installation on a repository, `owner/name`; `forbidden` where the App is not installed. */
  on(repository: string): Promise<Caller>;
  installation(id: number): Caller;
  /** As `Forge` has it; nothing is known of a repository that nobody has called for yet. */
  spareTime(repository: string): number;
  /** A token for a repository, good for a minute at least. Never to be logged. */
  tokenFor(repository: string): Promise<string>;
  /** What the token of a repository permits, by name; at most an hour old. */
  permissionsOn(repository: string): Promise<{ readonly [name: string]: string }>;
};

export type ConnectionOptions = {
  readonly host: Host;
  readonly appId: number;
  /** RSA key of the App, PEM. */
  readonly privateKey: string;
  readonly clock: Clock;
  /** What carries requests; the platform's own where nothing is said. */
  readonly fetch?: typeof fetch;
  /** Told after every call. */
  readonly counted?: (call: CallEnding) => void;
};

// GitHub gives up on a request of its own after 10 s; what takes longer is a broken connection.
const patienceMs = 30_000;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Octokit without waiting of its own: failures go to the loop, which knows when to look again. */
const octokitAs = (options: ConnectionOptions, installationId?: number) =>
  new ProbotOctokit({
    auth: {
      appId: options.appId,
      privateKey: options.privateKey,
      ...(installationId === undefined ? {} : { installationId }),
    },
    baseUrl: options.host.api,
    ...(options.fetch === undefined ? {} : { request: { fetch: options.fetch } }),
    log: quiet,
    retry: { enabled: false },
    throttle: { enabled: false },
  });

type Octokit = ReturnType<typeof octokitAs>;

type Answer = {
  readonly status: number;
  readonly data: unknown;
  readonly headers: AnswerHeaders;
};

/** Whole seconds, as the `date` header has them. */
const instantOf = (answer: Answer): Instant => {
  const at = Date.parse(String(answer.headers['date']));
  if (Number.isNaN(at)) throw new ForgeError('unavailable', 'The host sent no date with its answer.');
  return new Date(at).toISOString().replace('.000Z', 'Z');
};

/** The address of the next page, by the `link` header. */
const nextOf = (answer: Answer): string | undefined =>
  /<([^<>]*)>;\s*rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1];

/** The answer that Octokit took for a failure, where there was one. */
const answerIn = (error: unknown): Answer | undefined =>
  error instanceof Error && 'response' in error ? (error.response as Answer | undefined) : undefined;

/** Octokit takes "not modified" for a failure. */
const notModified = (error: unknown): Answer => {
  const response = answerIn(error);
  if (response?.status === 304) return response;
  throw error;
};

type Line = { readonly octokit: Octokit; readonly pace: Pace; readonly quota: Quota };

const createCaller = (
  { octokit, pace, quota }: Line,
  { host, clock, counted }: ConnectionOptions,
): Caller => {
  let closedUntil = 0;
  const now = (): number => Date.parse(clock.now());
  const fail = (error: unknown): never => {
    const failure = forgeErrorOf(error, now());
    if (failure instanceof ForgeError && failure.retryAfterMs !== undefined) {
      closedUntil = now() + failure.retryAfterMs;
    }
    throw failure;
  };
  const send = async (
    api: CallEnding['api'],
    kind: CallKind,
    call: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    // Going on calling during a limit can get an App banned, so everybody of this installation stays away.
    const pause = closedUntil - now();
    if (pause > 0) throw new ForgeError('unavailable', 'The host asked us to wait.', pause);
    await pace(kind);
    try {
      const answer = await call(AbortSignal.timeout(patienceMs));
      counted?.({ api, kind, result: 'ok' });
      quota.note(answer.headers, api);
      return answer;
    } catch (error) {
      quota.note(answerIn(error)?.headers ?? {}, api);
      const failure = forgeErrorOf(error, now());
      counted?.({ api, kind, result: failure instanceof ForgeError ? failure.code : 'invalid' });
      return fail(failure);
    }
  };
  const headers = { 'x-github-api-version': host.apiVersion };
  return {
    graphql: async <T>(query: string, variables: Variables, kind: CallKind) => {
      const answer = await send('graphql', kind, (signal) =>
        octokit.request({
          method: 'POST',
          url: host.graphql,
          query,
          variables,
          headers,
          request: { signal },
        }),
      );
      const body = answer.data as { readonly data?: T | null; readonly errors?: readonly GraphqlError[] };
      const errors = body.errors ?? [];
      // Without data nothing was done; with data each part tells for itself.
      if (body.data === undefined || body.data === null)
        return fail(errorOfGraphql(errors, answer.headers, now()));
      return { data: body.data, errors, at: instantOf(answer) };
    },
    rest: async <T>(route: string, parameters: Variables, kind: CallKind) => {
      const answer = await send('rest', kind, (signal) =>
        octokit.request(route, { ...parameters, headers, request: { signal } }),
      );
      return { data: answer.data as T, at: instantOf(answer), next: nextOf(answer) };
    },
    restIfChanged: async <T>(route: string, parameters: Variables, tag: string | undefined) => {
      const asked = tag === undefined ? headers : { ...headers, 'if-none-match': tag };
      const answer = await send('rest', 'read', (signal) =>
        octokit.request(route, { ...parameters, headers: asked, request: { signal } }).catch(notModified),
      );
      const at = instantOf(answer);
      if (answer.status === 304) return { kind: 'same', at } as const;
      const given = answer.headers['etag'];
      const newTag = typeof given === 'string' ? given : undefined;
      return { kind: 'changed', tag: newTag, data: answer.data as T, at, next: nextOf(answer) } as const;
    },
  };
};

/** One installation: its token is kept once, for calls and for git. */
type Client = { readonly octokit: Octokit; readonly quota: Quota; readonly caller: Caller };

/** What the library tells of a token that it keeps. */
type Authentication = { readonly token: string; readonly permissions?: { readonly [name: string]: string } };

/** Splits `owner/name` for routes and documents. */
export const ownerAndName = (repository: string): { readonly owner: string; readonly name: string } => {
  const slash = repository.indexOf('/');
  return { owner: repository.slice(0, slash), name: repository.slice(slash + 1) };
};

/** Connects to a host as a GitHub App. Tokens are kept in memory only and renewed before they end (T19). */
export const connect = (options: ConnectionOptions): Connection => {
  const { host, clock } = options;
  const clientFor = (octokit: Octokit): Client => {
    const quota = createQuota(clock);
    const caller = createCaller({ octokit, pace: createPace(host.spacing, clock), quota }, options);
    return { octokit, quota, caller };
  };
  const asApp = clientFor(octokitAs(options)).caller;
  const clients = new Map<number, Client>();
  const installations = new Map<string, Promise<number>>();
  /** By repository, of the installation that was last called for. */
  const quotas = new Map<string, Quota>();

  const clientOf = (id: number): Client => {
    const client = clients.get(id) ?? clientFor(octokitAs(options, id));
    clients.set(id, client);
    return client;
  };
  const askInstallation = async (repository: string): Promise<number> => {
    const { owner, name } = ownerAndName(repository);
    try {
      const parameters = { owner, repo: name };
      const reply = await asApp.rest<{ readonly id: number }>(
        'GET /repos/{owner}/{repo}/installation',
        parameters,
        'read',
      );
      return reply.data.id;
    } catch (error) {
      if (!(error instanceof ForgeError) || error.code !== 'not-found') throw error;
      throw new ForgeError('forbidden', `The App is not installed on ${repository}.`);
    }
  };
  const installationOf = (repository: string): Promise<number> => {
    const known = installations.get(repository) ?? askInstallation(repository);
    installations.set(repository, known);
    known.catch(() => installations.delete(repository));
    return known;
  };
  const authenticationOn = async (repository: string): Promise<Authentication> => {
    const installationId = await installationOf(repository);
    try {
      return (await clientOf(installationId).octokit.auth({ type: 'installation' })) as Authentication;
    } catch (error) {
      installations.delete(repository);
      throw forgeErrorOf(error, Date.parse(clock.now()));
    }
  };
  return {
    host,
    appId: options.appId,
    asApp,
    installation: (id) => clientOf(id).caller,
    on: async (repository) => {
      const { caller, quota } = clientOf(await installationOf(repository));
      quotas.set(repository, quota);
      return forgetful(caller, () => installations.delete(repository));
    },
    spareTime: (repository) => quotas.get(repository)?.spareTime() ?? 0,
    tokenFor: async (repository) => (await authenticationOn(repository)).token,
    permissionsOn: async (repository) => (await authenticationOn(repository)).permissions ?? {},
  };
};

/** After a refusal the installation is asked again: installing the App anew gives it another id. */
const forgetful = (caller: Caller, forget: () => void): Caller => {
  const watch = async <T>(call: Promise<T>): Promise<T> =>
    call.catch((error: unknown) => {
      if (error instanceof ForgeError && error.code === 'forbidden') forget();
      throw error;
    });
  return {
    graphql: <T>(document: string, variables: Variables, kind: CallKind) =>
      watch(caller.graphql<T>(document, variables, kind)),
    rest: <T>(route: string, parameters: Variables, kind: CallKind) =>
      watch(caller.rest<T>(route, parameters, kind)),
    restIfChanged: <T>(route: string, parameters: Variables, tag: string | undefined) =>
      watch(caller.restIfChanged<T>(route, parameters, tag)),
  };
};
