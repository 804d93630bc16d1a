import type { WebhookDescription } from './descriptions.ts';
import { openChecker } from './schema-checker.ts';
import type { Violation } from './violation.ts';

/** What is sent: the event, its action, the headers with small names and the body as text. */
export type SentWebhook = {
  readonly event: string;
  readonly action: string | null;
  readonly guid: string;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
};

/** Compares webhooks with the description. Formats are left out: what GitHub itself sends does not keep them. */
export function openWebhookJudge(description: WebhookDescription): (webhook: SentWebhook) => Violation[] {
  const check = openChecker('webhooks', description.$defs, { formats: false });
  return ({ event, action, guid, request }) => {
    const operation = action === null ? event : `${event}.${action}`;
    const told = (place: string, problem: string): Violation => ({
      what: 'webhook',
      operation,
      at: guid,
      place,
      problem,
    });
    const described = description.events[operation];
    if (described === undefined) return [told('', 'is described nowhere')];
    const missing = described.headers.filter((name) => request.headers[name] === undefined);
    return [
      ...missing.map((name) => told(`header ${name}`, 'is missing')),
      ...check(described.schema, JSON.parse(request.body)).map(({ place, problem }) => told(place, problem)),
    ];
  };
}
