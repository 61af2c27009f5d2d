/** Options of every command about tools. */
export const configOption = {
  alias: 'c',
  describe: 'Configuration file',
  type: 'string',
  default: 'writ.yaml',
  normalize: true,
} as const;

export const tenantOption = {
  describe: 'Tenant whose pins they are',
  type: 'string',
  default: 'default',
} as const;
