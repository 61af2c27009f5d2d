import { Reader, refuse, section } from './wasm.ts';

/**
 * Where a module keeps its variables: the address from which memory can change, below the heap. LLVM's linker lays out
 * constants first and variables after them, each in a data segment, so that is where the second segment begins.
 */
export function variablesStart(module: Uint8Array): number {
  const reader = new Reader(module, 8);
  while (!reader.done) {
    const id = reader.byte();
    const body = reader.block();
    if (id !== section.data) continue;
    const addresses: number[] = [];
    for (let segments = Math.min(body.u32(), 2); segments > 0; segments--) {
      if (body.u32() !== 0 || body.byte() !== 0x41) refuse('has data without a fixed place'); // active, i32.const
      addresses.push(body.u32());
      body.byte();
      body.block();
    }
    return addresses.at(-1) ?? 0;
  }
  return 0;
}
