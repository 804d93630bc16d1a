import { schedule } from 'node-cron';

/** Runs a task every hour, never twice at once; the returned function ends it. The only timer that repeats. */
export function everyHour(task: () => Promise<void>): () => void {
  const timer = schedule('17 * * * *', task, { name: 'resync', noOverlap: true });
  return () => void timer.destroy();
}
