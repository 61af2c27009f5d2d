import { Reader, refuse, section } from './wasm.ts';

/** Where a module keeps its variables: addresses of the first byte, and of the one behind the last. */
export interface Variables {
  readonly start: number;
  readonly end: number;
}

/**
 * LLVM's linker lays out constants first and variables after them, each in a data segment, also of those that begin as
 * zero, as the memory is a host's. OPA puts the texts and names of a policy behind them. What the module makes of these when
 * it starts lies on the heap, as the data does, and is changed as little.
 */
export function variablesOf(module: Uint8Array): Variables {
  const reader = new Reader(module, 8);
  while (!reader.done) {
    const id = reader.byte();
    const body = reader.block();
    if (id === section.data) return variablesIn(body);
  }
  return { start: 0, end: 0 };
}

function variablesIn(body: Reader): Variables {
  let variables: Variables = { start: 0, end: 0 };
  const count = body.u32();
  for (let index = 0; index < count; index++) {
    if (body.u32() !== 0 || body.byte() !== 0x41) refuse('has data without a fixed place'); // active, i32.const
    const address = body.u32();
    body.byte();
    const bytes = body.block();
    const end = address + bytes.end - bytes.at;
    variables = index < 2 ? { start: address, end } : { ...variables, end: Math.max(variables.end, end) };
  }
  return variables;
}
