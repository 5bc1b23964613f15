// In which order the frames of a stack are fetched: from where the reader is outwards, first the way they are going.

/** Every index once: the position itself, then alternating ahead and behind. */
export function outwards(count: number, position: number): readonly number[] {
  const order: number[] = [];
  for (let distance = 0; order.length < count && distance < count; distance++) {
    const ahead = position + distance;
    const behind = position - distance;
    if (ahead < count) order.push(ahead);
    if (distance > 0 && behind >= 0) order.push(behind);
  }
  return order;
}
