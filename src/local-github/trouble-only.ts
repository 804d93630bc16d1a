/** Passes on the log lines that tell of a fault of this host, and drops those that only tell what it answered. */
export function troubleOnly(tell: (line: string) => void): (line: string) => void {
  return (line) => {
    if (/^(bug|webhook|snapshot failed|delivery log failed): /.test(line)) tell(line);
  };
}
