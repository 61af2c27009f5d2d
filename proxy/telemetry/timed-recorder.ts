import { asWritError } from '../../engine/errors.ts';
import type { Recorder } from '../recorder/types.ts';
import type { Telemetry } from './types.ts';

/** The recorder, with the time of each append told. */
export function timedRecorder(recorder: Recorder, telemetry: Telemetry): Recorder {
  return {
    origin: recorder.origin,
    hmac: (tenant, use, value) => recorder.hmac(tenant, use, value),
    now: () => recorder.now(),
    close: (reason) => recorder.close(reason),
    async append(entries, payload) {
      const start = performance.now();
      const since = () => (performance.now() - start) / 1000;
      try {
        const index = await recorder.append(entries, payload);
        telemetry.appended(since(), null);
        return index;
      } catch (cause) {
        telemetry.appended(since(), asWritError(cause, 'WRIT_INTERNAL').code);
        throw cause;
      }
    },
  };
}
