import { buildSchema, type GraphQLSchema, isObjectType } from 'graphql';
import sdl from '../../descriptions/schema.graphql';
import type { Types } from './resolver.ts';

/**
 * The trimmed schema with a resolver on every field of every object type that `types` describes. A field
 * without a resolver reads the property of its name; a resolver without a field is a bug and throws.
 */
export function bindSchema(types: Types): GraphQLSchema {
  const schema = buildSchema(sdl, { assumeValid: true, noLocation: true });
  for (const [name, fields] of Object.entries(types)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The trimmed schema has no object type ${name}.`);
    const declared = type.getFields();
    for (const [field, resolve] of Object.entries(fields)) {
      const target = declared[field];
      if (!target) throw new Error(`The trimmed schema has no field ${name}.${field}.`);
      // Validation against the schema has given the arguments the types the resolver declares.
      target.resolve = (source, args, context) => resolve(source as never, args as never, context);
    }
  }
  return schema;
}
