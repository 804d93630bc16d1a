import { afterEach, beforeEach, describe } from 'vitest';
import { recordAppends } from './record-appends.contract.ts';
import { recordFaults } from './record-faults.contract.ts';
import { recordForgeries } from './record-forgeries.contract.ts';
import { type RecordsScene, type RecordsWorld, setScene } from './records-scene.ts';

/** What every record store has to do, whatever it reads and writes with. */
export function recordStoreContract(name: string, createWorld: () => RecordsWorld): void {
  describe(`record store over ${name}`, () => {
    let scene: RecordsScene;
    beforeEach(() => {
      scene = setScene(createWorld());
    });
    afterEach(() => scene.world.close());
    describe('appends and reads', () => recordAppends(() => scene));
    describe('sets forgeries aside', () => recordForgeries(() => scene));
    describe('closes', () => recordFaults(() => scene));
  });
}
