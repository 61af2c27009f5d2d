import { hash } from 'node:crypto';
import type { Commitment } from './entry.ts';

const PREFIX = 'sha256:'.length;
const scratch = Buffer.alloc(65);

/**
 * Adds one frame to the chain of frames of an answer: h_i = SHA-256(0x02 || h_(i-1) || c_i), where c_i is the commitment to
 * frame i and h_0 is 32 zero bytes. An outcome holds the last h, so that one value binds every frame and their order;
 * 0x02 keeps a chain from ever being read as a leaf (0x00), a node or a commitment (0x01).
 */
export function extendChain(chain: Commitment | null, frame: Commitment): Commitment {
  scratch[0] = 0x02;
  if (chain === null) scratch.fill(0, 1, 33);
  else scratch.write(chain.slice(PREFIX), 1, 32, 'hex');
  scratch.write(frame.slice(PREFIX), 33, 32, 'hex');
  return `sha256:${hash('sha256', scratch, 'hex')}`;
}
