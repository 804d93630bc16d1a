import type { Context } from './context.ts';

/** How a field gets its value. Sources carry `kind`, the name of their GraphQL type. */
export type Resolver<Source, Arguments> = (source: Source, args: Arguments, context: Context) => unknown;

/** The resolvers of one type, whatever its source: the schema guarantees what is passed. */
export type Fields = Readonly<Record<string, Resolver<never, never>>>;

export type Types = Readonly<Record<string, Fields>>;

/** Lets the compiler check every resolver of one type against that type's source. */
export const fields = <Source>(all: Readonly<Record<string, Resolver<Source, never>>>): Fields => all;
