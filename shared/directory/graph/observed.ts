import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { OutgoingCall } from '../../telemetry/port.ts';

/**
 * An HTTP client that tells of every attempt, also of those that no answer came to.
 * @param called nobody is told where it is missing
 */
export function observed(http: HttpClient, called: ((call: OutgoingCall) => void) | undefined): HttpClient {
  if (!called) return http;
  return {
    async sendRequest(request) {
      const startedAt = Date.now();
      const begun = performance.now();
      let response: PipelineResponse | undefined;
      try {
        response = await http.sendRequest(request);
        return response;
      } finally {
        const serviceRequestId = response?.headers.get('request-id');
        called({
          method: request.method,
          url: request.url.split('?', 1).join(),
          startedAt,
          durationMs: performance.now() - begun,
          ...(response && { status: response.status }),
          ...(serviceRequestId !== undefined && { serviceRequestId }),
        });
      }
    },
  };
}
