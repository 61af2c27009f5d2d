import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { type FakeVault, startFakeVault } from './fake-vault.ts';

/** A vault whose certificate this process trusts, as NODE_EXTRA_CA_CERTS would have it. Nothing is left unverified. */
export async function startTrustedVault(): Promise<FakeVault> {
  const vault = await startFakeVault();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(vault.caFile, 'utf8')]);
  return vault;
}
