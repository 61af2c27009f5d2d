/** The package's own types name exports its ES module does not have, and leave out the default one, which it has. */
declare module '@open-policy-agent/opa-wasm' {
  class LoadedPolicy {
    constructor(policy: WebAssembly.WebAssemblyInstantiatedSource, memory: WebAssembly.Memory, minorVersion: number);
    readonly dataAddr: number;
    readonly baseHeapPtr: number;
    readonly entrypoints: Record<string, number>;
    setData(data: ArrayBuffer): void;
    readonly wasmInstance: WebAssembly.Instance;
    evaluate(input: unknown, entrypoint?: string): unknown;
  }
  const opa: {
    LoadedPolicy: typeof LoadedPolicy;
    loadPolicySync(wasm: WebAssembly.Module): LoadedPolicy;
  };
  export default opa;
}
