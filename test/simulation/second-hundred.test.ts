import { describe } from 'vitest';
import { playSeeds } from './play-seeds.ts';

describe('the invariants of whole releases', () => playSeeds(101, 100));
