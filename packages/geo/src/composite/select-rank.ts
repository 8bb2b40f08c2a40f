/**
 * The key that is number `rank`, from 0, of the first `count` keys in ascending order: Hoare's quickselect. Reorders the
 * keys.
 */
export function selectRank(keys: Float64Array, count: number, rank: number): number {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = keys[(left + right) >> 1]!;
    let low = left;
    let high = right;
    while (low <= high) {
      while (keys[low]! < pivot) low++;
      while (keys[high]! > pivot) high--;
      if (low > high) break;
      const swapped = keys[low]!;
      keys[low++] = keys[high]!;
      keys[high--] = swapped;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return keys[rank]!;
}
