import { run } from '../../engine/opa/run.ts';
import { requiredNode } from '../version.ts';
import { attempt, type Finding, fail, ok } from './finding.ts';

export function lookAtNode(): Finding[] {
  const { node } = process.versions;
  const help = 'Install a newer Node, or put one beside writ with `npm install node@26`.';
  return Number.parseInt(node, 10) >= requiredNode
    ? [ok('node', `Node ${node}`)]
    : [fail('node', `Node ${node} is older than ${requiredNode}`, help)];
}

/** A gateway needs no OPA, as bundles are built before; whoever writes policies does. */
export function lookAtOpa(): Promise<Finding[]> {
  const help = 'Run `npm run build:opa` (needs Go), or set WRIT_OPA to an opa binary of version 1.22.2.';
  return attempt('opa', help, async () => {
    const { code, stdout } = await run(['version'], { timeout: 60_000 });
    const version = /^Version: (\S+)/m.exec(stdout)?.[1];
    if (code !== 0 || version === undefined) return [fail('opa', 'does not tell its version', help)];
    return [ok('opa', `OPA ${version}${process.env.WRIT_OPA ? ', the one of WRIT_OPA' : ''}`)];
  });
}
