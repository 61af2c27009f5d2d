import type { ArgumentsCamelCase } from 'yargs';
import { targetOf } from '../bridge/target.ts';
import { visible } from '../formats/visible.ts';
import { UsageError } from '../usage-error.ts';
import type { Invitation } from './device.ts';
import { Login, type LoginOptions } from './login.ts';
import { OAuthHttp } from './oauth-http.ts';
import type { EndpointArguments, LoginArguments } from './options.ts';

type Given = ArgumentsCamelCase<EndpointArguments & LoginArguments>;

/** The login that the options of a command name. Throws UsageError. */
export function openLogin(args: Given, more: Pick<LoginOptions, 'invite' | 'keeps'> & { signal?: AbortSignal }) {
  const { clientId, scope, issuer, resource: sendsResource } = args;
  if (clientId === undefined) throw new UsageError('--client-id names the client at the authorization server.');
  const http = new OAuthHttp();
  const endpoint = targetOf(args);
  return { login: new Login({ endpoint, clientId, scope, issuer, sendsResource, http, ...more }), http };
}

/** On standard error, which is there in `writ stdio`, too. */
export function invite({ code, url, whole, seconds }: Invitation): void {
  const direct = whole === undefined ? '' : `\n      or open ${visible(whole)}`;
  process.stderr.write(
    `writ: to sign in, open ${visible(url)}\n      and enter the code ${code}${direct}\n      within ${Math.round(seconds / 60)} minutes\n`,
  );
}
