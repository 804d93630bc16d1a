import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from './types.ts';

/** How many deliveries stay in the log; github.com forgets them after three days. */
export const keptDeliveries = 2_000;
const fileName = 'deliveries.jsonl';

export type DeliveryLog = {
  readonly append: (delivery: Delivery) => void;
  readonly flush: () => Promise<void>;
};

/** Reads the newest deliveries back; older ones, and a line torn by a crash, leave the file. */
export function readDeliveries(data: string): Delivery[] {
  const file = join(data, fileName);
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const kept = text.split('\n').flatMap(parsed).slice(-keptDeliveries);
  const whole = kept.map((delivery) => `${JSON.stringify(delivery)}\n`).join('');
  if (whole !== text) writeFileSync(file, whole, { mode: 0o600 });
  return kept;
}

function parsed(line: string): Delivery[] {
  try {
    return [JSON.parse(line) as Delivery];
  } catch {
    return [];
  }
}

/** Appends each answered delivery as one line: payloads are large, and would weigh down every snapshot. */
export function openDeliveryLog(data: string, log: (line: string) => void): DeliveryLog {
  let writing: Promise<void> = Promise.resolve();
  return {
    append: (delivery) => {
      const line = `${JSON.stringify(delivery)}\n`;
      writing = writing
        .then(() => appendFile(join(data, fileName), line, { mode: 0o600 }))
        .catch((error: unknown) => log(`delivery log failed: ${String(error)}`));
    },
    flush: () => writing,
  };
}
