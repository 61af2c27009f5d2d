/** A key in Azure Key Vault and how to log in there; `audit.signer.key_vault` of writ.yaml. */
export interface KeyVaultConfig {
  /** Key identifier with its version. */
  key: string;
  credential: 'managed_identity' | 'workload_identity' | 'cli' | 'service_principal';
  client_id?: string;
  tenant_id?: string;
  /** Of a service principal, as `${env:NAME}`. */
  client_secret?: string;
  /** Of a workload identity: the federated token. */
  token_file?: string;
}
