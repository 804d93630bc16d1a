import type { Context } from './context.ts';
import type { Resolver } from './resolver.ts';

type Input = { readonly clientMutationId?: string | null };

/** A root field of the shape every GitHub mutation has: one `input`, and a payload that echoes the client's id. */
export const mutation =
  <I>(perform: (input: I, context: Context) => object | Promise<object>): Resolver<never, never> =>
  async (_: unknown, args: { readonly input: I & Input }, context) => ({
    ...(await perform(args.input, context)),
    clientMutationId: args.input.clientMutationId ?? null,
  });
