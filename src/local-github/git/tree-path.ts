/** Whether git would take the path: no empty part, no way out of the tree, nothing called `.git`. */
export const isTreePath = (path: string): boolean =>
  path !== '' &&
  !path.includes('\0') &&
  path.split('/').every((part) => !['', '.', '..'].includes(part) && part.toLowerCase() !== '.git');
