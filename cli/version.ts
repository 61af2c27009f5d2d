import { readFileSync } from 'node:fs';
import { packageFile } from './package-files.ts';

const { version: stated } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };

/** The version in package.json. */
export const version: string = stated;
