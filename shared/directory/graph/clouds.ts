import { cloudNameOf, clouds, type Cloud } from '../../contract/clouds.ts';

/** The cloud of a Graph; any other address belongs to the global one. */
export const cloudOf = (graphBaseUrl: string): Cloud => clouds[cloudNameOf(new URL(graphBaseUrl).host) ?? 'global'];

/** Asks for every permission that was granted on this Graph, and for a token that is of use nowhere else. */
export const scopeOf = (graphBaseUrl: string): string => `${new URL(graphBaseUrl).origin}/.default`;
