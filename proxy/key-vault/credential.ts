import type { TokenCredential } from '@azure/identity';
import { WritError } from '../../engine/errors.ts';
import { resolveSecret } from '../config/load.ts';
import { isLoopback } from './identifier.ts';
import type { KeyVaultConfig } from './types.ts';

/** Attempts are repeated by whoever asks for a signature, so that there is one clock for all of them. */
const retryOptions = { maxRetries: 0 };

/**
 * How the gateway logs in to the vault. Exactly the way that is configured: a chain that tries several would one day sign
 * with an identity nobody meant. Throws WRIT_CONFIG_INVALID.
 */
export async function openCredential(config: KeyVaultConfig, environment: NodeJS.ProcessEnv): Promise<TokenCredential> {
  const azure = await import('@azure/identity');
  const { client_id: clientId, tenant_id: tenantId, token_file: tokenFilePath } = config;
  // Which authorities exist is asked of Microsoft, which an emulator on this machine is not known to.
  const authority = environment.AZURE_AUTHORITY_HOST;
  const disableInstanceDiscovery = authority !== undefined && URL.canParse(authority) && isLoopback(authority);
  const options = { retryOptions, disableInstanceDiscovery };
  try {
    switch (config.credential) {
      case 'managed_identity':
        return new azure.ManagedIdentityCredential({ retryOptions, ...(clientId !== undefined && { clientId }) });
      case 'workload_identity':
        return new azure.WorkloadIdentityCredential({
          ...options,
          ...(clientId !== undefined && { clientId }),
          ...(tenantId !== undefined && { tenantId }),
          ...(tokenFilePath !== undefined && { tokenFilePath }),
        });
      case 'cli':
        return new azure.AzureCliCredential({ ...(tenantId !== undefined && { tenantId }) });
      case 'service_principal': {
        const secret = resolveSecret(config.client_secret ?? '', environment);
        return new azure.ClientSecretCredential(tenantId ?? '', clientId ?? '', secret, options);
      }
    }
  } catch (cause) {
    if (cause instanceof WritError) throw cause;
    const detail = `audit.signer.key_vault: the credential ${config.credential} lacks something, or its environment does.`;
    throw new WritError('WRIT_CONFIG_INVALID', detail, { cause });
  }
}
