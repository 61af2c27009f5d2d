import type { DetectedType } from '../../detect/types.ts';

/** Stands for a value at a path. */
export const redacted = '[redacted]';

/** Stands for what a detector found, so that the text around it can still be understood: `[EMAIL]`. */
export function redactedAs(type: DetectedType): string {
  return `[${type}]`;
}
