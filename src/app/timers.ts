import { schedule } from 'node-cron';

/** Runs two tasks again and again, each never twice at once. The returned function ends both. */
export type Timers = (tasks: {
  readonly everyHour: () => Promise<void>;
  readonly everyFiveMinutes: () => Promise<void>;
}) => () => void;

/** The only timers that repeat. They are nothing but a tick: what is due is found out by looking. */
export const cronTimers: Timers = ({ everyHour, everyFiveMinutes }) => {
  const timers = [
    schedule('17 * * * *', everyHour, { name: 'every hour', noOverlap: true }),
    schedule('*/5 * * * *', everyFiveMinutes, { name: 'every five minutes', noOverlap: true }),
  ];
  return () => {
    for (const timer of timers) void timer.destroy();
  };
};
