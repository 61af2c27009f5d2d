import { readFileSync } from 'node:fs';
import { packageFile } from './package-files.ts';

const { version: stated, engines } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
  version: string;
  engines: { node: string };
};

/** The version in package.json. */
export const version: string = stated;

/** The oldest major version of Node that package.json allows. */
export const requiredNode = Number(/\d+/.exec(engines.node)?.[0]);
