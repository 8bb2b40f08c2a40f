/**
 * Levels of a row times the light that is left at their place. `across` is the first pixel's distance from the middle of the
 * picture, `downSquared` the square of the row's. `corner`: distance of the corners; `begins`: share of it where it begins to get dark;
 * `missing`: share of light that the corners lack.
 */
export function vignette(
  source: usize,
  target: usize,
  pixels: i32,
  channels: i32,
  across: f64,
  downSquared: f64,
  corner: f64,
  begins: f64,
  missing: f64,
): void {
  const colours = channels - 1 + (channels & 1);
  const down = f64x2.splat(downSquared);
  let x = f64x2(across, across + 1);
  let from = source;
  let to = target;
  for (let pixel = 0; pixel < pixels; pixel += 2) {
    const away = f64x2.sqrt(f64x2.add(f64x2.mul(x, x), down));
    const dark = f64x2.div(
      f64x2.sub(f64x2.div(away, f64x2.splat(corner)), f64x2.splat(begins)),
      f64x2.splat(1 - begins),
    );
    const s = f64x2.min(f64x2.splat(1), f64x2.max(f64x2.splat(0), dark));
    const smooth = f64x2.sub(f64x2.splat(3), f64x2.mul(f64x2.splat(2), s));
    const share = f64x2.sub(f64x2.splat(1), f64x2.mul(f64x2.mul(f64x2.mul(f64x2.splat(missing), s), s), smooth));
    darken(from, to, channels, colours, f64x2.extract_lane(share, 0));
    darken(from + channels, to + channels, channels, colours, f64x2.extract_lane(share, 1));
    from += channels << 1;
    to += channels << 1;
    x = f64x2.add(x, f64x2.splat(2));
  }
}

function darken(source: usize, target: usize, channels: i32, colours: i32, share: f64): void {
  let channel = 0;
  for (; channel < colours; channel++) {
    store<u8>(target + channel, <u8>(<i32>(<f64>load<u8>(source + channel) * share + 0.5)));
  }
  if (channel < channels) store<u8>(target + channel, load<u8>(source + channel));
}
