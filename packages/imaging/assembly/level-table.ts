/**
 * Gives each level the one that a table has for it: `tables` points to one of 256 bytes for each of 1–4 channels. Looking up
 * byte by byte is as fast as putting vectors together from sixteen swizzles, and needs no masks. Up to eleven bytes behind
 * the last pixel are looked up as well. `target` may be `source`.
 */
export function levelTable(source: usize, target: usize, pixels: i32, channels: i32, tables: usize): void {
  const end = source + <usize>(pixels * channels);
  const second = tables + (channels > 1 ? 256 : 0);
  // Of one or two channels the tables take turns.
  const third = tables + (channels > 2 ? 512 : 0);
  if (channels === 3) {
    for (let at = source, to = target; at < end; at += 12, to += 12) {
      store<u8>(to, load<u8>(tables + load<u8>(at)));
      store<u8>(to, load<u8>(second + load<u8>(at, 1)), 1);
      store<u8>(to, load<u8>(third + load<u8>(at, 2)), 2);
      store<u8>(to, load<u8>(tables + load<u8>(at, 3)), 3);
      store<u8>(to, load<u8>(second + load<u8>(at, 4)), 4);
      store<u8>(to, load<u8>(third + load<u8>(at, 5)), 5);
      store<u8>(to, load<u8>(tables + load<u8>(at, 6)), 6);
      store<u8>(to, load<u8>(second + load<u8>(at, 7)), 7);
      store<u8>(to, load<u8>(third + load<u8>(at, 8)), 8);
      store<u8>(to, load<u8>(tables + load<u8>(at, 9)), 9);
      store<u8>(to, load<u8>(second + load<u8>(at, 10)), 10);
      store<u8>(to, load<u8>(third + load<u8>(at, 11)), 11);
    }
    return;
  }
  const fourth = channels === 4 ? tables + 768 : second;
  for (let at = source, to = target; at < end; at += 8, to += 8) {
    store<u8>(to, load<u8>(tables + load<u8>(at)));
    store<u8>(to, load<u8>(second + load<u8>(at, 1)), 1);
    store<u8>(to, load<u8>(third + load<u8>(at, 2)), 2);
    store<u8>(to, load<u8>(fourth + load<u8>(at, 3)), 3);
    store<u8>(to, load<u8>(tables + load<u8>(at, 4)), 4);
    store<u8>(to, load<u8>(second + load<u8>(at, 5)), 5);
    store<u8>(to, load<u8>(third + load<u8>(at, 6)), 6);
    store<u8>(to, load<u8>(fourth + load<u8>(at, 7)), 7);
  }
}
