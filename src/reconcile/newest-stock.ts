import { type Configuration, defaultConfiguration } from '../core/configuration/configuration.ts';
import type { Stock } from './memory.ts';
import { stockAt } from './stock.ts';
import type { World } from './world.ts';

/** Takes stock of a head once; the newest one is remembered. */
export async function stockOf(world: World, repository: string, head: string): Promise<Stock> {
  const known = world.memory.stocks.get(repository);
  if (known?.commit === head) return known;
  if (!(await world.mirror.has(repository, head))) await world.mirror.fetch(repository);
  const stock = await stockAt(world, repository, head);
  world.memory.stocks.set(repository, stock);
  return stock;
}

export const configurationOf = (stock: Stock): Configuration =>
  stock.inventory.configuration ?? defaultConfiguration;
