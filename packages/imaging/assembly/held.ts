/**
 * A constant that is made once, in front of a loop. Those that the compiler knows are made anew wherever they are used, by three
 * or four instructions; so it is told of one that it can not know. Nothing is ever written at address 0.
 */
export function held(value: v128): v128 {
  return v128.xor(value, v128.load32_splat(0));
}
