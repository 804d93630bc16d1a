import { z } from 'zod';
import { line } from '../written/leaves.ts';

const digestPhrase = 'a digest such as sha256: and 64 lower-case hexadecimal digits';

const artifactPhrase = 'an artifact such as { name: payments.tar.gz, digest: sha256:… }';

/** What was built and is released; its digest says exactly which. */
export const artifacts = z
  .array(
    z.strictObject(
      {
        name: line('the name of an artifact'),
        digest: z
          .string({ error: digestPhrase })
          .regex(/^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/, {
            error: digestPhrase,
          })
          .describe('sha256, sha384 or sha512, a colon and the digest in lower-case hexadecimal digits.'),
      },
      { error: artifactPhrase },
    ),
    { error: 'a list of artifacts' },
  )
  .min(1, { error: 'at least one artifact' })
  .max(100, { error: 'at most 100 artifacts' })
  .describe('What was built from it, by digest; whoever approves agrees to exactly these.');
