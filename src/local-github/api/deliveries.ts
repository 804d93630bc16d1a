import { z } from 'zod';
import { nextId } from '../state/state.ts';
import type { App, Delivery } from '../state/types.ts';
import { renderDelivery, renderFullDelivery } from '../webhooks/render-delivery.ts';
import { asApp } from './apps.ts';
import { type Answer, type Call, given, missing, numberParam, ok, readBody, refuse } from './call.ts';
import { linkHeader, pageOf } from './paginate.ts';
import { route } from './route.ts';

/** The newest first. The log is walked by a cursor, the id of the first row of the next page. */
function listDeliveries(call: Call, app: App): Answer {
  const all = [...call.host.state.deliveries.values()]
    .filter((row) => row.appId === app.id && row.statusCode !== 0)
    .reverse();
  const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
  const rows = all.filter((row) => row.id <= cursor);
  const { perPage } = pageOf(call);
  const next = rows[perPage];
  const url = new URL(call.url);
  if (next !== undefined) url.searchParams.set('cursor', String(next.id));
  const headers = next === undefined ? linkHeader(call, 1, 1) : { link: `<${url.href}>; rel="next"` };
  return { status: 200, body: rows.slice(0, perPage).map(renderDelivery), headers };
}

function deliveryParam(call: Call, app: App): Delivery | null {
  const delivery = call.host.state.deliveries.get(numberParam(call, 'id'));
  return delivery?.appId === app.id ? delivery : null;
}

const showConfig = (app: App) => ({
  content_type: 'json',
  insecure_ssl: '0',
  secret: '********',
  url: app.webhook?.url ?? '',
});

/** An App may move its own webhook, for instance when it comes back on another port. */
function changeConfig(call: Call, app: App): Answer {
  const body = readBody(call, z.object({ url: z.url().optional(), secret: z.string().optional() }));
  if (!body.ok) return refuse(body.fault);
  const known = app.webhook ?? { id: nextId(call.host.state, 'hook'), url: '', secret: '' };
  app.webhook = { ...known, ...given(body.value) };
  call.host.touched();
  return ok(showConfig(app));
}

export const deliveryRoutes = [
  route('GET /app/hook/deliveries', asApp(listDeliveries)),
  route(
    'GET /app/hook/deliveries/{id}',
    asApp((call, app) => {
      const delivery = deliveryParam(call, app);
      return delivery === null ? missing : ok(renderFullDelivery(delivery));
    }),
  ),
  route(
    'POST /app/hook/deliveries/{id}/attempts',
    asApp((call, app) => {
      const delivery = deliveryParam(call, app);
      if (delivery === null) return missing;
      call.deliveries.redeliver(call.host, delivery);
      return { status: 202, body: {} };
    }),
  ),
  route('PATCH /app/hook/config', asApp(changeConfig)),
  route(
    'GET /app/hook/config',
    asApp((_call, app) => ok(showConfig(app))),
  ),
];
