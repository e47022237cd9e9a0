/** An app that serves, however it was started: on the local host, or as the Functions worker loads it. */
export interface Target {
  /** Origin, such as `http://127.0.0.1:49152`. */
  base: string;
  stop(): Promise<void>;
}

/** Starts an app with these settings and nothing else from the environment. */
export type OpenTarget = (env: Record<string, string>) => Promise<Target>;
