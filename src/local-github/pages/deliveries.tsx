import type { Hono } from 'hono';
import { appBySlug } from '../state/lookup.ts';
import { done } from '../state/outcome.ts';
import type { App, Delivery } from '../state/types.ts';
import { ActButton, show, When } from './layout.tsx';
import { leave, type PageContext, type PagesEnv, type Visit } from './visit.ts';

const shownDeliveries = 100;
const pretty = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
};

function Line({ visit, app, delivery }: { visit: Visit; app: App; delivery: Delivery }) {
  const good = delivery.statusCode >= 200 && delivery.statusCode < 300;
  const pending = delivery.statusCode === 0;
  const at = `/settings/apps/${app.slug}/advanced`;
  return (
    <li>
      <span class={`mark ${pending ? 'queued' : good ? 'success' : 'failure'}`} aria-hidden="true">
        {pending ? '…' : good ? '✓' : '✗'}
      </span>
      <span class="grow">
        <a href={`${at}/${delivery.id}`}>
          {delivery.event}
          {delivery.action === null ? '' : `.${delivery.action}`}
        </a>{' '}
        <span class="soft small">
          {pending ? 'on its way' : `${delivery.statusCode} ${delivery.status}`}, {delivery.duration} s
          {delivery.redelivery ? ', sent again' : ''}
        </span>
        <br />
        <code class="soft">{delivery.guid}</code>
      </span>
      <When at={delivery.deliveredAt} />
      <ActButton visit={visit} action={`${at}/${delivery.id}/redeliver`}>
        Redeliver
      </ActButton>
    </li>
  );
}

function Log({ visit, app }: { visit: Visit; app: App }) {
  const all = [...visit.host.state.deliveries.values()].filter((row) => row.appId === app.id).reverse();
  return (
    <>
      <h1>{app.name}: recent deliveries</h1>
      <p class="soft">
        Webhooks go to <code>{app.webhook?.url ?? 'nowhere'}</code>. The newest come first.
      </p>
      <div class="box" id="deliveries" data-live>
        <ul class="list">
          {all.slice(0, shownDeliveries).map((delivery) => (
            <Line visit={visit} app={app} delivery={delivery} />
          ))}
          {all.length === 0 ? <li class="soft">Nothing has been delivered yet.</li> : null}
        </ul>
      </div>
    </>
  );
}

const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function One({ visit, app, delivery }: { visit: Visit; app: App; delivery: Delivery }) {
  return (
    <>
      <p>
        <a href={`/settings/apps/${app.slug}/advanced`}>All deliveries of {app.name}</a>
      </p>
      <h1>
        {delivery.event}
        {delivery.action === null ? '' : `.${delivery.action}`}
      </h1>
      <div class="box">
        <ul class="list">
          <Line visit={visit} app={app} delivery={delivery} />
        </ul>
      </div>
      <h2>Request</h2>
      <pre class="text">{headerLines(delivery.request.headers)}</pre>
      <pre class="text">{pretty(delivery.request.body)}</pre>
      <h2>Response</h2>
      <pre class="text">{headerLines(delivery.response.headers)}</pre>
      <pre class="text">{delivery.response.body}</pre>
    </>
  );
}

function onApp(handle: (context: PageContext, visit: Visit, app: App) => Response) {
  return (context: PageContext): Response | Promise<Response> => {
    const visit = context.get('visit');
    const app = appBySlug(visit.host.state, context.req.param('slug') ?? '');
    // Payloads quote private repositories, so the log is for people who signed in.
    if (visit.account === null)
      return context.redirect(`/login?return_to=${encodeURIComponent(visit.url.pathname)}`, 303);
    return app === null ? context.notFound() : handle(context, visit, app);
  };
}

function deliveryOf(context: PageContext, visit: Visit, app: App): Delivery | null {
  const delivery = visit.host.state.deliveries.get(Number(context.req.param('id')));
  return delivery?.appId === app.id ? delivery : null;
}

export function deliveryRoutes(routes: Hono<PagesEnv>): void {
  const at = '/settings/apps/:slug/advanced';
  routes.get(
    at,
    onApp((context, visit, app) =>
      show(context, `Deliveries of ${app.name}`, <Log visit={visit} app={app} />),
    ),
  );
  routes.get(
    `${at}/:id`,
    onApp((context, visit, app) => {
      const delivery = deliveryOf(context, visit, app);
      if (delivery === null) return context.redirect(`/settings/apps/${app.slug}/advanced`, 303);
      return show(context, delivery.event, <One visit={visit} app={app} delivery={delivery} />);
    }),
  );
  routes.post(
    `${at}/:id/redeliver`,
    onApp((context, visit, app) => {
      const delivery = deliveryOf(context, visit, app);
      if (delivery !== null) visit.deliveries.redeliver(visit.host, delivery);
      return leave(context, done(true), `/settings/apps/${app.slug}/advanced`, 'Sent again.');
    }),
  );
}
