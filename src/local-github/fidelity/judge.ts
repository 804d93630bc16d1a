import { loadDescriptions } from './descriptions.ts';
import { isDeviation } from './deviations.ts';
import { openExchangeJudge } from './judge-exchange.ts';
import { openWebhookJudge, type SentWebhook } from './judge-webhook.ts';
import { sentenceOf, type Violation } from './violation.ts';

/** Holds everything that comes in and goes out to GitHub's published descriptions. */
export type Judge = {
  /** Looks at a request and its answer. Reads both, so it must be given copies. */
  readonly exchange: (request: Request, response: Response) => Promise<void>;
  readonly webhook: (webhook: SentWebhook) => void;
  /** One sentence for each kind of violation so far, with operation, path and place. */
  readonly violations: () => readonly string[];
};

export async function openJudge(): Promise<Judge> {
  const descriptions = await loadDescriptions();
  const judgeExchange = openExchangeJudge(descriptions.rest);
  const judgeWebhook = openWebhookJudge(descriptions.webhooks);
  const found = new Map<string, string>();
  const note = (violations: readonly Violation[]) => {
    for (const violation of violations.filter((each) => !isDeviation(each))) {
      const { what, operation, place, problem } = violation;
      const same = JSON.stringify([what, operation, place.replace(/\d+/g, '0'), problem]);
      if (!found.has(same)) found.set(same, sentenceOf(violation));
    }
  };
  return {
    exchange: async (request, response) => {
      const url = new URL(request.url);
      const type = response.headers.get('content-type');
      if (isPage(url.pathname, response.status, type)) return;
      const [asked, answered] = await Promise.all([request.text(), response.text()]);
      note(
        judgeExchange({
          method: request.method,
          path: url.pathname.replace(/^\/api\/v3(?=\/|$)/, '') || '/',
          query: url.searchParams,
          asked: parsed(asked),
          status: response.status,
          json: type === null || type.startsWith('application/json'),
          answered: type?.startsWith('application/json') ? parsed(answered) : answered || undefined,
        }),
      );
    },
    webhook: (webhook) => note(judgeWebhook(webhook)),
    violations: () => [...found.values()],
  };
}

/** Pages are for people: nothing is published about them. */
const isPage = (path: string, status: number, type: string | null): boolean =>
  !path.startsWith('/api/') && (type?.startsWith('text/html') === true || (status >= 300 && status < 304));

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
