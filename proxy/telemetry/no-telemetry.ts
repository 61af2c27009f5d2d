import type { CallSpan, Telemetry } from './types.ts';

const nothing = () => {};

const unseen: CallSpan = Object.freeze({
  read: nothing,
  deciding: nothing,
  decided: nothing,
  masked: nothing,
  sending: () => null,
  streaming: nothing,
  back: nothing,
  ended: nothing,
});

/** Telemetry where none is configured: nothing is measured, made or kept. */
export const noTelemetry: Telemetry = Object.freeze({
  begin: () => unseen,
  appended: nothing,
  opened: () => nothing,
  failed: nothing,
  scrape: () => Promise.resolve(''),
  close: () => Promise.resolve(),
});
