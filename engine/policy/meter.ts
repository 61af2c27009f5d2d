import { external, i32, leb, Reader, refuse, section, skipInstruction } from './wasm.ts';

/** Fuel a module starts with: plenty for its own start function, too little to hold anyone up. */
const initialFuel = 10_000_000; // its LEB128 is the same with a sign

/** Bytes of code without a loop that one unit pays for: a few microseconds at most. */
const straightCode = 4096;

/** OPA's modules have about a hundred indirect functions; a table is memory that nothing else bounds. */
const maxTableSize = 65_536;

/**
 * Rewrites an OPA module so that it counts its own work: a mutable i32 global, exported as `fuel`, is lowered by one at
 * every function entry, every turn of a loop and every 4 KiB of code without either; `memory.copy` and `memory.fill`
 * lower it by one for each 64 bytes. Below zero the module traps. The host sets the global before a call and reads it
 * afterwards.
 *
 * Throws WRIT_BUNDLE_INVALID for a module that is not valid as it stands, exports `fuel` already, brings a memory of its
 * own, or uses a feature the meter does not know.
 */
export function meter(module: Uint8Array): Uint8Array<ArrayBuffer> {
  // First, so that no index in the module can mean the global or a local added below.
  if (!WebAssembly.validate(new Uint8Array(module))) refuse('is not a valid WebAssembly module');
  const sections = split(module);
  const fuel = leb(importedGlobals(open(sections, section.import)) + open(sections, section.global).u32());
  const out: Uint8Array[] = [module.subarray(0, 8)];
  for (const [id, body] of sections) {
    if (id === section.global) emit(out, id, withGlobal(new Reader(body)));
    else if (id === section.export) emit(out, id, withExport(new Reader(body), fuel));
    else if (id === section.code) emit(out, id, withCharges(new Reader(body), parameterCounts(sections), fuel));
    else emit(out, id, [body]);
  }
  return concat(out);
}

/** Bodies by section id, in order. Custom sections are left behind: nothing evaluates names and producers. */
type Sections = ReadonlyMap<number, Uint8Array>;

function split(module: Uint8Array): Sections {
  const reader = new Reader(module, 8);
  const sections = new Map<number, Uint8Array>();
  while (!reader.done) {
    const id = reader.byte();
    const body = reader.block().rest();
    if (id === section.custom) continue;
    if (id === section.memory) refuse('brings a memory of its own');
    if (id === section.table) checkTables(new Reader(body));
    if (id > section.dataCount) refuse(`has an unknown section ${id}`);
    sections.set(id, body);
  }
  return sections;
}

function open(sections: Sections, id: number): Reader {
  const body = sections.get(id);
  return body === undefined ? refuse('is not a policy compiled by OPA') : new Reader(body);
}

function checkTables(body: Reader): void {
  if (body.u32() > 1) refuse('has more than one table');
  if (body.byte() !== 0x70 || body.byte() > 1) refuse('has a table of an unknown kind');
  if (body.u32() > maxTableSize) refuse(`has a table of more than ${maxTableSize} entries`);
}

function importedGlobals(body: Reader): number {
  let globals = 0;
  let memories = 0;
  for (let count = body.u32(); count > 0; count--) {
    body.block(); // module
    body.block(); // name
    switch (body.byte()) {
      case external.function:
        body.u32();
        break;
      case external.memory: {
        memories++;
        const flags = body.byte();
        if (flags > 1) refuse('imports a memory that is shared or larger than 4 GiB');
        body.u32();
        if (flags === 1) body.u32();
        break;
      }
      case external.global:
        globals++;
        body.numberType();
        body.byte();
        break;
      default:
        refuse('imports what is neither a function, a memory nor a global');
    }
  }
  if (memories !== 1) refuse('does not import exactly one memory');
  return globals;
}

/** How many parameters each function of the code section has; its locals are numbered from there. */
function parameterCounts(sections: Sections): number[] {
  const types: number[] = [];
  const typeBody = open(sections, section.type);
  for (let count = typeBody.u32(); count > 0; count--) {
    // Types of the garbage collection proposal would let a module allocate outside its memory.
    if (typeBody.byte() !== 0x60) refuse('has a type that is not a function');
    const parameters = typeBody.u32();
    for (let each = parameters; each > 0; each--) typeBody.numberType();
    for (let each = typeBody.u32(); each > 0; each--) typeBody.numberType();
    types.push(parameters);
  }
  const functionBody = open(sections, section.function);
  const counts: number[] = [];
  for (let count = functionBody.u32(); count > 0; count--) counts.push(types[functionBody.u32()] ?? 0);
  return counts;
}

function withGlobal(body: Reader): Uint8Array[] {
  const count = body.u32();
  const declaration = [i32, 1, 0x41, ...leb(initialFuel), 0x0b]; // mutable; i32.const; end
  return [bytes(leb(count + 1)), body.rest(), bytes(declaration)];
}

function withExport(body: Reader, fuel: readonly number[]): Uint8Array[] {
  const count = body.u32();
  const entries = body.rest();
  for (let each = count; each > 0; each--) {
    if (body.name() === 'fuel') refuse('exports fuel of its own');
    body.byte();
    body.u32();
  }
  const name = Buffer.from('fuel');
  return [bytes(leb(count + 1)), entries, bytes([name.length, ...name, external.global, ...fuel])];
}

function withCharges(body: Reader, parameters: readonly number[], fuel: readonly number[]): Uint8Array[] {
  const count = body.u32();
  const out = [bytes(leb(count))];
  for (let index = 0; index < count; index++)
    emit(out, null, chargedFunction(body.block(), parameters[index] ?? 0, fuel));
  return out;
}

function chargedFunction(code: Reader, parameters: number, fuel: readonly number[]): Uint8Array[] {
  const groups = code.u32();
  const declared = code.at;
  let locals = parameters;
  for (let each = groups; each > 0; each--) {
    locals += code.u32();
    code.numberType();
  }
  const { one, bulk } = charges(fuel, leb(locals));
  let from = code.at;
  let charged = from;
  const parts = [bytes(leb(groups + 1)), code.slice(declared, from), bytes([1, i32]), one];
  while (!code.done) {
    const start = code.at;
    const kind = skipInstruction(code);
    if (kind === 'plain' && (code.done || code.at - charged < straightCode)) continue;
    const cut = kind === 'bulk' ? start : code.at; // first thing in the body of a loop, but ahead of a bulk operation
    parts.push(code.slice(from, cut), kind === 'bulk' ? bulk : one);
    from = cut;
    if (kind !== 'bulk') charged = cut;
  }
  parts.push(code.slice(from, code.end));
  return parts;
}

/** Instructions that lower `fuel` and trap below zero; `local` is free for them to use and holds an i32. */
function charges(fuel: readonly number[], local: readonly number[]): { one: Uint8Array; bulk: Uint8Array } {
  const [localGet, localSet, localTee, globalGet, globalSet, constant] = [0x20, 0x21, 0x22, 0x23, 0x24, 0x41];
  const [lessThan, subtract, shiftRight] = [0x48, 0x6b, 0x76];
  const ifBelowZero = [constant, 0, lessThan, 0x04, 0x40];
  const unreachable = [0x00, 0x0b];
  return {
    // One load and one store a charge: the difference is kept in the local for the comparison.
    one: bytes([
      ...[globalGet, ...fuel, constant, 1, subtract, localTee, ...local, globalSet, ...fuel],
      ...[localGet, ...local, ...ifBelowZero, ...unreachable],
    ]),
    // The length on top of the stack is taken off, charged (2^26 at most, so nothing wraps) and put back.
    bulk: bytes([
      ...[localSet, ...local, globalGet, ...fuel, localGet, ...local, constant, 6, shiftRight, subtract],
      ...[globalSet, ...fuel, globalGet, ...fuel, ...ifBelowZero, ...unreachable, localGet, ...local],
    ]),
  };
}

/** Appends parts with their size ahead of them, and ahead of that the section id where there is one. */
function emit(out: Uint8Array[], id: number | null, parts: readonly Uint8Array[]): void {
  const size = leb(parts.reduce((sum, part) => sum + part.length, 0));
  out.push(bytes(id === null ? size : [id, ...size]), ...parts);
}

function bytes(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
