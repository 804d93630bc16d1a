import type { AnySchemaObject } from 'ajv';

/** An operation of GitHub's REST API, as `scripts/trim-openapi.mjs` writes it. */
export type DescribedOperation = {
  readonly id: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: AnySchemaObject;
  }[];
  readonly body?: { readonly required: boolean; readonly schema: AnySchemaObject | null };
  /** By status; null where the answer has no JSON body. */
  readonly responses: Readonly<Record<string, AnySchemaObject | null>>;
};

export type RestDescription = {
  readonly source: string;
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  readonly $defs: Readonly<Record<string, AnySchemaObject>>;
};

/** A webhook, as `scripts/trim-webhooks.mjs` writes it. */
export type DescribedWebhook = { readonly headers: readonly string[]; readonly schema: AnySchemaObject };

export type WebhookDescription = {
  readonly source: string;
  /** By event, or event and action: `push`, `issues.opened`. */
  readonly events: Readonly<Record<string, DescribedWebhook>>;
  readonly $defs: Readonly<Record<string, AnySchemaObject>>;
};

export type Descriptions = { readonly rest: RestDescription; readonly webhooks: WebhookDescription };

/** What GitHub publishes about itself; loaded when somebody wants to be held to it. */
export async function loadDescriptions(): Promise<Descriptions> {
  const [rest, webhooks] = await Promise.all([
    import('../descriptions/rest.json', { with: { type: 'json' } }),
    import('../descriptions/webhooks.json', { with: { type: 'json' } }),
  ]);
  // The two scripts write exactly these shapes.
  return {
    rest: rest.default as unknown as RestDescription,
    webhooks: webhooks.default as WebhookDescription,
  };
}
