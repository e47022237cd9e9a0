import type { HttpMethod } from '@azure/functions';

/** Every method that the library's request class can hold. */
export const allMethods: HttpMethod[] = ['GET', 'POST', 'DELETE', 'HEAD', 'PATCH', 'PUT', 'OPTIONS'];
