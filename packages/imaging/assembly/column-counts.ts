/** Adds 16 counts of 8 bits to as many sums of 16 bits. */
export function addColumn(sums: usize, counts: usize): void {
  const column = v128.load(counts);
  v128.store(sums, i16x8.add(v128.load(sums), i16x8.extend_low_i8x16_u(column)));
  v128.store(sums, i16x8.add(v128.load(sums, 16), i16x8.extend_high_i8x16_u(column)), 16);
}

/** Takes them away. */
export function takeColumn(sums: usize, counts: usize): void {
  const column = v128.load(counts);
  v128.store(sums, i16x8.sub(v128.load(sums), i16x8.extend_low_i8x16_u(column)));
  v128.store(sums, i16x8.sub(v128.load(sums, 16), i16x8.extend_high_i8x16_u(column)), 16);
}
