import { z } from 'zod';

/** The schema of a written file for editors, as JSON Schema draft 7, the one that most of them read. */
export const jsonSchema = (schema: z.ZodType, title: string): string => {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'throw',
  });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};
