import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../demo/start-demo.ts';
import type { Io } from '../verb.ts';
import { createPerson, type Person } from './person.ts';

/** Where the story is played: the people, and a look at what they would see. */
export type Stage = {
  readonly demo: Demo;
  readonly io: Io;
  /** A folder of the story's own. */
  readonly folder: string;
  as(login: string): Person;
  /** Tells what somebody does. */
  tell(text: string): void;
  /**
   * Waits until both programs are silent and looks; what was seen is told. Throws `NotObserved` where it cannot be
   * seen within ten seconds.
   */
  observe<T>(expected: string, look: () => Promise<Seen<T> | undefined>): Promise<T>;
};

/** Something that was looked for and found; `words` are for the reader. */
export type Seen<T> = { readonly value: T; readonly words: string };

/** A step of the story that did not happen as it must. */
export class NotObserved extends Error {
  override readonly name = 'NotObserved';
}

const patienceMs = 10_000;

export function createStage(demo: Demo, io: Io, folder: string): Stage {
  const began = performance.now();
  const time = () => `${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s`;
  return {
    demo,
    io,
    folder,
    as: (login) => createPerson(login, demo.github),
    tell: (text) => io.stdout(`${time()}  ${text}`),
    observe: async (expected, look) => {
      const deadline = performance.now() + patienceMs;
      for (;;) {
        await demo.idle();
        const seen = await look();
        if (seen !== undefined) {
          io.stdout(`${time()}    ✓ ${seen.words}`);
          return seen.value;
        }
        if (performance.now() > deadline) throw new NotObserved(expected);
        await sleep(50);
      }
    },
  };
}
