/** A bar on a terminal's standard error, shown only while more than a second of work is left. */
export function progressBar(stream: NodeJS.WriteStream, now: () => number): (done: number, total: number) => void {
  const start = now();
  let shown = false;
  return (done, total) => {
    const left = ((now() - start) / done) * (total - done);
    if (!stream.isTTY || (!shown && left < 1000)) return;
    shown = done < total;
    const width = Math.round((done / total) * 30);
    stream.write(
      shown ? `\r[${"#".repeat(width)}${" ".repeat(30 - width)}] ${done}/${total}` : `\r${" ".repeat(60)}\r`,
    );
  };
}
