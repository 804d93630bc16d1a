import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createFaultPlan, type FaultPlan } from '../faults/plan.ts';
import { renderAccountId, renderOrganization } from '../render/account.ts';
import { renderRepository } from '../render/repository.ts';
import type { Change } from '../state/changes.ts';
import { keptDeliveries } from '../state/delivery-log.ts';
import type { Host } from '../state/host.ts';
import { accountById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { nextId } from '../state/state.ts';
import type { App, Delivery, Repository } from '../state/types.ts';
import { type Recipient, recipientsOf } from './audience.ts';
import { type Payload, renderChange } from './payload.ts';

/** GitHub waits this long for an answer, in milliseconds, and never tries again by itself. */
export const answerWithin = 10_000;

export type Deliveries = {
  readonly announce: (host: Host, change: Change, senderId: number) => void;
  /** Sends a logged delivery again under the same guid, as a new entry of the log. */
  readonly redeliver: (host: Host, delivery: Delivery) => void;
  /** Resolves when nothing is on its way any more. */
  readonly idle: () => Promise<void>;
  /** Breaks off what is on its way; the log shows it as failed, so it can be sent again later. */
  readonly stop: () => Promise<void>;
};

export type DeliveryOptions = {
  /** What deliveries suffer; nothing where none is given. */
  readonly faults?: FaultPlan;
  /** Resolves after so many milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Is shown every new delivery, to compare it with GitHub's description. */
  readonly judge?: ((delivery: Delivery) => void) | undefined;
  /** Carries one delivery to whom it is for. */
  readonly send?: typeof post;
};

/** One queue per App: its deliveries arrive in the order in which things happened, unless a fault wants it otherwise. */
export function openDeliveries(options: DeliveryOptions = {}): Deliveries {
  const { faults = createFaultPlan(), pause = setTimeout, send = post, judge } = options;
  const queues = new Map<number, Promise<void>>();
  const late = new Set<Promise<void>>();
  const stopping = new AbortController();
  const enqueue = (host: Host, delivery: Delivery) => {
    const last = queues.get(delivery.appId) ?? Promise.resolve();
    const next = last
      .then(() => send(host, delivery, stopping.signal))
      .catch((error: unknown) => host.log(`webhook: ${String(error)}`));
    queues.set(delivery.appId, next);
  };
  const overtaking = openOvertaking(enqueue);
  const idle = async (): Promise<void> => {
    overtaking.end();
    const before = [...queues.values(), ...late];
    await Promise.all(before);
    const moved = [...queues.values(), ...late].some((queue) => !before.includes(queue));
    if (moved) await idle();
  };
  const sendOff = (host: Host, delivery: Delivery) => {
    for (const fault of faults.onDelivery(delivery.event, delivery.action)) {
      host.log(`fault ${fault.do} on webhook ${delivery.event}`);
      if (fault.do === 'drop') return lose(host, delivery);
      if (fault.do === 'reorder') return overtaking.hold(host, delivery, fault.behind);
      if (fault.do === 'double') enqueue(host, delivery);
      if (fault.do === 'delay') {
        const arrival = pause(fault.milliseconds).then(() => {
          late.delete(arrival);
          enqueue(host, delivery);
        });
        return void late.add(arrival);
      }
    }
    enqueue(host, delivery);
    overtaking.pass();
  };
  return {
    announce: (host, change, senderId) => {
      const recipients = recipientsOf(host, change);
      if (recipients.length === 0) return;
      const payload = renderChange(host, change, senderId);
      for (const recipient of recipients) {
        const body = surround(host, change, payload, recipient, senderId);
        const delivery = newDelivery(host, recipient, change, body);
        judge?.(delivery);
        sendOff(host, delivery);
      }
    },
    redeliver: (host, delivery) => {
      const app = host.state.apps.get(delivery.appId);
      if (app === undefined) return;
      const { guid, event, action, installationId, repositoryId, request } = delivery;
      const about = { guid, event, action, installationId, repositoryId, redelivery: true };
      enqueue(host, logDelivery(host, app, about, request.body));
    },
    idle,
    stop: () => {
      stopping.abort();
      return idle();
    },
  };
}

function surround(host: Host, change: Change, payload: Payload, to: Recipient, senderId: number): Payload {
  const account = accountById(host.state, to.installation.accountId);
  const { installation } = to;
  const inRepository = 'repository' in change;
  return {
    ...payload,
    ...(inRepository ? { repository: repositoryOf(host, change) } : {}),
    ...(account.kind === 'Organization' && change.kind !== 'installation'
      ? { organization: renderOrganization(host, account) }
      : {}),
    sender: renderAccountId(host, senderId),
    ...(change.kind === 'installation'
      ? {}
      : { installation: { id: installation.id, node_id: nodeId('installation', installation.id) } }),
  };
}

/** Push payloads show the repository in an older form: seconds instead of dates, and the owner's name. */
function repositoryOf(host: Host, change: Change & { repository: Repository }) {
  const view = renderRepository(host, change.repository);
  if (change.kind !== 'push') return view;
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  return {
    ...view,
    owner: { ...view.owner, name: view.owner.login, email: null },
    created_at: seconds(view.created_at),
    pushed_at: seconds(view.pushed_at),
    stargazers: 0,
    master_branch: view.default_branch,
  };
}

function newDelivery(host: Host, to: Recipient, change: Change, payload: Payload): Delivery {
  const about = {
    guid: randomUUID(),
    event: change.kind,
    action: 'action' in change ? change.action : null,
    installationId: to.installation.id,
    repositoryId: 'repository' in change ? change.repository.id : null,
    redelivery: false,
  };
  return logDelivery(host, to.app, about, JSON.stringify(payload));
}

type About = Pick<Delivery, 'guid' | 'event' | 'action' | 'installationId' | 'repositoryId' | 'redelivery'>;

function logDelivery(host: Host, app: App, about: About, body: string): Delivery {
  const secret = app.webhook?.secret ?? '';
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/local',
    'x-github-delivery': about.guid,
    'x-github-event': about.event,
    'x-github-hook-id': String(app.webhook?.id ?? 0),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': sign('sha1'),
    'x-hub-signature-256': sign('sha256'),
  };
  const delivery: Delivery = {
    id: nextId(host.state, 'delivery'),
    appId: app.id,
    ...about,
    deliveredAt: host.now().toISOString(),
    duration: 0,
    status: 'pending',
    statusCode: 0,
    url: app.webhook?.url ?? '',
    request: { headers, body },
    response: { headers: {}, body: '' },
  };
  host.state.deliveries.set(delivery.id, delivery);
  const oldest = host.state.deliveries.keys().next().value;
  if (host.state.deliveries.size > keptDeliveries && oldest !== undefined)
    host.state.deliveries.delete(oldest);
  return delivery;
}

/** Deliveries that wait until others have gone before them. */
function openOvertaking(enqueue: (host: Host, delivery: Delivery) => void) {
  let held: { readonly host: Host; readonly delivery: Delivery; behind: number }[] = [];
  const release = (due: (one: { readonly behind: number }) => boolean) => {
    const ready = held.filter(due);
    held = held.filter((one) => !due(one));
    for (const { host, delivery } of ready) enqueue(host, delivery);
  };
  return {
    hold: (host: Host, delivery: Delivery, behind: number): void =>
      void held.push({ host, delivery, behind }),
    pass: (): void => {
      for (const one of held) one.behind -= 1;
      release(({ behind }) => behind <= 0);
    },
    end: (): void => release(() => true),
  };
}

/** A delivery that never arrives; the log shows it as failed, so it can be sent again. */
function lose(host: Host, delivery: Delivery): void {
  delivery.status = 'failed to connect to host';
  delivery.statusCode = 502;
  host.delivered(delivery);
}

/** One attempt. A refused connection or a late answer is a failed delivery in the log, nothing more. */
async function post(host: Host, delivery: Delivery, stopping: AbortSignal): Promise<void> {
  const started = performance.now();
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: delivery.request.headers,
      body: delivery.request.body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(answerWithin), stopping]),
    });
    delivery.response = {
      headers: Object.fromEntries(response.headers),
      body: (await response.text()).slice(0, 65_536),
    };
    delivery.statusCode = response.status;
    delivery.status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`;
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    delivery.status = late ? 'timed out' : 'failed to connect to host';
    delivery.statusCode = late ? 504 : 502;
  }
  delivery.duration = Math.round(performance.now() - started) / 1000;
  host.log(
    `webhook ${delivery.event}${delivery.action ? `.${delivery.action}` : ''} -> ${delivery.statusCode}`,
  );
  host.delivered(delivery);
}
